package org.moxmail.dmarc;

import java.util.Objects;
import org.moxmail.dns.DnsName;

/**
 * A fact about a message: what SPF or DKIM found out about a domain, RFC 9989 §5.3.3. Results other than pass may be told too: one
 * that is temperror can turn a fail into a temperror.
 *
 * @param identity what was checked
 * @param domain that of the identity: the {@code d=} of a signature, the domain of MAIL FROM or HELO
 * @param result what came out
 */
public record AuthenticatedDomain(Identity identity, DnsName domain, AuthenticationResult result) {
    /** What a mechanism checks. */
    public enum Identity {
        /** The signing domain of a DKIM signature. */
        DKIM,
        /** SPF's MAIL FROM identity. */
        SPF_MAIL_FROM,
        /** SPF's HELO identity, which is MAIL FROM's if the reverse-path is null (RFC 7208 §2.4), and of no use otherwise. */
        SPF_HELO
    }

    public AuthenticatedDomain {
        Objects.requireNonNull(identity);
        Objects.requireNonNull(domain);
        Objects.requireNonNull(result);
    }

    /** A DKIM signature of this domain. */
    public static AuthenticatedDomain dkim(DnsName domain, AuthenticationResult result) {
        return new AuthenticatedDomain(Identity.DKIM, domain, result);
    }

    /** SPF's result for the domain of the reverse-path. */
    public static AuthenticatedDomain mailFrom(DnsName domain, AuthenticationResult result) {
        return new AuthenticatedDomain(Identity.SPF_MAIL_FROM, domain, result);
    }

    /** SPF's result for the name that the client said in HELO or EHLO. */
    public static AuthenticatedDomain helo(DnsName domain, AuthenticationResult result) {
        return new AuthenticatedDomain(Identity.SPF_HELO, domain, result);
    }
}
