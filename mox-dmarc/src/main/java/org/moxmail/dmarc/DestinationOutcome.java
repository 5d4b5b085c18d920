package org.moxmail.dmarc;

import java.util.List;
import java.util.Objects;

/** Whether reports may be sent to a destination that a record names, RFC 9990 §4. */
public sealed interface DestinationOutcome {
    /**
     * They may.
     *
     * @param uris where: the destination itself, or what its owner has in its place
     * @param external whether the destination is another organization's, which has agreed
     * @param authentic whether DNSSEC proved every answer that this rests on
     */
    record Accepted(List<ReportUri> uris, boolean external, boolean authentic) implements DestinationOutcome {
        public Accepted {
            uris = List.copyOf(uris);
        }
    }

    /**
     * They may not.
     *
     * @param reason for a postmaster, fit for the {@code error} element of a report
     */
    record Refused(String reason) implements DestinationOutcome {
        public Refused {
            Objects.requireNonNull(reason);
        }
    }

    /** The DNS gave no answer; a later attempt may fare better. */
    record Unknown(String reason) implements DestinationOutcome {
        public Unknown {
            Objects.requireNonNull(reason);
        }
    }
}
