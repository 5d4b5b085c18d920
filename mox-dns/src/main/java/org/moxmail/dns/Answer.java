package org.moxmail.dns;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What the DNS said to a lookup. Absence of a name, absence of records at a name and absence of an answer are told apart,
 * because SPF, DMARC, DANE and MX each treat them differently.
 *
 * <p>An answer is <em>authentic</em> when DNSSEC proved it, CNAMEs and denials included, RFC 4035 §4.3. Only a resolver that
 * validates by itself, or trusts the AD bit of one that does, says so.
 *
 * @param <R> the type of a record's data
 */
public sealed interface Answer<R> {
    /** How long an absence is remembered of which nothing more is known. */
    Duration ABSENCE = Duration.ofMinutes(5);

    /** The records; empty when there are none, for whatever reason. */
    default List<R> records() {
        return List.of();
    }

    /** Whether DNSSEC proved this answer. */
    boolean authentic();

    /**
     * There are records.
     *
     * @param records at least one
     * @param canonicalName the name that has them: the one asked for, or the end of its chain of CNAMEs
     * @param ttl how long the answer may be kept, the least of all records involved
     */
    record Found<R>(List<R> records, DnsName canonicalName, boolean authentic, Duration ttl) implements Answer<R> {
        public Found {
            records = List.copyOf(records);
            if (records.isEmpty()) {
                throw new IllegalArgumentException("found no records");
            }
            Objects.requireNonNull(canonicalName);
            Objects.requireNonNull(ttl);
        }
    }

    /**
     * The name exists, but has no records of this type, RFC 2308 §2.2.
     *
     * @param ttl how long that may be remembered, RFC 2308 §5; zero when the zone doesn't say
     */
    record NoData<R>(boolean authentic, Duration ttl) implements Answer<R> {
        public NoData {
            Objects.requireNonNull(ttl);
        }

        /** An absence that may be remembered for {@link #ABSENCE}. */
        public NoData(boolean authentic) {
            this(authentic, ABSENCE);
        }
    }

    /**
     * The name doesn't exist, and no name below it, RFC 8020 §2.
     *
     * @param ttl how long that may be remembered, RFC 2308 §5; zero when the zone doesn't say
     */
    record NxDomain<R>(boolean authentic, Duration ttl) implements Answer<R> {
        public NxDomain {
            Objects.requireNonNull(ttl);
        }

        /** An absence that may be remembered for {@link #ABSENCE}. */
        public NxDomain(boolean authentic) {
            this(authentic, ABSENCE);
        }
    }

    /**
     * There is no answer.
     *
     * @param detail for a person: which server said what, or what was bogus; with the extended error of RFC 8914, if any
     */
    record Failed<R>(DnsFailure cause, String detail) implements Answer<R> {
        public Failed {
            Objects.requireNonNull(cause);
            Objects.requireNonNull(detail);
        }

        @Override
        public boolean authentic() {
            return false;
        }
    }
}
