package org.moxmail.server.auth;

import java.time.Duration;

/**
 * What is asked of passwords, and what hashing one costs, RFC 9106.
 *
 * @param shortest octets that a new password has at least
 * @param memoryKibibytes of each hash
 * @param iterations over that memory
 * @param atOnce hashes that are computed at the same time at most; others wait
 * @param patience how long one waits, until it is refused for now
 */
public record PasswordSettings(int shortest, int memoryKibibytes, int iterations, int atOnce, Duration patience) {
    /** 19 MiB twice, what OWASP's password storage guide asks of Argon2id at least. */
    public static final PasswordSettings DEFAULT = new PasswordSettings(8, 19 * 1024, 2, 2, Duration.ofSeconds(20));

    public PasswordSettings {
        if (shortest < 1
                || memoryKibibytes < 8
                || iterations < 1
                || iterations > 255
                || atOnce < 1
                || !patience.isPositive()) {
            throw new IllegalArgumentException("settings of passwords");
        }
    }
}
