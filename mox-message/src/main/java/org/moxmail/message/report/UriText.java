package org.moxmail.message.report;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.Address;

/** URIs as records list them (RFC 9989 §4.8, RFC 8460 §3): absolute, RFC 3986, without comma, exclamation point and semicolon. */
public final class UriText {
    private static final String MAILTO = "mailto:";

    private UriText() {}

    /** Where a text stops being such a URI; -1 if nowhere. */
    public static int wrongAt(String uri) {
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
            boolean encoded = c == '%' && i + 2 < uri.length() && isHex(uri.charAt(i + 1)) && isHex(uri.charAt(i + 2));
            if (!encoded && !isUnreserved(c) && ":/?#[]@$&'()*+=".indexOf(c) < 0) {
                return i;
            }
        }
        return -1;
    }

    /** The URI of a mailbox. */
    public static String mailto(Address address) {
        StringBuilder uri = new StringBuilder(MAILTO);
        for (byte octet : address.print(true).getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            if (isUnreserved(c) || "@+=&$*'".indexOf(c) >= 0) {
                uri.append(c);
            } else {
                uri.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return uri.toString();
    }

    /** Whether a URI is that of a mailbox. */
    public static boolean isMailto(String uri) {
        return uri.regionMatches(true, 0, MAILTO, 0, MAILTO.length());
    }

    /** The mailbox of a {@code mailto} URI without its header fields; empty for other schemes and what is no address. */
    public static Optional<Address> address(String uri) {
        if (!isMailto(uri)) {
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

    /** A piece of a URI, percent-decoded, RFC 6068 §2: the octets are UTF-8. */
    public static String decode(String text) {
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

    /** Full-width digits are digits to Java, not to URIs. */
    private static boolean isHex(char c) {
        return c < 0x80 && Character.digit(c, 16) >= 0;
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
}
