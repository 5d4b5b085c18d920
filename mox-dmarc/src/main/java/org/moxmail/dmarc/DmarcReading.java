package org.moxmail.dmarc;

import java.util.List;
import java.util.Objects;

/**
 * What a TXT record that {@linkplain DmarcRecord#isDmarc says to be a DMARC record} is worth. Syntax errors in it fall back to
 * defaults, RFC 9989 §4.8; a policy that can't be read is {@code none} if somebody gets the reports, RFC 9989 §4.10.1.
 */
public sealed interface DmarcReading {
    /** Whether the domain is a public suffix. */
    PsdFlag psd();

    /**
     * There is something to apply.
     *
     * @param faults what fell back to defaults, in the order of the text; the first few of many
     */
    record Usable(DmarcRecord record, List<TagFault> faults) implements DmarcReading {
        public Usable {
            Objects.requireNonNull(record);
            faults = List.copyOf(faults);
        }

        @Override
        public PsdFlag psd() {
            return record.psd();
        }
    }

    /**
     * There is nothing to apply: no policy and nobody who gets reports, or a tag twice, RFC 6376 §3.2. The record ends the search
     * for a policy nevertheless.
     */
    record Unusable(PsdFlag psd, TagFault fault) implements DmarcReading {
        public Unusable {
            Objects.requireNonNull(psd);
            Objects.requireNonNull(fault);
        }
    }

    /**
     * Reads a record.
     *
     * @param txt the strings of the TXT record joined, one char an octet
     * @throws IllegalArgumentException when it is none, see {@link DmarcRecord#isDmarc}
     */
    static DmarcReading of(String txt, DmarcStandard standard) {
        return new DmarcParser(txt, standard).reading();
    }
}
