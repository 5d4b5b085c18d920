package org.moxmail.sasl;

/** Hash functions of SCRAM. */
public enum ScramHash {
    /** RFC 5802. */
    SHA_1("SHA-1", "HmacSHA1", 20, 8192),
    /** RFC 7677. */
    SHA_256("SHA-256", "HmacSHA256", 32, 15_000);

    private final String algorithm;
    private final String hmac;
    private final int octets;
    private final int iterations;

    ScramHash(String algorithm, String hmac, int octets, int iterations) {
        this.algorithm = algorithm;
        this.hmac = hmac;
        this.octets = octets;
        this.iterations = iterations;
    }

    /** The JDK's name of the hash, such as {@code SHA-256}. */
    public String algorithm() {
        return algorithm;
    }

    /** Length of a hash in octets. */
    public int octets() {
        return octets;
    }

    /** Iterations for new secrets: at least 4096 (RFC 5802 §5.1), 15,000 as RFC 7677 §4 suggests for SHA-256. */
    public int defaultIterations() {
        return iterations;
    }

    String hmac() {
        return hmac;
    }

    /** The mechanism with this hash. */
    public SaslMechanism mechanism(boolean channelBound) {
        return switch (this) {
            case SHA_1 -> channelBound ? SaslMechanism.SCRAM_SHA_1_PLUS : SaslMechanism.SCRAM_SHA_1;
            case SHA_256 -> channelBound ? SaslMechanism.SCRAM_SHA_256_PLUS : SaslMechanism.SCRAM_SHA_256;
        };
    }
}
