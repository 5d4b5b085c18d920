package org.moxmail.smtp;

import org.moxmail.dns.DnsName;

/** What stands right of the {@code @}: a domain or an address literal, RFC 5321 §4.1.2 and §4.1.3. */
public sealed interface MailHost extends HelloName permits MailHost.Domain, AddressLiteral {
    /** A domain name. */
    record Domain(DnsName name) implements MailHost {
        @Override
        public String print() {
            return name.ascii();
        }

        @Override
        public String toString() {
            return name.unicode();
        }
    }

    /** A host by its name. */
    static MailHost of(DnsName name) {
        return new Domain(name);
    }
}
