package org.moxmail.smtp;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.Localpart;

/** Reads paths, RFC 5321 §4.1.2 and §4.1.3 with RFC 6531 §3.3. */
final class PathGrammar {
    private static final String RFC = "RFC 5321 §4.1.2";

    /** Octets of a path with its brackets, RFC 5321 §4.5.3.1.3. */
    private static final int PATH_OCTETS = 256;

    /** Octets of a domain, RFC 5321 §4.5.3.1.2. */
    private static final int DOMAIN_OCTETS = 255;

    private PathGrammar() {}

    static ReversePath reversePath(Cursor in, Set<Leniency> leniencies) throws SyntaxException {
        int start = in.at;
        in.expect('<', RFC);
        if (in.take('>')) {
            return ReversePath.NULL;
        }
        return ReversePath.of(rest(in, start, leniencies));
    }

    static ForwardPath forwardPath(Cursor in, Set<Leniency> leniencies) throws SyntaxException {
        int start = in.at;
        in.expect('<', RFC);
        // RFC 5321 §4.1.1.3: "<Postmaster>" without a domain, in any case.
        if (in.takeWord("postmaster>")) {
            return ForwardPath.POSTMASTER;
        }
        return ForwardPath.of(rest(in, start, leniencies));
    }

    private static Mailbox rest(Cursor in, int start, Set<Leniency> leniencies) throws SyntaxException {
        sourceRoute(in);
        Mailbox mailbox = mailbox(in, leniencies);
        in.expect('>', RFC);
        // Also as it goes on, with the domain in ASCII, which may be longer: else it couldn't be passed on.
        int printed = octets(mailbox.print()) + 2;
        if (Math.max(printed, octets(in.text.substring(start, in.at))) > PATH_OCTETS) {
            throw new SyntaxException(start, "a path of at most 256 octets", "RFC 5321 §4.5.3.1.3");
        }
        return mailbox;
    }

    /** {@code @a,@b:}, which is read and forgotten: RFC 5321 §4.1.1.3 and appendix C. */
    private static void sourceRoute(Cursor in) throws SyntaxException {
        if (in.peek() != '@') {
            return;
        }
        do {
            in.expect('@', RFC);
            domain(in);
        } while (in.take(','));
        in.expect(':', RFC);
    }

    static Mailbox mailbox(Cursor in, Set<Leniency> leniencies) throws SyntaxException {
        Localpart localpart = localpart(in, leniencies);
        in.expect('@', RFC);
        return new Mailbox(localpart, host(in));
    }

    private static Localpart localpart(Cursor in, Set<Leniency> leniencies) throws SyntaxException {
        int start = in.at;
        int end = in.peek() == '"' ? endOfQuoted(in) : in.text.indexOf('@', start);
        if (end < 0) {
            throw in.error("a localpart and '@'", RFC);
        }
        Localpart localpart;
        try {
            localpart = Localpart.parse(in.text.substring(start, end));
        } catch (SyntaxException e) {
            throw new SyntaxException(start + e.offset(), e.expected(), e.rfc());
        }
        if (!leniencies.contains(Leniency.LONG_LOCALPART) && !localpart.withinStrictLimit()) {
            throw in.error("a localpart of at most 64 octets", "RFC 5321 §4.5.3.1.1");
        }
        in.at = end;
        return localpart;
    }

    private static int endOfQuoted(Cursor in) throws SyntaxException {
        for (int i = in.at + 1; i < in.text.length(); i++) {
            char c = in.text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                return i + 1;
            }
        }
        throw in.error("a closing quote", RFC);
    }

    static MailHost host(Cursor in) throws SyntaxException {
        return in.peek() == '[' ? literal(in) : MailHost.of(domain(in));
    }

    /** A domain up to whatever can't be in one. */
    static DnsName domain(Cursor in) throws SyntaxException {
        int start = in.at;
        while (isDomainChar(in.peek())) {
            in.at++;
        }
        String text = in.text.substring(start, in.at);
        if (octets(text) > DOMAIN_OCTETS) {
            throw new SyntaxException(start, "a domain of at most 255 octets", "RFC 5321 §4.5.3.1.2");
        }
        try {
            return DnsName.parse(text);
        } catch (SyntaxException e) {
            throw new SyntaxException(start + e.offset(), e.expected(), e.rfc());
        }
    }

    private static boolean isDomainChar(int c) {
        return Cursor.isAlpha(c) || Cursor.isDigit(c) || c == '-' || c == '.' || c == '_' || c >= 0x80;
    }

    static AddressLiteral literal(Cursor in) throws SyntaxException {
        int start = in.at;
        in.expect('[', "RFC 5321 §4.1.3");
        int end = in.text.indexOf(']', in.at);
        if (end < 0) {
            throw in.error("']'", "RFC 5321 §4.1.3");
        }
        boolean v6 = in.takeWord("IPv6:");
        String text = in.text.substring(in.at, end);
        try {
            AddressLiteral literal = new AddressLiteral(v6 ? IpText.parseV6(text) : IpText.parseV4(text));
            in.at = end + 1;
            return literal;
        } catch (SyntaxException e) {
            throw new SyntaxException(start + 1, e.expected(), e.rfc());
        }
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
