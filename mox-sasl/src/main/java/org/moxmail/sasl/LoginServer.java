package org.moxmail.sasl;

import java.nio.charset.CharacterCodingException;
import javax.security.sasl.SaslException;
import org.jspecify.annotations.Nullable;

/** LOGIN, of draft-murchison-sasl-login: prompts for user and password. */
final class LoginServer extends ServerExchange {
    private final Credentials credentials;
    private boolean prompted;
    private @Nullable String user;

    LoginServer(Credentials credentials) {
        super(SaslMechanism.LOGIN);
        this.credentials = credentials;
    }

    @Override
    byte @Nullable [] step(byte[] message) throws SaslException {
        if (message.length == 0 && !prompted) {
            prompted = true;
            return Octets.utf8("Username:");
        }
        if (user == null) {
            // A first message that isn't empty is an initial response; some clients send the user's name in it.
            prompted = true;
            user = name(message);
            return Octets.utf8("Password:");
        }
        char[] password;
        try {
            password = Octets.chars(message, 0, message.length);
        } catch (CharacterCodingException e) {
            throw new SaslException("password isn't UTF-8", e);
        }
        verify(credentials, user, password);
        identify(user, user, null);
        complete();
        return null;
    }

    private static String name(byte[] message) throws SaslException {
        String name = nfc(utf8(message));
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new SaslException("user is no name");
        }
        return name;
    }
}
