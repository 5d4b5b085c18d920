package org.moxmail.spf;

import java.util.Objects;

/** What a domain publishes, RFC 7208 §4.4 and §4.5. */
public sealed interface SpfLookup {
    /** Whether DNSSEC proved the answer. */
    boolean authentic();

    /** There is one record, and it can be read. */
    record Found(SpfRecord record, boolean authentic) implements SpfLookup {
        public Found {
            Objects.requireNonNull(record);
        }
    }

    /**
     * There is no record to evaluate.
     *
     * @param result none, temperror or permerror
     * @param reason for a postmaster
     */
    record Absent(SpfResult result, String reason, boolean authentic) implements SpfLookup {
        public Absent {
            Objects.requireNonNull(result);
            Objects.requireNonNull(reason);
        }
    }
}
