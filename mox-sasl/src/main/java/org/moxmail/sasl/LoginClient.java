package org.moxmail.sasl;

/** LOGIN, of draft-murchison-sasl-login. Servers' prompts differ, so only their order counts. */
final class LoginClient extends ClientExchange {
    private final String user;
    private final char[] password;
    private boolean userSent;

    LoginClient(String user, char[] password) {
        super(SaslMechanism.LOGIN);
        this.user = requireUser(user);
        this.password = password.clone();
    }

    @Override
    byte[] step(byte[] challenge) {
        if (!userSent) {
            userSent = true;
            return Octets.utf8(user);
        }
        byte[] message = Octets.utf8(password);
        complete();
        return message;
    }

    @Override
    void forget() {
        Octets.wipe(password);
    }
}
