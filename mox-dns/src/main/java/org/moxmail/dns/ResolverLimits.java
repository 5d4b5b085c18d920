package org.moxmail.dns;

import java.time.Duration;
import java.util.Objects;

/**
 * What a lookup may cost.
 *
 * @param query time until a server counts as not answering; resolv.conf(5) has 5 seconds
 * @param attempts how often each server is asked, at least once; resolv.conf(5) has twice
 * @param total time for all queries of a lookup, those for DNSSEC keys included; counted before each query for another alias, so that
 *     it may be exceeded twofold
 * @param cnames aliases that a name may have in a row; RFC 1034 §3.6.2 has none, resolvers have a dozen
 */
public record ResolverLimits(Duration query, int attempts, Duration total, int cnames) {
    /** Two attempts of 5 seconds, 20 seconds in all, 16 aliases. */
    public static final ResolverLimits DEFAULT =
            new ResolverLimits(Duration.ofSeconds(5), 2, Duration.ofSeconds(20), 16);

    public ResolverLimits {
        Objects.requireNonNull(query);
        Objects.requireNonNull(total);
        if (attempts < 1 || cnames < 0) {
            throw new IllegalArgumentException("attempts or aliases out of range");
        }
    }
}
