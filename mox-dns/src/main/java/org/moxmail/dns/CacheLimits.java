package org.moxmail.dns;

import java.time.Duration;
import java.util.Objects;

/**
 * What a {@link CachingResolver} keeps.
 *
 * @param answers how many at most; the one not asked for the longest goes first
 * @param least how long a found answer is kept at least, whatever its TTL
 * @param most how long a found answer is kept at most, RFC 8767 §4 suggests a week at most
 * @param absence how long an absence is kept at most, RFC 2308 §5 suggests three hours at most
 * @param failure how long a failure is kept, RFC 9520 §3.2 says a second at least and five minutes at most
 */
public record CacheLimits(int answers, Duration least, Duration most, Duration absence, Duration failure) {
    /** 10,000 answers; found ones as their TTL says up to a day, absences up to an hour, failures for five seconds. */
    public static final CacheLimits DEFAULT =
            new CacheLimits(10_000, Duration.ZERO, Duration.ofDays(1), Duration.ofHours(1), Duration.ofSeconds(5));

    public CacheLimits {
        if (answers < 1) {
            throw new IllegalArgumentException("a cache of " + answers + " answers");
        }
        if (least.compareTo(most) > 0) {
            throw new IllegalArgumentException("least time above the most");
        }
        Objects.requireNonNull(absence);
        Objects.requireNonNull(failure);
    }
}
