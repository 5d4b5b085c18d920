package org.moxmail.dmarc;

import java.util.List;
import org.moxmail.dns.DnsName;

/**
 * What is known of a message.
 *
 * @param authorDomains the domains of its From field, each once. There should be one: RFC 9989 §5.3.1
 * @param identifiers what SPF and DKIM found out, in any order
 * @param nullReversePath whether MAIL FROM was {@code <>}, so that the HELO identity counts
 */
public record DmarcRequest(
        List<DnsName> authorDomains, List<AuthenticatedDomain> identifiers, boolean nullReversePath) {
    public DmarcRequest {
        authorDomains = List.copyOf(authorDomains);
        identifiers = List.copyOf(identifiers);
    }

    /** A message by one author, with a reverse-path. */
    public static DmarcRequest of(DnsName authorDomain, AuthenticatedDomain... identifiers) {
        return new DmarcRequest(List.of(authorDomain), List.of(identifiers), false);
    }

    /** The same message with a null reverse-path. */
    public DmarcRequest withNullReversePath() {
        return new DmarcRequest(authorDomains, identifiers, true);
    }
}
