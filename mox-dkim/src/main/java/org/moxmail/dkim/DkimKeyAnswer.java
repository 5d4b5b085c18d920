package org.moxmail.dkim;

import java.util.Objects;

/** What came of looking for a key. */
public sealed interface DkimKeyAnswer {
    /** Whether DNSSEC proved the answer. */
    boolean authentic();

    /** There is a key record; its key may have been revoked. */
    record Found(DkimKeyRecord record, boolean authentic) implements DkimKeyAnswer {
        public Found {
            Objects.requireNonNull(record);
        }
    }

    /**
     * There is no usable record.
     *
     * @param detail for a person
     */
    record Missing(DkimReason reason, String detail, boolean authentic) implements DkimKeyAnswer {
        public Missing {
            Objects.requireNonNull(reason);
            Objects.requireNonNull(detail);
        }
    }
}
