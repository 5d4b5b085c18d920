package org.moxmail.mtasts;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.moxmail.dns.DnsName;

/**
 * What is remembered of a domain.
 *
 * @param kept the policy that was fetched last, if any ever was; it may have expired
 * @param failure the last fetch that failed, if it came after that
 * @param used when the domain was last asked for
 */
public record CacheEntry(DnsName domain, Optional<Kept> kept, Optional<Failure> failure, Instant used) {
    public CacheEntry {
        Objects.requireNonNull(domain);
        Objects.requireNonNull(kept);
        Objects.requireNonNull(failure);
        Objects.requireNonNull(used);
    }

    /**
     * A policy that was fetched.
     *
     * @param id of the record that announced it
     * @param text the policy as it was fetched, for reports
     * @param fetched when
     */
    public record Kept(String id, MtaStsPolicy policy, String text, Instant fetched) {
        public Kept {
            Objects.requireNonNull(id);
            Objects.requireNonNull(policy);
            Objects.requireNonNull(text);
            Objects.requireNonNull(fetched);
        }

        /** Whether the policy must still be honoured, RFC 8461 §5.1. */
        public boolean isValidAt(Instant now) {
            return now.isBefore(fetched.plus(policy.maxAge()));
        }
    }

    /**
     * A fetch that failed.
     *
     * @param id of the record that announced the policy
     * @param at when
     */
    public record Failure(String id, PolicyStatus status, String reason, Instant at) {
        public Failure {
            Objects.requireNonNull(id);
            Objects.requireNonNull(status);
            Objects.requireNonNull(reason);
            Objects.requireNonNull(at);
        }
    }
}
