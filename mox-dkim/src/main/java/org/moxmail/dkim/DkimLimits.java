package org.moxmail.dkim;

/**
 * Bounds on what a verifier does for one message.
 *
 * @param headerOctets octets of the header at most; ours, RFC 5322 has none
 * @param signatures DKIM signatures that are looked at, RFC 6376 §6.1 leaves it to the verifier
 * @param signatureOctets octets of one signature's field; ours
 * @param signedFields names in one h= tag; ours
 * @param bodyHashes different hashes made of one body; ours
 * @param keyRecordOctets octets of a key record; ours, a 16384-bit key takes 2,800
 * @param rsaBits bits of an RSA modulus at most; RFC 8301 §3.2 asks for at least 4096
 * @param rsaExponentBits bits of an RSA exponent at most, which is what a verification's time grows with; ours
 */
public record DkimLimits(
        int headerOctets,
        int signatures,
        int signatureOctets,
        int signedFields,
        int bodyHashes,
        int keyRecordOctets,
        int rsaBits,
        int rsaExponentBits) {
    /** What the suite uses. */
    public static final DkimLimits DEFAULT = new DkimLimits(1 << 20, 10, 32 << 10, 1000, 8, 16 << 10, 16384, 33);

    public DkimLimits {
        if (headerOctets < 1
                || signatures < 0
                || signatureOctets < 1
                || signedFields < 1
                || bodyHashes < 1
                || keyRecordOctets < 1
                || rsaBits < 1
                || rsaExponentBits < 2) {
            throw new IllegalArgumentException("a limit below its least value");
        }
    }
}
