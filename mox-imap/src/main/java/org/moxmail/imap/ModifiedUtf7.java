package org.moxmail.imap;

import org.moxmail.dns.SyntaxException;

/**
 * Mailbox names in modified UTF-7, RFC 3501 §5.1.3. The decoder takes one spelling of each name only: what the encoder
 * writes. Characters beyond ASCII that come unencoded are taken as they are, since clients send them.
 */
final class ModifiedUtf7 {
    private static final String RFC = "RFC 3501 §5.1.3";
    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";
    private static final byte[] VALUES = new byte[128];

    static {
        java.util.Arrays.fill(VALUES, (byte) -1);
        for (int i = 0; i < DIGITS.length(); i++) {
            VALUES[DIGITS.charAt(i)] = (byte) i;
        }
    }

    private ModifiedUtf7() {}

    /** The name that a text stands for. Offsets of errors count characters. */
    static String decode(String text) throws SyntaxException {
        if (text.indexOf('&') < 0) {
            return text;
        }
        StringBuilder name = new StringBuilder(text.length());
        boolean shifted = false;
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c != '&') {
                name.append(c);
                shifted = false;
                i++;
            } else if (i + 1 < text.length() && text.charAt(i + 1) == '-') {
                name.append('&');
                shifted = false;
                i += 2;
            } else {
                if (shifted) {
                    throw new SyntaxException(i, "a shift that the one before it makes superfluous", RFC);
                }
                i = decodeShifted(text, i + 1, name);
                shifted = true;
            }
        }
        return name.toString();
    }

    /** Decodes from behind the ampersand and returns the index behind the hyphen. */
    private static int decodeShifted(String text, int start, StringBuilder name) throws SyntaxException {
        int bits = 0;
        int held = 0;
        int from = name.length();
        int i = start;
        for (; ; i++) {
            if (i == text.length()) {
                throw new SyntaxException(i, "a hyphen that ends the shift", RFC);
            }
            char c = text.charAt(i);
            if (c == '-') {
                break;
            }
            int value = c < 128 ? VALUES[c] : -1;
            if (value < 0) {
                throw new SyntaxException(i, "a digit of modified base64", RFC);
            }
            bits = bits << 6 | value;
            held += 6;
            if (held >= 16) {
                held -= 16;
                name.append((char) (bits >> held & 0xffff));
            }
            bits &= (1 << held) - 1;
        }
        if (held >= 6 || bits != 0 || name.length() == from) {
            throw new SyntaxException(i, "whole characters of 16 bits", RFC);
        }
        check(name, from, start);
        return i + 1;
    }

    private static void check(StringBuilder name, int from, int offset) throws SyntaxException {
        for (int i = from; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 0x20 && c < 0x7f) {
                throw new SyntaxException(offset, "no printable ASCII within a shift", RFC);
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < name.length()
                        && Character.isLowSurrogate(name.charAt(i + 1));
                if (!pair) {
                    throw new SyntaxException(offset, "whole surrogate pairs", RFC);
                }
                i++;
            }
        }
    }

    /** How a name is written: printable ASCII. */
    static String encode(String name) {
        int i = 0;
        while (i < name.length() && direct(name.charAt(i))) {
            i++;
        }
        if (i == name.length()) {
            return name;
        }
        StringBuilder text = new StringBuilder(name.length() + 16);
        int from = 0;
        while (from < name.length()) {
            char c = name.charAt(from);
            if (direct(c)) {
                text.append(c);
                from++;
            } else if (c == '&') {
                text.append("&-");
                from++;
            } else {
                from = encodeShifted(name, from, text);
            }
        }
        return text.toString();
    }

    private static boolean direct(char c) {
        return c >= 0x20 && c < 0x7f && c != '&';
    }

    private static int encodeShifted(String name, int from, StringBuilder text) {
        text.append('&');
        int bits = 0;
        int held = 0;
        int i = from;
        while (i < name.length() && (name.charAt(i) < 0x20 || name.charAt(i) >= 0x7f)) {
            bits = bits << 16 | name.charAt(i++);
            held += 16;
            while (held >= 6) {
                held -= 6;
                text.append(DIGITS.charAt(bits >> held & 0x3f));
            }
            bits &= (1 << held) - 1;
        }
        if (held > 0) {
            text.append(DIGITS.charAt(bits << 6 - held & 0x3f));
        }
        text.append('-');
        return i;
    }
}
