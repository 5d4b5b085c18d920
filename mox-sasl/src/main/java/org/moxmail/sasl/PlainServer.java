package org.moxmail.sasl;

import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import javax.security.sasl.SaslException;
import org.jspecify.annotations.Nullable;

/** PLAIN, RFC 4616. */
final class PlainServer extends ServerExchange {
    private final Credentials credentials;
    private boolean asked;

    PlainServer(Credentials credentials) {
        super(SaslMechanism.PLAIN);
        this.credentials = credentials;
    }

    @Override
    byte @Nullable [] step(byte[] message) throws SaslException {
        if (message.length == 0 && !asked) {
            asked = true;
            return new byte[0];
        }
        int first = indexOfNul(message, 0);
        int second = first < 0 ? -1 : indexOfNul(message, first + 1);
        if (second < 0 || indexOfNul(message, second + 1) >= 0) {
            throw new SaslException("message isn't of three fields");
        }
        char[] password;
        String user;
        String requested;
        try {
            requested = Octets.text(Arrays.copyOfRange(message, 0, first));
            user = nfc(Octets.text(Arrays.copyOfRange(message, first + 1, second)));
            password = Octets.chars(message, second + 1, message.length);
        } catch (CharacterCodingException e) {
            throw new SaslException("message isn't UTF-8", e);
        }
        if (user.isEmpty()) {
            throw new SaslException("message without user");
        }
        verify(credentials, user, password);
        identify(user, authorize(credentials, user, requested), null);
        complete();
        return null;
    }

    private static int indexOfNul(byte[] message, int from) {
        for (int i = from; i < message.length; i++) {
            if (message[i] == 0) {
                return i;
            }
        }
        return -1;
    }
}
