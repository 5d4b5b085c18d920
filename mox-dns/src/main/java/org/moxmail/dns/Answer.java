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

    /** The name exists, but has no records of this type, RFC 2308 §2.2. */
    record NoData<R>(boolean authentic) implements Answer<R> {}

    /** The name doesn't exist, and no name below it, RFC 8020 §2. */
    record NxDomain<R>(boolean authentic) implements Answer<R> {}

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
