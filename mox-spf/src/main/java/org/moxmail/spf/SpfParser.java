package org.moxmail.spf;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.Addresses;
import org.moxmail.dns.SyntaxException;

/** Reads records, RFC 7208 §12. One pass, from left to right. */
final class SpfParser {
    private static final String RFC = "RFC 7208 §12";

    private final String text;
    private final MacroParser macros;
    private final List<Term> terms = new ArrayList<>();
    private boolean redirected;
    private boolean explained;

    SpfParser(String text) {
        this.text = text;
        this.macros = new MacroParser(text);
    }

    List<Term> terms() throws SyntaxException {
        if (!SpfRecord.isSpf(text)) {
            throw new SyntaxException(0, "v=spf1 and then a space or nothing", "RFC 7208 §4.5");
        }
        int at = SpfRecord.VERSION.length();
        while (at < text.length()) {
            if (text.charAt(at) == ' ') {
                at++;
                continue;
            }
            int space = text.indexOf(' ', at);
            int end = space < 0 ? text.length() : space;
            terms.add(term(at, end));
            at = end;
        }
        return terms;
    }

    /** Where a name that begins at an offset ends; that offset when there's none. */
    static int nameEnd(String text, int from, int to) {
        int at = from;
        while (at < to && (isLetter(text.charAt(at)) || (at > from && isLaterInName(text.charAt(at))))) {
            at++;
        }
        return at;
    }

    private Term term(int from, int to) throws SyntaxException {
        @Nullable Qualifier qualifier = qualifier(text.charAt(from));
        int start = qualifier == null ? from : from + 1;
        int nameEnd = nameEnd(text, start, to);
        if (qualifier == null && nameEnd > start && nameEnd < to && text.charAt(nameEnd) == '=') {
            return modifier(from, nameEnd, to);
        }
        return new Directive(qualifier == null ? Qualifier.PASS : qualifier, mechanism(start, nameEnd, to));
    }

    private static @Nullable Qualifier qualifier(char sign) {
        return switch (sign) {
            case '+' -> Qualifier.PASS;
            case '-' -> Qualifier.FAIL;
            case '~' -> Qualifier.SOFTFAIL;
            case '?' -> Qualifier.NEUTRAL;
            default -> null;
        };
    }

    private Modifier modifier(int from, int nameEnd, int to) throws SyntaxException {
        if (is("redirect", from, nameEnd)) {
            if (redirected) {
                throw new SyntaxException(from, "redirect only once", "RFC 7208 §6");
            }
            redirected = true;
            return new Modifier.Redirect(macros.domain(nameEnd + 1, to));
        }
        if (is("exp", from, nameEnd)) {
            if (explained) {
                throw new SyntaxException(from, "exp only once", "RFC 7208 §6");
            }
            explained = true;
            return new Modifier.Explanation(macros.domain(nameEnd + 1, to));
        }
        return new Modifier.Unknown(text.substring(from, nameEnd), macros.value(nameEnd + 1, to));
    }

    private Mechanism mechanism(int from, int nameEnd, int to) throws SyntaxException {
        // Lower case of a slice that is nearly always lower already costs less than seven comparisons without case.
        switch (text.substring(from, nameEnd).toLowerCase(Locale.ROOT)) {
            case "all":
                end(nameEnd, to);
                return new Mechanism.All();
            case "include":
                return new Mechanism.Include(domain(nameEnd, to));
            case "a": {
                Target target = target(nameEnd, to);
                return new Mechanism.A(target.domain, target.prefix4, target.prefix6);
            }
            case "mx": {
                Target target = target(nameEnd, to);
                return new Mechanism.Mx(target.domain, target.prefix4, target.prefix6);
            }
            case "ptr":
                return new Mechanism.Ptr(nameEnd == to ? MacroString.NONE : domain(nameEnd, to));
            case "ip4":
                return ip4(colon(nameEnd, to), to);
            case "ip6":
                return ip6(colon(nameEnd, to), to);
            case "exists":
                return new Mechanism.Exists(domain(nameEnd, to));
            default:
                throw new SyntaxException(from, "a mechanism, or a modifier with =", RFC);
        }
    }

    private record Target(MacroString domain, int prefix4, int prefix6) {}

