package org.moxmail.server.delivery;

import javax.net.ssl.SSLSession;
import org.moxmail.dns.DnsName;
import org.moxmail.smtp.AddressLiteral;
import org.moxmail.smtp.ForwardPath;
import org.moxmail.smtp.HelloName;
import org.moxmail.smtp.MailHost;

/** The trace field that a message gets from each server on its way, RFC 5321 §4.4. */
final class ReceivedField {
    private static final String FOLD = "\r\n\t";

    private ReceivedField() {}

    /**
     * Prints the field with its line end.
     *
     * @param host our name
     * @param only the recipient when there is one alone, else null: copies for several are the same and tell nobody of others
     */
    static String print(Arrival arrival, DnsName host, @org.jspecify.annotations.Nullable ForwardPath only) {
        StringBuilder out = new StringBuilder("Received: from ");
        out.append(from(arrival, host));
        out.append(FOLD).append("by ").append(host.ascii()).append(' ');
        out.append('(').append(new AddressLiteral(arrival.local()).print()).append(')');
        out.append(FOLD).append("via tcp with ").append(protocol(arrival));
        if (arrival.params().requireTls()) {
            out.append(" (requiretls)");
        }
        out.append(" id ").append(arrival.id());
        SSLSession tls = arrival.tls();
        if (tls != null) {
            out.append(FOLD).append('(').append(tls.getProtocol()).append(' ');
            out.append(tls.getCipherSuite()).append(')');
        }
        if (only instanceof ForwardPath.Address to) {
            out.append(FOLD)
                    .append("for <")
                    .append(to.mailbox().print(arrival.params().smtputf8()))
                    .append('>');
        }
        return out.append(';')
                .append(FOLD)
                .append(FieldDate.print(arrival.at()))
                .append("\r\n")
                .toString();
    }

    /** A user's host and address are nobody's business but ours. */
    private static String from(Arrival arrival, DnsName host) {
        if (arrival.submitted()) {
            return host.ascii();
        }
        String literal = new AddressLiteral(arrival.remote()).print();
        String name = switch (arrival.hello().name()) {
            case MailHost known -> known.print();
            // Not a word of it would be safe in a header field.
            case HelloName.Opaque opaque -> literal;
        };
        return name + " (" + literal + ")";
    }

    /** RFC 3848, and RFC 6531 §4.3. TLS and AUTH come with EHLO only, so there is no SMTPS. */
    private static String protocol(Arrival arrival) {
        boolean tls = arrival.tls() != null;
        boolean extended = arrival.hello().extended() || tls || arrival.submitted();
        String base = arrival.params().smtputf8() ? "UTF8SMTP" : extended ? "ESMTP" : "SMTP";
        return base + (tls ? "S" : "") + (arrival.submitted() ? "A" : "");
    }
}
