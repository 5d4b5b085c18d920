package org.moxmail.mtasts;

import java.time.Duration;

/**
 * Bounds of a fetch.
 *
 * @param total how long it takes at most, from lookup to last octet; RFC 8461 §3.3 suggests a minute
 * @param connect how long one address is tried; ours
 * @param policyBytes octets of a policy; RFC 8461 §3.3 suggests 64 KiB
 * @param headerBytes octets of the response's status line and header, chunk headers included; ours
 * @param addresses how many addresses of the policy host are tried; ours
 */
public record FetchLimits(Duration total, Duration connect, int policyBytes, int headerBytes, int addresses) {
    /** The standard's suggestions. */
    public static final FetchLimits STANDARD =
            new FetchLimits(Duration.ofMinutes(1), Duration.ofSeconds(15), 64 * 1024, 16 * 1024, 4);

    public FetchLimits {
        if (total.isNegative() || total.isZero() || connect.isNegative() || connect.isZero()) {
            throw new IllegalArgumentException("a fetch needs time");
        }
        if (policyBytes < 1 || headerBytes < 1 || addresses < 1) {
            throw new IllegalArgumentException("a fetch needs room");
        }
    }
}