    /** A domain and prefix lengths, each optional. A domain may hold slashes: what ends the term in digits is the length. */
    private Target target(int from, int to) throws SyntaxException {
        int digits6 = digitsBefore(to, from);
        boolean has6 = digits6 < to && digits6 - 2 >= from && text.startsWith("//", digits6 - 2);
        int to4 = has6 ? digits6 - 2 : to;
        int digits4 = digitsBefore(to4, from);
        boolean has4 = digits4 < to4 && digits4 - 1 >= from && text.charAt(digits4 - 1) == '/';
        int end = has4 ? digits4 - 1 : to4;
        return new Target(
                end == from ? MacroString.NONE : domain(from, end),
                has4 ? prefix(digits4, to4, 32) : Mechanism.WHOLE,
                has6 ? prefix(digits6, to, 128) : Mechanism.WHOLE);
    }

    /** Where the run of digits that ends at an offset begins. */
    private int digitsBefore(int end, int from) {
        int at = end;
        while (at > from && isDigit(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    private MacroString domain(int from, int to) throws SyntaxException {
        return macros.domain(colon(from, to), to);
    }

    private int colon(int at, int to) throws SyntaxException {
        if (at >= to || text.charAt(at) != ':') {
            throw new SyntaxException(at, "a colon", RFC);
        }
        return at + 1;
    }

    private void end(int at, int to) throws SyntaxException {
        if (at != to) {
            throw new SyntaxException(at, "a space or the end of the record", RFC);
        }
    }

    private Mechanism ip4(int from, int to) throws SyntaxException {
        int at = from;
        int address = 0;
        for (int i = 0; i < 4; i++) {
            if (i > 0) {
                if (at >= to || text.charAt(at) != '.') {
                    throw new SyntaxException(at, "a dot of an IPv4 address", RFC);
                }
                at++;
            }
            int start = at;
            int value = 0;
            while (at < to && at - start < 3 && isDigit(text.charAt(at))) {
                value = value * 10 + text.charAt(at) - '0';
                at++;
            }
            if (at == start || value > 255 || (at - start > 1 && text.charAt(start) == '0')) {
                throw new SyntaxException(start, "a number from 0 to 255 of an IPv4 address", RFC);
            }
            address = address << 8 | value;
        }
        return new Mechanism.Ip4(address, slashPrefix(at, to, 32));
    }

    private Mechanism ip6(int from, int to) throws SyntaxException {
        int slash = text.indexOf('/', from);
        int end = slash < 0 || slash > to ? to : slash;
        String literal = text.substring(from, end);
        if (literal.indexOf(':') < 0) {
            throw new SyntaxException(from, "an IPv6 address", RFC);
        }
        int prefix = slashPrefix(end, to, 128);
        try {
            InetAddress address = Addresses.parse(literal);
            // An IPv4 address mapped into IPv6 is a network of IPv6 here, which no client is in.
            return address instanceof Inet6Address six
                    ? Mechanism.Ip6.of(six, prefix)
                    : new Mechanism.Ip6(
                            0, 0xffffL << 32 | AddressBits.of(address).low(), prefix);
        } catch (SyntaxException e) {
            throw new SyntaxException(from + e.offset(), e.expected(), e.rfc());
        }
    }

    private int slashPrefix(int at, int to, int bits) throws SyntaxException {
        if (at == to) {
            return Mechanism.WHOLE;
        }
        if (text.charAt(at) != '/') {
            throw new SyntaxException(at, "a slash, a space or the end of the record", RFC);
        }
        return prefix(at + 1, to, bits);
    }

    private int prefix(int from, int to, int bits) throws SyntaxException {
        int value = 0;
        for (int i = from; i < to; i++) {
            if (!isDigit(text.charAt(i)) || i - from >= 3) {
                throw new SyntaxException(i, "a prefix length", RFC);
            }
            value = value * 10 + text.charAt(i) - '0';
        }
        if (from == to || value > bits || (to - from > 1 && text.charAt(from) == '0')) {
            throw new SyntaxException(from, "a prefix length from 0 to " + bits, RFC);
        }
        return value;
    }

    private boolean is(String name, int from, int to) {
        return to - from == name.length() && text.regionMatches(true, from, name, 0, name.length());
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLaterInName(char c) {
        return isDigit(c) || c == '-' || c == '_' || c == '.';
    }
}
