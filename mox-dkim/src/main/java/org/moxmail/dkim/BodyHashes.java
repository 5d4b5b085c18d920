package org.moxmail.dkim;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The hashes of one body that signatures ask for: each different one is made once, all of them in one pass. */
final class BodyHashes {
    /** What one signature needs. */
    record Wanted(Canonicalization canonicalization, DkimAlgorithm algorithm, long limit) {
        Wanted {
            // Algorithms with the same hash ask for the same octets.
            algorithm = algorithm == DkimAlgorithm.RSA_SHA1 ? algorithm : DkimAlgorithm.RSA_SHA256;
        }

        static Wanted of(DkimSignature signature, DkimAlgorithm algorithm) {
            return new Wanted(signature.body(), algorithm, signature.length().orElse(Long.MAX_VALUE));
        }
    }

    private final Map<Wanted, MessageDigest> digests = new LinkedHashMap<>();
    private final Map<Wanted, byte[]> hashes = new HashMap<>();
    private @Nullable BodyCanon simple;
    private @Nullable BodyCanon relaxed;
    private long simpleLength;
    private long relaxedLength;

    /** Has a hash made; more are refused than there may be. */
    boolean add(Wanted wanted, int max) {
        if (digests.containsKey(wanted) || hashes.containsKey(wanted)) {
            return true;
        }
        if (digests.size() + hashes.size() >= max) {
            return false;
        }
        MessageDigest digest = digest(wanted.algorithm());
        digests.put(wanted, digest);
        canon(wanted.canonicalization()).hash(digest, wanted.limit());
        return true;
    }

    static MessageDigest digest(DkimAlgorithm algorithm) {
        try {
            return MessageDigest.getInstance(algorithm == DkimAlgorithm.RSA_SHA1 ? "SHA-1" : "SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private BodyCanon canon(Canonicalization canonicalization) {
        if (canonicalization == Canonicalization.SIMPLE) {
            if (simple == null) {
                simple = BodyCanon.of(canonicalization);
            }
            return simple;
        }
        if (relaxed == null) {
            relaxed = BodyCanon.of(canonicalization);
        }
        return relaxed;
    }

    /** Whether hashes wait for the body. */
    boolean pending() {
        return !digests.isEmpty();
    }

    void update(byte[] octets, int offset, int count) {
        if (simple != null) {
            simple.update(octets, offset, count);
        }
        if (relaxed != null) {
            relaxed.update(octets, offset, count);
        }
    }

    void finish() {
        if (simple != null) {
            simple.finish();
            simpleLength = simple.length();
            simple = null;
        }
        if (relaxed != null) {
            relaxed.finish();
            relaxedLength = relaxed.length();
            relaxed = null;
        }
        digests.forEach((wanted, digest) -> hashes.put(wanted, digest.digest()));
        digests.clear();
    }

    byte @Nullable [] hash(Wanted wanted) {
        return hashes.get(wanted);
    }

    /** Octets of the canonical body, when a pass made hashes of it. */
    long length(Canonicalization canonicalization) {
        return canonicalization == Canonicalization.SIMPLE ? simpleLength : relaxedLength;
    }
}
