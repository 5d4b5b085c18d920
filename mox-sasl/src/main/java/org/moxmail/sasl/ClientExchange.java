package org.moxmail.sasl;

import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslException;
import org.jspecify.annotations.Nullable;

/** The client side of a mechanism. */
abstract class ClientExchange extends Exchange implements SaslClient {
    private final boolean first;

    ClientExchange(SaslMechanism mechanism) {
        super(mechanism);
        this.first = mechanism.clientFirst();
    }

    @Override
    public final boolean hasInitialResponse() {
        return first;
    }

    @Override
    public final byte @Nullable [] evaluateChallenge(byte[] challenge) throws SaslException {
        return advance(challenge);
    }

    /** What a client speaks first answers to: the server's empty challenge, or none yet. */
    static void requireEmpty(byte[] challenge) throws SaslException {
        if (challenge.length > 0) {
            throw new SaslException("server speaks first in a mechanism in which the client does");
        }
    }

    static String requireName(String name) {
        if (name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("name with NUL");
        }
        return nfc(name);
    }

    static String requireUser(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("no user name");
        }
        return requireName(name);
    }
}
