package org.moxmail.imap;

import java.time.OffsetDateTime;

/** The character classes of RFC 9051 §9 and the checks that values make when they are constructed. */
final class Grammar {
    private static final int ATOM = 1;
    private static final int ASTRING = 2;
    private static final int TAG = 4;
    private static final int LIST = 8;
    private static final byte[] CLASS = new byte[128];

    static {
        for (int c = 0x21; c < 0x7f; c++) {
            boolean special = "(){%*\"\\]".indexOf(c) >= 0;
            boolean atom = !special;
            boolean astring = atom || c == ']';
            int bits = atom ? ATOM : 0;
            bits |= astring ? ASTRING : 0;
            bits |= astring && c != '+' ? TAG : 0;
            bits |= astring || c == '%' || c == '*' ? LIST : 0;
            CLASS[c] = (byte) bits;
        }
    }

    private Grammar() {}

    private static boolean is(int c, int bits) {
        return c >= 0 && c < 128 && (CLASS[c] & bits) != 0;
    }

    /** ATOM-CHAR. */
    static boolean atomChar(int c) {
        return is(c, ATOM);
    }

    /** ASTRING-CHAR: ATOM-CHAR and {@code ]}. */
    static boolean astringChar(int c) {
        return is(c, ASTRING);
    }

    /** What a tag is made of: ASTRING-CHAR without {@code +}. */
    static boolean tagChar(int c) {
        return is(c, TAG);
    }

    /** list-char: ASTRING-CHAR and the wildcards. */
    static boolean listChar(int c) {
        return is(c, LIST);
    }

    static boolean isAtom(String text) {
        return all(text, ATOM);
    }

    static boolean isAstringAtom(String text) {
        return all(text, ASTRING);
    }

    static boolean isTag(String text) {
        return all(text, TAG);
    }

    static boolean isListAtom(String text) {
        return all(text, LIST);
    }

    private static boolean all(String text, int bits) {
        for (int i = 0; i < text.length(); i++) {
            if (!is(text.charAt(i), bits)) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** An atom, such as a capability or a mechanism. */
    static String atom(String text) {
        if (!isAtom(text)) {
            throw new IllegalArgumentException("not an atom: " + text);
        }
        return text;
    }

    /** An object identifier, RFC 8474 §7: 1 to 255 letters, digits, underscores and hyphens. */
    static boolean isObjectId(String id) {
        boolean valid = !id.isEmpty() && id.length() <= 255;
        for (int i = 0; i < id.length() && valid; i++) {
            char c = id.charAt(i);
            valid = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
        }
        return valid;
    }

    static String objectId(String id) {
        if (!isObjectId(id)) {
            throw new IllegalArgumentException("not an object identifier");
        }
        return id;
    }

    /** An atom that may start with a backslash: a flag or an attribute. */
    static String flag(String text) {
        if (!isAtom(text) && !(text.startsWith("\\") && isAtom(text.substring(1)))) {
            throw new IllegalArgumentException("not a flag: " + text);
        }
        return text;
    }

    /** Text that a string can carry: no NUL, and a lone surrogate only where it stands for an octet. */
    static String string(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new IllegalArgumentException("NUL in a string");
            }
            if (Character.isSurrogate(c)) {
                if (pair(text, i)) {
                    i++;
                } else if (c < 0xdc80 || c > 0xdcff) {
                    throw new IllegalArgumentException("half a surrogate pair in a string");
                }
            }
        }
        return text;
    }

    /** Text that a mailbox name or pattern can carry: no NUL, well-formed. */
    static String mailbox(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new IllegalArgumentException("NUL in a mailbox name");
            }
            if (Character.isSurrogate(c)) {
                if (!pair(text, i)) {
                    throw new IllegalArgumentException("half a surrogate pair in a mailbox name");
                }
                i++;
            }
        }
        return text;
    }

    /** Text that ends a line: no CR, LF or NUL. */
    static String line(String text) {
        string(text);
        if (text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a line end in a line's text");
        }
        return text;
    }

    private static boolean pair(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
    }

    /** number64 (RFC 9051 §9): 0 to 2^63 - 1. */
    static long number64(long number) {
        if (number < 0) {
            throw new IllegalArgumentException("negative number " + number);
        }
        return number;
    }

    /** number: 0 to 2^32 - 1. */
    static long number(long number) {
        if (number < 0 || number > 0xffff_ffffL) {
            throw new IllegalArgumentException("not a number of 32 bits: " + number);
        }
        return number;
    }

    /** nz-number: 1 to 2^32 - 1. */
    static long nzNumber(long number) {
        if (number < 1 || number > 0xffff_ffffL) {
            throw new IllegalArgumentException("not a number from 1 to 2^32 - 1: " + number);
        }
        return number;
    }

    /** A date-time that can be written: a year of four digits, whole seconds, a zone of whole minutes. */
    static OffsetDateTime dateTime(OffsetDateTime time) {
        if (time.getYear() < 0 || time.getYear() > 9999) {
            throw new IllegalArgumentException("a year that hasn't four digits: " + time);
        }
        if (time.getNano() != 0 || time.getOffset().getTotalSeconds() % 60 != 0) {
            throw new IllegalArgumentException("a date-time finer than the grammar: " + time);
        }
        return time;
    }

    /** Upper-cases ASCII letters and nothing else. */
    static String upper(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 'a' && c <= 'z') {
                return upperFrom(text, i);
            }
        }
        return text;
    }

    private static String upperFrom(String text, int start) {
        char[] chars = text.toCharArray();
        for (int i = start; i < chars.length; i++) {
            if (chars[i] >= 'a' && chars[i] <= 'z') {
                chars[i] = (char) (chars[i] - 32);
            }
        }
        return new String(chars);
    }
}
