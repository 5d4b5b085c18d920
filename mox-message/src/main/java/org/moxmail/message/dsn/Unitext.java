package org.moxmail.message.dsn;

import java.util.Locale;

/** {@code utf-8-addr-xtext} and {@code utf-8-addr-unitext} of RFC 6533 §3. */
final class Unitext {
    private Unitext() {}

    /**
     * Writes a text.
     *
     * @param utf8 whether what isn't ASCII stays
     */
    static String encode(String text, boolean utf8) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (isPlain(c) || utf8 && c >= 0xa0) {
                encoded.appendCodePoint(c);
            } else {
                encoded.append(escape(c));
            }
        });
        return encoded.toString();
    }

    /** {@code EmbeddedUnicodeChar}. */
    static String escape(int c) {
        return String.format(Locale.ROOT, "\\x{%02X}", c);
    }

    /** {@code QCHAR}. */
    private static boolean isPlain(int c) {
        return c > ' ' && c < 0x7f && c != '\\' && c != '+' && c != '=';
    }

    /** What a text stands for; the text as it is when it strays from the grammar. */
    static String decode(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder decoded = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c != '\\') {
                decoded.append(c);
                i++;
                continue;
            }
            int end = text.indexOf('}', i);
            int point = end < 0 || !text.startsWith("x{", i + 1) ? -1 : point(text, i + 3, end);
            if (point < 0) {
                return text;
            }
            decoded.appendCodePoint(point);
            i = end + 1;
        }
        return decoded.toString();
    }

    /** {@code HEXPOINT}, or -1. */
    private static int point(String text, int from, int to) {
        int digits = to - from;
        if (digits < 2 || digits > 6) {
            return -1;
        }
        int point = 0;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0 || text.charAt(i) >= 0x80) {
                return -1;
            }
            point = point * 16 + digit;
        }
        boolean leadingZero = digits > 2 && text.charAt(from) == '0';
        boolean special = point <= ' ' || point == '+' || point == '=' || point == '\\';
        boolean allowed = special || point >= 0x7f;
        boolean surrogate = point >= 0xd800 && point <= 0xdfff;
        return leadingZero || !allowed || surrogate || point > 0x10ffff ? -1 : point;
    }
}
