package org.moxmail.dmarc;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.AddressList;
import org.moxmail.message.HeaderFields;
import org.moxmail.message.MailboxAddress;

/**
 * The domains that a message claims to be from, RFC 9989 §5.3.1: U-labels have become A-labels, as RFC 8616 §6 wants it too.
 *
 * @param domains each once, in the order of the header
 * @param damaged whether there may be more, since something couldn't be read, or isn't a domain
 * @param fields how many From fields there are, which should be one
 */
public record AuthorDomains(List<DnsName> domains, boolean damaged, int fields) {
    /** Mailboxes that are read of each field; nobody means a message with more authors to be evaluated. */
    private static final int MOST = 100;

    public AuthorDomains {
        domains = List.copyOf(domains);
    }

    /** The domains of all From fields of a header. */
    public static AuthorDomains of(HeaderFields header) {
        return of(header.all("from"));
    }

    /** The domains in the values of these From fields. */
    public static AuthorDomains of(List<String> values) {
        Set<DnsName> domains = new LinkedHashSet<>();
        boolean damaged = false;
        for (String value : values) {
            AddressList list = AddressList.parseLenient(value, MOST);
            damaged |= list.damaged() || list.mailboxes().size() >= MOST;
            for (MailboxAddress mailbox : list.mailboxes()) {
                String host = mailbox.host();
                try {
                    domains.add(DnsName.parse(host == null ? "" : host));
                } catch (SyntaxException e) {
                    damaged = true; // an address literal, or nothing that has a policy
                }
            }
        }
        return new AuthorDomains(new ArrayList<>(domains), damaged, values.size());
    }

    /** Whether there is precisely one, beyond doubt. */
    public boolean single() {
        return domains.size() == 1 && !damaged && fields == 1;
    }
}
