package org.moxmail.dkim;

import java.util.Optional;

/** The algorithms of signatures that this library knows. */
public enum DkimAlgorithm {
    /** RSASSA-PKCS1-v1_5 with SHA-256, RFC 6376 §3.3.2. */
    RSA_SHA256("rsa", "sha256"),
    /** Ed25519 over a SHA-256 hash, RFC 8463 §3. */
    ED25519_SHA256("ed25519", "sha256"),
    /** RSASSA-PKCS1-v1_5 with SHA-1: neither to be signed with nor to be accepted, RFC 8301 §3.1. */
    RSA_SHA1("rsa", "sha1");

    private final String keyType;
    private final String hash;
    private final String keyword;

    DkimAlgorithm(String keyType, String hash) {
        this.keyType = keyType;
        this.hash = hash;
        this.keyword = keyType + "-" + hash;
    }

    /** The word in the a= tag of a signature. */
    public String keyword() {
        return keyword;
    }

    /** The word in the k= tag of a key record. */
    public String keyType() {
        return keyType;
    }

    /** The hash algorithm, as the h= tag of a key record names it. */
    public String hash() {
        return hash;
    }

    int hashOctets() {
        return hash.equals("sha1") ? 20 : 32;
    }

    /** The algorithm of that {@linkplain #keyword() keyword}; empty for one that isn't known. Case counts, RFC 6376 §3.2. */
    public static Optional<DkimAlgorithm> of(String keyword) {
        for (DkimAlgorithm value : values()) {
            if (value.keyword.equals(keyword)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
