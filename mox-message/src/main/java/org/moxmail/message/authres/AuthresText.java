package org.moxmail.message.authres;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;

/** The small pieces of the grammar: what keywords, tokens, quoted strings and comments may have. */
final class AuthresText {
    /** Octets without a blank among them at most; written with escapes they stay within the 998 of RFC 5322 §2.1.1. */
    static final int WORD_OCTETS = 400;

    /** Chars of a keyword at most; registered ones are below 20. */
    static final int KEYWORD_CHARS = 64;

    private AuthresText() {}

    static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** RFC 2045 §5.1. */
    static boolean isTokenChar(char c) {
        return c > ' ' && c < 0x7f && "()<>@,;:\\\"/[]?=".indexOf(c) < 0;
    }

    static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> isTokenChar((char) c));
    }

    /** What can stand in a dot-atom (RFC 5322 §3.2.3, RFC 6532 §3.2) or a token. */
    static boolean isWordChar(char c) {
        return isTokenChar(c) || c == '/' || c == '=' || c == '?' || c > 0x9f;
    }

    /** Whether text is a domain of at least two labels, as RFC 6376 §3.5 has it. */
    static boolean isDomain(String text) {
        try {
            DnsName.parseLax(text);
            return text.indexOf('.') > 0;
        } catch (SyntaxException e) {
            return false;
        }
    }

    /** With A-labels, where text is a domain or an address with one. */
    static String asciiDomain(String text) {
        int at = text.lastIndexOf('@');
        if (at >= 0 ? !AuthenticationProperty.isAddress(text) : !isDomain(text)) {
            return text;
        }
        try {
            return text.substring(0, at + 1)
                    + DnsName.parseLax(text.substring(at + 1)).ascii();
        } catch (SyntaxException e) {
            return text;
        }
    }

    static boolean isKeyword(String text) {
        boolean valid = !text.isEmpty() && text.length() <= KEYWORD_CHARS && !text.endsWith("-");
        for (int i = 0; i < text.length() && valid; i++) {
            valid = isKeywordChar(text.charAt(i));
        }
        return valid;
    }

    /** Of {@code Ldh-str}, RFC 5321 §4.1.2. */
    static boolean isKeywordChar(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-';
    }

    static String keyword(String text) {
        if (!isKeyword(text)) {
            throw new IllegalArgumentException("no keyword: " + text);
        }
        return text.toLowerCase(Locale.ROOT);
    }

    static void requireVersion(int version) {
        if (version < 0) {
            throw new IllegalArgumentException("version " + version);
        }
    }

    static void requirePrintable(String text) {
        if (unprintable(text) >= 0) {
            throw new IllegalArgumentException("text that can't be written in a field: " + text);
        }
    }

    /** The first char that can't stand in a quoted string or comment: a control, half a pair, too long a word. */
    static int unprintable(String text) {
        int octets = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' || c >= 0x7f && c <= 0x9f) {
                return i;
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return i;
                }
                i++;
                octets += 4;
            } else {
                octets += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            }
            // Only a lone space is a place to fold.
            if (c == ' ' && isLoneSpace(text, i)) {
                octets = 0;
            } else if (octets > WORD_OCTETS) {
                return i;
            }
        }
        return -1;
    }

    static boolean isLoneSpace(String text, int i) {
        return text.charAt(i) == ' '
                && i > 0
                && !isBlank(text.charAt(i - 1))
                && i + 1 < text.length()
                && !isBlank(text.charAt(i + 1));
    }

    static String quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 8).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return quoted.append('"').toString();
    }

    static String comment(String text) {
        StringBuilder comment = new StringBuilder(text.length() + 8).append('(');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '(' || c == ')' || c == '\\') {
                comment.append('\\');
            }
            comment.append(c);
        }
        return comment.append(')').toString();
    }

    static int octets(String text) {
        return isAscii(text) ? text.length() : text.getBytes(StandardCharsets.UTF_8).length;
    }
}
