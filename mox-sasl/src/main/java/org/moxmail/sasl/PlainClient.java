package org.moxmail.sasl;

import java.nio.ByteBuffer;
import javax.security.sasl.SaslException;

/** PLAIN, RFC 4616. The password goes out as it is: preparing it is the server's part, §2. */
final class PlainClient extends ClientExchange {
    private final String authorizationId;
    private final String user;
    private final char[] password;

    PlainClient(String authorizationId, String user, char[] password) {
        super(SaslMechanism.PLAIN);
        this.authorizationId = requireName(authorizationId);
        this.user = requireUser(user);
        this.password = password.clone();
    }

    @Override
    byte[] step(byte[] challenge) throws SaslException {
        requireEmpty(challenge);
        byte[] secret = Octets.utf8(password);
        for (byte octet : secret) {
            if (octet == 0) {
                throw new SaslException("password with NUL");
            }
        }
        byte[] identity = Octets.utf8(authorizationId + '\0' + user + '\0');
        byte[] message = ByteBuffer.allocate(identity.length + secret.length)
                .put(identity)
                .put(secret)
                .array();
        Octets.wipe(secret);
        complete();
        return message;
    }

    @Override
    void forget() {
        Octets.wipe(password);
    }
}
