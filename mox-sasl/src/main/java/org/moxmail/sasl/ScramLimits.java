package org.moxmail.sasl;

/**
 * What a SCRAM client takes from a server.
 *
 * @param iterationsAtLeast so that a false server gets no cheap guess at the password; RFC 5802 §5.1 asks 4096 of servers,
 *     some have less
 * @param iterationsAtMost so that a false server can't keep us busy
 * @param saltOctetsAtLeast octets of the salt
 * @param nonceCharsAtLeast chars that the server adds to our nonce
 */
public record ScramLimits(int iterationsAtLeast, int iterationsAtMost, int saltOctetsAtLeast, int nonceCharsAtLeast) {
    /** 2048 to 1,000,000 iterations, 8 octets of salt, 8 chars of nonce. */
    public static final ScramLimits DEFAULT = new ScramLimits(2048, 1_000_000, 8, 8);
}
