package org.moxmail.dmarc;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.Address;
import org.moxmail.message.report.UriText;

/**
 * Where reports go, RFC 9989 §4.6 and §4.8. Only {@code mailto} URIs are acted upon by anybody.
 *
 * @param uri an absolute URI, RFC 3986, in ASCII, in which commas and exclamation points are percent-encoded
 * @param maxBytes the size that a report may have, {@code !10m} in the record, RFC 7489 §6.4; RFC 9989 wants it ignored
 */
public record ReportUri(String uri, OptionalLong maxBytes) {
    private static final String SECTION = "RFC 9989 §4.8";
    private static final String UNITS = "kmgt";

    public ReportUri {
        Objects.requireNonNull(uri);
        if (UriText.wrongAt(uri) >= 0) {
            throw new IllegalArgumentException("not a URI: " + uri);
        }
        if (maxBytes.isPresent() && maxBytes.getAsLong() < 0) {
            throw new IllegalArgumentException("a negative size");
        }
    }

    /** The URI of a mailbox, without a limit. */
    public static ReportUri mailto(Address address) {
        return new ReportUri(UriText.mailto(address), OptionalLong.empty());
    }

    /**
     * Reads one element of a list in a record.
     *
     * @throws SyntaxException when it is no such URI, or its size no number that fits; the offset is in chars
     */
    public static ReportUri parse(String text) throws SyntaxException {
        int mark = text.indexOf('!');
        String uri = mark < 0 ? text : text.substring(0, mark);
        int wrong = UriText.wrongAt(uri);
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
        return UriText.isMailto(uri);
    }

    /** The mailbox of a {@code mailto} URI without its header fields; empty for other schemes and what is no address. */
    public Optional<Address> address() {
        return UriText.address(uri);
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
            return Optional.of(DnsName.parse(UriText.decode(port < 0 ? host : host.substring(0, port))));
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

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** The same as {@link #print}. */
    @Override
    public String toString() {
        return print();
    }
}
