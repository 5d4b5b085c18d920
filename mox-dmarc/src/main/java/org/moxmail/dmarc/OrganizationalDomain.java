package org.moxmail.dmarc;

import java.util.Objects;
import org.moxmail.dns.DnsName;

/** The top of the names that belong to the same organization as a domain, RFC 9989 §4.10.2. */
public sealed interface OrganizationalDomain {
    /** Whether DNSSEC proved every answer that this rests on; true where none was needed. */
    boolean authentic();

    /** It is the domain itself or one above it. */
    record Known(DnsName domain, boolean authentic) implements OrganizationalDomain {
        public Known {
            Objects.requireNonNull(domain);
        }
    }

    /** The DNS gave no answer that was needed. */
    record Unknown(String reason) implements OrganizationalDomain {
        public Unknown {
            Objects.requireNonNull(reason);
        }

        @Override
        public boolean authentic() {
            return false;
        }
    }
}
