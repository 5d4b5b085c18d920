package org.moxmail.spf;

import java.net.InetAddress;
import java.util.Objects;
import org.moxmail.dns.DnsName;

/**
 * What an SMTP server knows when it checks a client, RFC 7208 §4.1. The texts are as the client sent them: nothing about them need
 * be valid.
 *
 * @param ip the client; an IPv4 address mapped into IPv6 is taken for the IPv4 address
 * @param identity whose domain is checked
 * @param helo the parameter of HELO or EHLO: a name, an address literal, or something else; empty if there was none
 * @param localpart of the sender, unquoted; "postmaster" stands in for an empty one, RFC 7208 §4.3
 * @param domain what is checked and the sender's domain; U-labels are taken for their A-labels, RFC 8616 §4
 * @param receiver the host that checks, for the {@code r} macro and Received-SPF; "unknown" if it shall not tell
 */
public record SpfRequest(
        InetAddress ip, SpfIdentity identity, String helo, String localpart, String domain, String receiver) {
    /** Stands in for a local part, RFC 7208 §4.3. */
    public static final String POSTMASTER = "postmaster";

    private static final String UNKNOWN = "unknown";

    public SpfRequest {
        Objects.requireNonNull(ip);
        Objects.requireNonNull(identity);
        Objects.requireNonNull(helo);
        Objects.requireNonNull(domain);
        localpart = localpart.isEmpty() ? POSTMASTER : localpart;
        receiver = receiver.isEmpty() ? UNKNOWN : receiver;
    }

    /**
     * Asks about a reverse-path.
     *
     * @param sender its mailbox, split at the last {@code @}; empty for the null reverse-path, of which the HELO identity is checked,
     *     RFC 7208 §2.4
     */
    public static SpfRequest mailFrom(InetAddress ip, String helo, String sender) {
        if (sender.isEmpty()) {
            return helo(ip, helo);
        }
        int at = sender.lastIndexOf('@');
        return new SpfRequest(
                ip,
                SpfIdentity.MAIL_FROM,
                helo,
                at < 0 ? "" : sender.substring(0, at),
                sender.substring(at + 1),
                UNKNOWN);
    }

    /** Asks about a reverse-path that is parsed already. */
    public static SpfRequest mailFrom(InetAddress ip, String helo, String localpart, DnsName domain) {
        return new SpfRequest(ip, SpfIdentity.MAIL_FROM, helo, localpart, domain.ascii(), UNKNOWN);
    }

    /** Asks about the name that the client gave itself, RFC 7208 §2.3. */
    public static SpfRequest helo(InetAddress ip, String helo) {
        return new SpfRequest(ip, SpfIdentity.HELO, helo, POSTMASTER, helo, UNKNOWN);
    }

    /** The same request by a host with a name to tell. */
    public SpfRequest withReceiver(String name) {
        return new SpfRequest(ip, identity, helo, localpart, domain, name);
    }
}
