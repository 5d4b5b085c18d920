package org.moxmail.sasl;

import java.util.Optional;

/** The mechanisms of this library, the preferred ones first. */
public enum SaslMechanism {
    /** RFC 7677 with channel binding. */
    SCRAM_SHA_256_PLUS("SCRAM-SHA-256-PLUS", true),
    /** RFC 5802 with channel binding. */
    SCRAM_SHA_1_PLUS("SCRAM-SHA-1-PLUS", true),
    /** RFC 7677. */
    SCRAM_SHA_256("SCRAM-SHA-256", true),
    /** RFC 5802. */
    SCRAM_SHA_1("SCRAM-SHA-1", true),
    /** RFC 2195. */
    CRAM_MD5("CRAM-MD5", false),
    /** RFC 4616; the password travels as it is. */
    PLAIN("PLAIN", true),
    /** An older PLAIN in two steps, documented only by draft-murchison-sasl-login; the password travels as it is. */
    LOGIN("LOGIN", false),
    /** RFC 4422 appendix A: the identity comes from elsewhere, here from a TLS client certificate. */
    EXTERNAL("EXTERNAL", true);

    private final String keyword;
    private final boolean clientFirst;

    SaslMechanism(String keyword, boolean clientFirst) {
        this.keyword = keyword;
        this.clientFirst = clientFirst;
    }

    /** The registered name, as it is advertised. */
    public String keyword() {
        return keyword;
    }

    /** Whether the client sends the first data, so that an initial response makes sense. */
    public boolean clientFirst() {
        return clientFirst;
    }

    /** Whether the server gets to see the password, so that the connection must be private. */
    public boolean plaintextPassword() {
        return this == PLAIN || this == LOGIN;
    }

    /** Whether the exchange is bound to the TLS connection that carries it, the {@code -PLUS} variants. */
    public boolean channelBound() {
        return this == SCRAM_SHA_256_PLUS || this == SCRAM_SHA_1_PLUS;
    }

    /** The hash of a SCRAM mechanism; empty for others. */
    public Optional<ScramHash> scramHash() {
        return switch (this) {
            case SCRAM_SHA_256_PLUS, SCRAM_SHA_256 -> Optional.of(ScramHash.SHA_256);
            case SCRAM_SHA_1_PLUS, SCRAM_SHA_1 -> Optional.of(ScramHash.SHA_1);
            case CRAM_MD5, PLAIN, LOGIN, EXTERNAL -> Optional.empty();
        };
    }

    /** The mechanism of a name as a peer writes it, in any case (RFC 4422 §3.1 has upper case; peers differ). */
    public static Optional<SaslMechanism> named(String name) {
        for (SaslMechanism mechanism : values()) {
            if (mechanism.keyword.equalsIgnoreCase(name)) {
                return Optional.of(mechanism);
            }
        }
        return Optional.empty();
    }
}
