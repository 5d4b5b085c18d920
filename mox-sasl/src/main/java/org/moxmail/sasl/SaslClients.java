package org.moxmail.sasl;

import java.security.SecureRandom;
import javax.security.sasl.SaslClient;

/**
 * Makes the client side of exchanges. Safe for many threads; each exchange is for one. Passwords are copied, and the copy is
 * overwritten at the end of the exchange or by {@code dispose}.
 */
public final class SaslClients {
    private final SecureRandom random;

    /** @param random for nonces */
    public SaslClients(SecureRandom random) {
        this.random = random;
    }

    /** PLAIN. @param authorizationId whom to act as, empty for the user itself */
    public SaslClient plain(String authorizationId, String user, char[] password) {
        throw new UnsupportedOperationException(random.toString());
    }

    /** LOGIN. */
    public SaslClient login(String user, char[] password) {
        throw new UnsupportedOperationException();
    }

    /** CRAM-MD5. */
    public SaslClient cramMd5(String user, char[] password) {
        throw new UnsupportedOperationException();
    }

    /** EXTERNAL. @param authorizationId whom to act as, empty for whoever the server knows us to be */
    public SaslClient external(String authorizationId) {
        throw new UnsupportedOperationException();
    }

    /**
     * SCRAM; with {@link ClientBinding.Bound} the {@code -PLUS} variant.
     *
     * @param authorizationId whom to act as, empty for the user itself
     */
    public SaslClient scram(
            ScramHash hash, ClientBinding binding, String authorizationId, String user, char[] password) {
        throw new UnsupportedOperationException();
    }
}
