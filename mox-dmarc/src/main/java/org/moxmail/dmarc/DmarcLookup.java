package org.moxmail.dmarc;

import java.util.List;
import java.util.Objects;
import org.moxmail.dns.DnsName;

/** Which record applies to an author's domain, RFC 9989 §4.10.1. */
public sealed interface DmarcLookup {
    /** The domain that was asked for. */
    DnsName authorDomain();

    /** Whether DNSSEC proved every answer that this rests on. */
    boolean authentic();

    /**
     * There is one.
     *
     * @param policyDomain where it was found: the author's domain, its organizational domain or its public suffix
     * @param policy what the record wants for the author's domain
     * @param source the tag that says so
     * @param faults what in the record fell back to defaults
     */
    record Found(
            DnsName authorDomain,
            DnsName policyDomain,
            DmarcRecord record,
            DmarcPolicy policy,
            PolicySource source,
            List<TagFault> faults,
            boolean authentic)
            implements DmarcLookup {
        public Found {
            Objects.requireNonNull(authorDomain);
            Objects.requireNonNull(policyDomain);
            Objects.requireNonNull(record);
            Objects.requireNonNull(policy);
            Objects.requireNonNull(source);
            faults = List.copyOf(faults);
        }

        /** Where failure reports may go: nowhere if the record is a public suffix's, RFC 9991 §2. */
        public List<ReportUri> failureReports() {
            return record.psd() == PsdFlag.YES ? List.of() : record.failureReports();
        }
    }

    /**
     * There is none to apply.
     *
     * @param result none, temperror or permerror
     * @param reason for a postmaster
     */
    record Absent(DnsName authorDomain, DmarcResult result, String reason, boolean authentic) implements DmarcLookup {
        public Absent {
            Objects.requireNonNull(authorDomain);
            Objects.requireNonNull(result);
            Objects.requireNonNull(reason);
        }
    }

    /** The tag that a policy is from. */
    enum PolicySource {
        /** {@code p} */
        DOMAIN("p"),
        /** {@code sp} */
        SUBDOMAIN("sp"),
        /** {@code np} */
        NONEXISTENT("np");

        private final String tag;

        PolicySource(String tag) {
            this.tag = tag;
        }

        /** The tag's name. */
        public String tag() {
            return tag;
        }
    }
}
