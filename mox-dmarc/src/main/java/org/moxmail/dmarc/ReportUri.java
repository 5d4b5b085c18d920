package org.moxmail.dmarc;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.Address;

/**
 * Where reports go, RFC 9989 §4.6 and §4.8. Only {@code mailto} URIs are acted upon by anybody.
 *
 * @param uri an absolute URI, RFC 3986, in ASCII, in which commas and exclamation points are percent-encoded
 * @param maxBytes the size that a report may have, {@code !10m} in the record, RFC 7489 §6.4; RFC 9989 wants it ignored
 */
public record ReportUri(String uri, OptionalLong maxBytes) {
    private static final String SECTION = "RFC 9989 §4.8";
    private static final String UNITS = "kmgt";
    private static final String MAILTO = "mailto:";

    public ReportUri {
        Objects.requireNonNull(uri);
        if (wrongAt(uri) >= 0) {
            throw new IllegalArgumentException("not a URI: " + uri);
        }
        if (maxBytes.isPresent() && maxBytes.getAsLong() < 0) {
            throw new IllegalArgumentException("a negative size");
        }
    }

    /** The URI of a mailbox, without a limit. */
    public static ReportUri mailto(Address address) {
        byte[] octets = address.print(true).getBytes(StandardCharsets.UTF_8);
        StringBuilder uri = new StringBuilder(MAILTO);
        for (byte octet : octets) {
            char c = (char) (octet & 0xff);
            if (isUnreserved(c) || "@+=&$*'".indexOf(c) >= 0) {
                uri.append(c);
            } else {
                uri.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return new ReportUri(uri.toString(), OptionalLong.empty());
    }

    /**
     * Reads one element of a list in a record.
     *
     * @throws SyntaxException when it is no such URI, or its size no number that fits; the offset is in chars
     */
    public static ReportUri parse(String text) throws SyntaxException {
        int mark = text.indexOf('!');
        String uri = mark < 0 ? text : text.substring(0, mark);
        int wrong = wrongAt(uri);
        if (wrong >= 0) {
            throw new SyntaxException(wrong, "an absolute URI", SECTION);
        }
        return new ReportUri(uri, mark < 0 ? OptionalLong.empty() : OptionalLong.of(size(text, mark + 1)));
    }

    private static long size(String text, int from) throws SyntaxException {
        int at = from;
        long size = 0;
        while (at < text.length() && isDigit(text.charAt(at))) {
            int digit = text.charAt(at) - '0';
            if (size > (Long.MAX_VALUE - digit) / 10) {
                throw new SyntaxException(from, "a size that fits 63 bits", SECTION);
            }
            size = size * 10 + digit;
            at++;
        }
        if (at == from) {
            throw new SyntaxException(at, "a number of bytes", SECTION);
        }
        if (at < text.length()) {
            int unit = UNITS.indexOf(Character.toLowerCase(text.charAt(at)));
            if (unit < 0 || at + 1 < text.length()) {
                throw new SyntaxException(at, "k, m, g or t", SECTION);
            }
            int shift = 10 * (unit + 1);
            if (size > Long.MAX_VALUE >> shift) {
                throw new SyntaxException(from, "a size that fits 63 bits", SECTION);
            }
            size <<= shift;
        }
        return size;
    }

    /** The element of a list in a record. {@link #parse} reads it as an equal value. */
    public String print() {
        if (maxBytes.isEmpty()) {
            return uri;
        }
        long size = maxBytes.getAsLong();
        int unit = 0;
        while (unit < UNITS.length() && size > 0 && (size & 1023) == 0) {
            size >>= 10;
            unit++;
        }
        return uri + "!" + size + (unit == 0 ? "" : UNITS.substring(unit - 1, unit));
    }

    /** Whether this is the URI of a mailbox. */
    public boolean isMailto() {
        return uri.regionMatches(true, 0, MAILTO, 0, MAILTO.length());
    }

    /** The mailbox of a {@code mailto} URI without its header fields; empty for other schemes and what is no address. */
    public Optional<Address> address() {
        if (!isMailto()) {
            return Optional.empty();
        }
        int end = firstOf(uri, MAILTO.length(), "?#");
        try {
            return Optional.of(Address.parse(decode(uri.substring(MAILTO.length(), end))));
        } catch (SyntaxException e) {
            return Optional.empty(); // as the method says
        }
    }

    /** The host that gets the reports: the domain of a mailbox, or the host of the authority; empty if there is none. */
    public Optional<DnsName> host() {
        if (isMailto()) {
            return address().map(Address::domain);
        }
        int slashes = uri.indexOf("://");
        if (slashes < 0) {
            return Optional.empty();
        }
        String authority = uri.substring(slashes + 3, firstOf(uri, slashes + 3, "/?#"));
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        int port = host.indexOf(':');
        try {
            return Optional.of(DnsName.parse(decode(port < 0 ? host : host.substring(0, port))));
        } catch (SyntaxException e) {
            return Optional.empty(); // an address, or nothing
        }
    }

    private static int firstOf(String text, int from, String ends) {
        int at = from;
        while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    /** Percent-decoded, RFC 6068 §2: the octets are UTF-8. */
    private static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream octets = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '%') {
                octets.write(16 * Character.digit(text.charAt(i + 1), 16) + Character.digit(text.charAt(i + 2), 16));
                i += 2;
            } else {
                octets.write(text.charAt(i));
            }
        }
        return octets.toString(StandardCharsets.UTF_8);
    }

    /** Where a text stops being an absolute URI without comma and exclamation point; -1 if nowhere. */
    private static int wrongAt(String uri) {
        int colon = uri.indexOf(':');
        if (colon <= 0 || colon + 1 == uri.length() || !isAlpha(uri.charAt(0))) {
            return 0;
        }
        for (int i = 1; i < colon; i++) {
            if (!isAlpha(uri.charAt(i)) && !isDigit(uri.charAt(i)) && "+-.".indexOf(uri.charAt(i)) < 0) {
                return i;
            }
        }
        for (int i = colon + 1; i < uri.length(); i++) {
            char c = uri.charAt(i);
            boolean encoded = c == '%'
                    && i + 2 < uri.length()
                    && Character.digit(asAscii(uri.charAt(i + 1)), 16) >= 0
                    && Character.digit(asAscii(uri.charAt(i + 2)), 16) >= 0;
            if (!encoded && !isUnreserved(c) && ":/?#[]@$&'()*+=".indexOf(c) < 0) {
                return i;
            }
        }
        return -1;
    }

    /** Full-width digits are digits to Java, not to URIs. */
    private static char asAscii(char c) {
        return c < 0x80 ? c : '%';
    }

    private static boolean isUnreserved(char c) {
        return isAlpha(c) || isDigit(c) || c == '-' || c == '.' || c == '_' || c == '~';
    }

    private static boolean isAlpha(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** The same as {@link #print}. */
    @Override
    public String toString() {
        return print();
    }
}
