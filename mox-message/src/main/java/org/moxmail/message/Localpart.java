package org.moxmail.message;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import org.moxmail.dns.SyntaxException;

/**
 * What stands left of the {@code @} in a mail address, as a value: RFC 5321 §4.1.2 with the UTF-8 of RFC 6531 §3.3. The
 * value is the decoded form, without quotes and backslashes and in Unicode normalization form C, so that two spellings of
 * the same localpart are equal. Case counts; whether a domain ignores it is that domain's business (RFC 5321 §2.4). May be
 * empty. Immutable.
 */
public final class Localpart {
    /** Octets of UTF-8 in the decoded form at most: twice what the RFC allows, since longer ones are in use. */
    public static final int MAX_OCTETS = 128;

    /** Octets at most by RFC 5321 §4.5.3.1.1. */
    public static final int STRICT_OCTETS = 64;

    private static final String RFC = "RFC 5321 §4.1.2";

    private final String value;

    private Localpart(String value) {
        this.value = value;
    }

    /**
     * Reads a dot-string or quoted-string.
     *
     * @throws SyntaxException when the whole text isn't one of them, or is too long; the offset is in chars
     */
    public static Localpart parse(String text) throws SyntaxException {
        int end = scan(text, 0);
        if (end < text.length()) {
            throw new SyntaxException(end, "nothing behind the localpart", RFC);
        }
        return decode(text, 0, end);
    }

    /**
     * The localpart of decoded text, such as {@code a b}.
     *
     * @throws SyntaxException when the text has control characters or is too long
     */
    public static Localpart ofDecoded(String text) throws SyntaxException {
        for (int i = 0; i < text.length(); i++) {
            checkChar(text, i);
        }
        String normal = Normalizer.normalize(text, Normalizer.Form.NFC);
        if (normal.getBytes(StandardCharsets.UTF_8).length > MAX_OCTETS) {
            throw new SyntaxException(0, "a localpart of at most " + MAX_OCTETS + " octets", "RFC 5321 §4.5.3.1.1");
        }
        return new Localpart(normal);
    }

    /** Where the dot-string or quoted-string that starts at {@code from} ends. */
    static int scan(String text, int from) throws SyntaxException {
        return from < text.length() && text.charAt(from) == '"' ? scanQuoted(text, from) : scanDotString(text, from);
    }

    private static int scanQuoted(String text, int from) throws SyntaxException {
        int i = from + 1;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '"') {
                return i + 1;
            }
            if (c == '\\') {
                i++;
                if (i == text.length()) {
                    break;
                }
                if (text.charAt(i) >= 0x7f) {
                    throw new SyntaxException(i, "a printable ASCII character behind the backslash", RFC);
                }
            }
            checkChar(text, i);
            i++;
        }
        throw new SyntaxException(text.length(), "a closing quote", RFC);
    }

    private static int scanDotString(String text, int from) throws SyntaxException {
        int i = from;
        while (true) {
            int atom = i;
            while (i < text.length() && isAtomText(text.charAt(i))) {
                checkChar(text, i);
                i++;
            }
            if (i == atom) {
                throw new SyntaxException(i, "an atom or a quoted string", RFC);
            }
            if (i == text.length() || text.charAt(i) != '.') {
                return i;
            }
            i++;
        }
    }

    /** The value of the localpart that {@link #scan} found. */
    static Localpart decode(String text, int from, int to) throws SyntaxException {
        if (text.charAt(from) != '"') {
            return ofDecoded(text.substring(from, to));
        }
        StringBuilder decoded = new StringBuilder(to - from);
        for (int i = from + 1; i < to - 1; i++) {
            if (text.charAt(i) == '\\') {
                i++;
            }
            decoded.append(text.charAt(i));
        }
        return ofDecoded(decoded.toString());
    }

    private static void checkChar(String text, int i) throws SyntaxException {
        char c = text.charAt(i);
        if (c < ' ' || c >= 0x7f && c <= 0x9f) {
            throw new SyntaxException(i, "no control character", RFC);
        }
        boolean half = Character.isHighSurrogate(c)
                ? i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))
                : Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
        if (half) {
            throw new SyntaxException(i, "well-formed UTF-8", "RFC 6531 §3.3");
        }
    }

    /** Whether a char is {@code atext}, RFC 5322 §3.2.3 with RFC 6532 §3.2. */
    static boolean isAtomText(char c) {
        return CharClass.isAtomText(c);
    }

    /** The decoded form. */
    public String value() {
        return value;
    }

    /** Whether there is anything but ASCII, so that SMTPUTF8 is needed to transport it. */
    public boolean international() {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) >= 0x80) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is within {@link #STRICT_OCTETS}. */
    public boolean withinStrictLimit() {
        return value.getBytes(StandardCharsets.UTF_8).length <= STRICT_OCTETS;
    }

    private boolean isDotString() {
        boolean atom = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '.') {
                if (!atom) {
                    return false;
                }
                atom = false;
            } else if (isAtomText(c)) {
                atom = true;
            } else {
                return false;
            }
        }
        return atom;
    }

    /** As SMTP and header fields write it: a dot-string when possible, else a quoted-string. */
    public String print() {
        if (isDotString()) {
            return value;
        }
        StringBuilder quoted = new StringBuilder(value.length() + 8).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return quoted.append('"').toString();
    }

    /** In 7 bits for the {@code utf-8} address type of a delivery status notification, RFC 6533 §3. */
    public String printForDsn() {
        String printed = print();
        StringBuilder text = new StringBuilder(printed.length());
        printed.codePoints().forEach(c -> {
            if (c > ' ' && c < 0x7f && c != '\\' && c != '+' && c != '=') {
                text.append((char) c);
            } else {
                text.append(String.format(java.util.Locale.ROOT, "\\x{%02X}", c));
            }
        });
        return text.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Localpart that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** As {@link #print}. */
    @Override
    public String toString() {
        return print();
    }
}
