package org.moxmail.server.auth;

/**
 * What hashing a password costs, RFC 9106.
 *
 * @param memoryKibibytes of each hash
 * @param iterations over that memory
 * @param atOnce hashes that are computed at the same time at most; others wait
 */
public record HashCost(int memoryKibibytes, int iterations, int atOnce) {
    /** 19 MiB twice, what OWASP's password storage guide asks of Argon2id at least. */
    public static final HashCost DEFAULT = new HashCost(19 * 1024, 2, 2);

    public HashCost {
        if (memoryKibibytes < 8 || iterations < 1 || iterations > 255 || atOnce < 1) {
            throw new IllegalArgumentException("cost of a hash");
        }
    }
}
