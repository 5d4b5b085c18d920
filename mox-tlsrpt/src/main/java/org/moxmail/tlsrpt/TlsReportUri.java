package org.moxmail.tlsrpt;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.Address;

/**
 * Where reports go, RFC 8460 §3: {@code mailto} and {@code https} have a meaning; other schemes are kept, for a later standard.
 *
 * @param uri an absolute URI, RFC 3986, in ASCII, in which commas, exclamation points and semicolons are percent-encoded
 */
public record TlsReportUri(String uri) {
    private static final String SECTION = "RFC 8460 §3";
    private static final String MAILTO = "mailto:";
    private static final String HTTPS = "https://";

    public TlsReportUri {
        if (wrongAt(Objects.requireNonNull(uri)) >= 0) {
            throw new IllegalArgumentException("not a URI: " + uri);
        }
    }

    /** The URI of a mailbox. */
    public static TlsReportUri mailto(Address address) {
        StringBuilder uri = new StringBuilder(MAILTO);
        for (byte octet : address.print(true).getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            if (isUnreserved(c) || "@+=&$*'".indexOf(c) >= 0) {
                uri.append(c);
            } else {
                uri.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return new TlsReportUri(uri.toString());
    }

    /**
     * Reads one element of the list in a record.
     *
     * @throws SyntaxException when it is no such URI; the offset is in chars
     */
    public static TlsReportUri parse(String text) throws SyntaxException {
        int wrong = wrongAt(text);
        if (wrong >= 0) {
            throw new SyntaxException(wrong, "an absolute URI, with \",\", \"!\" and \";\" encoded", SECTION);
        }
        return new TlsReportUri(text);
    }

    /** The element of the list in a record. {@link #parse} reads it as an equal value. */
    public String print() {
        return uri;
    }

    /** Whether reports are mailed there. */
    public boolean isMailto() {
        return uri.regionMatches(true, 0, MAILTO, 0, MAILTO.length());
    }

    /** Whether reports are posted there, RFC 8460 §5.4. */
    public boolean isHttps() {
        return uri.regionMatches(true, 0, HTTPS, 0, HTTPS.length()) && uri.length() > HTTPS.length();
    }

    /** The mailbox of a {@code mailto} URI without its header fields; empty for other schemes and what is no address. */
    public Optional<Address> address() {
        if (!isMailto()) {
            return Optional.empty();
        }
        int end = MAILTO.length();
        while (end < uri.length() && uri.charAt(end) != '?' && uri.charAt(end) != '#') {
            end++;
        }
        try {
            return Optional.of(Address.parse(decode(uri.substring(MAILTO.length(), end))));
        } catch (SyntaxException e) {
            return Optional.empty(); // as the method says
        }
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

    /** Where a text stops being an absolute URI without comma, exclamation point and semicolon; -1 if nowhere. */
    private static int wrongAt(String uri) {
        int colon = uri.indexOf(':');
        if (colon <= 0 || colon + 1 == uri.length() || !isAlpha(uri.charAt(0))) {
            return 0;
        }
        for (int i = 1; i < colon; i++) {
            if (!Extension.isAlphanumeric(uri.charAt(i)) && "+-.".indexOf(uri.charAt(i)) < 0) {
                return i;
            }
        }
        for (int i = colon + 1; i < uri.length(); i++) {
            char c = uri.charAt(i);
            boolean encoded = c == '%' && i + 2 < uri.length() && isHex(uri.charAt(i + 1)) && isHex(uri.charAt(i + 2));
            if (!encoded && !isUnreserved(c) && ":/?#[]@$&'()*+=".indexOf(c) < 0) {
                return i;
            }
        }
        return -1;
    }

    /** Full-width digits are digits to Java, not to URIs. */
    private static boolean isHex(char c) {
        return c < 0x80 && Character.digit(c, 16) >= 0;
    }

    private static boolean isUnreserved(char c) {
        return Extension.isAlphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~';
    }

    private static boolean isAlpha(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /** The same as {@link #print}. */
    @Override
    public String toString() {
        return uri;
    }
}
