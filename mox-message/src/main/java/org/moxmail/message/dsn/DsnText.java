package org.moxmail.message.dsn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.EncodedWords;

/** What the fields of a notification may have: atoms, text, comments. */
final class DsnText {
    /** Octets without a lone blank among them at most, where a line can be folded: lines have 998, RFC 5322 §2.1.1. */
    static final int WORD_OCTETS = 900;

    /** Chars behind which a word of escapes is broken. */
    private static final int BREAK = 700;

    private DsnText() {}

    static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /** An atom of RFC 822 §3.3. */
    static boolean isAtom(String text) {
        return !text.isEmpty()
                && text.length() <= 100
                && text.chars().allMatch(c -> c > ' ' && c < 0x7f && "()<>@,;:\\\".[]".indexOf(c) < 0);
    }

    static String requireType(String type) {
        if (!isAtom(type)) {
            throw new IllegalArgumentException("type " + type);
        }
        return type.toLowerCase(Locale.ROOT);
    }

    /** Text for a line, that is read as it was written; may be empty. */
    static void requireText(String text, String what) {
        if (unwritable(text) >= 0) {
            throw new IllegalArgumentException("text that can't be written in " + what + ": " + text);
        }
    }

    static void checkText(String text, int offset) throws SyntaxException {
        int bad = unwritable(text);
        if (bad >= 0) {
            throw new SyntaxException(offset + bad, "words of at most " + WORD_OCTETS + " octets", "RFC 5322 §2.1.1");
        }
    }

    static void requireUncommented(String text, String what) {
        requireText(text, what);
        if (text.isEmpty() || !split(text).text().equals(text)) {
            throw new IllegalArgumentException(what + " that is empty or has a comment: " + text);
        }
    }

    static void requireComment(String text) {
        requireText(text, "a comment");
        if (text.isEmpty()) {
            throw new IllegalArgumentException("an empty comment");
        }
    }

    /** Whether a comment behind a text is read as it was written; a quote or parenthesis in the text may forbid it. */
    static boolean takesComment(String text, String comment) {
        Split expected = new Split(text, comment);
        return split(text + ' ' + comment(comment, true)).equals(expected)
                && split(text + ' ' + comment(comment, false)).equals(expected);
    }

    /** The first char that can't be written, or -1: a control, half a pair, a blank at an end, or in too long a word. */
    static int unwritable(String text) {
        if (text.startsWith(" ") || text.endsWith(" ")) {
            return 0;
        }
        int octets = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x7f && c <= 0x9f) {
                return i;
            }
            if (c == ' ' && text.charAt(i - 1) != ' ' && text.charAt(i + 1) != ' ') {
                octets = 0;
                continue;
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
                // In a comment these get a backslash.
                boolean escaped = c == '(' || c == ')' || c == '\\';
                octets += c < 0x80 ? escaped ? 2 : 1 : c < 0x800 ? 2 : 3;
            }
            if (octets > WORD_OCTETS) {
                return i;
            }
        }
        return -1;
    }

    /** In ASCII with the escapes of RFC 6533 §3, for want of another way; long words are broken. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 64);
        int word = 0;
        for (int i = 0; i < text.length(); i++) {
            int c = text.codePointAt(i);
            i += Character.charCount(c) - 1;
            if (c == ' ') {
                word = 0;
            } else if (escaped.length() - word > BREAK) {
                escaped.append(' ');
                word = escaped.length();
            }
            if (c < 0x80) {
                escaped.append((char) c);
            } else {
                escaped.append(Unitext.escape(c));
            }
            if (c == ' ') {
                word = escaped.length();
            }
        }
        return escaped.toString();
    }

    /**
     * A text and its comments.
     *
     * @param text without them
     * @param comment all of them, decoded, or null
     */
    record Split(String text, @Nullable String comment) {}

    /** Takes the comments (RFC 5322 §3.2.2) out of a text. A quote or parenthesis that isn't closed is text. */
    static Split split(String value) {
        if (value.indexOf('(') < 0) {
            return new Split(strip(value), null);
        }
        StringBuilder text = new StringBuilder(value.length());
        List<String> comments = new ArrayList<>();
        boolean quotes = true;
        boolean parentheses = true;
        int i = 0;
        while (i < value.length()) {
            char c = value.charAt(i);
            int end = -1;
            if (c == '"' && quotes) {
                end = quoteEnd(value, i);
                // Nor is what stands behind one that isn't closed; and time stays linear.
                quotes = end > 0;
            } else if (c == '(' && parentheses) {
                end = commentEnd(value, i);
                parentheses = end > 0;
            }
            if (end < 0) {
                text.append(c);
                i++;
            } else if (c == '"') {
                text.append(value, i, end);
                i = end;
            } else {
                String comment = strip(unescaped(value.substring(i + 1, end - 1)));
                if (!comment.isEmpty()) {
                    comments.add(comment);
                }
                joinBlanks(text);
                i = end;
                while (i < value.length() && value.charAt(i) == ' ') {
                    i++;
                }
            }
        }
        String comment = strip(EncodedWords.decode(String.join(" ", comments)));
        boolean writable = !comment.isEmpty() && unwritable(comment) < 0;
        return new Split(strip(text.toString()), writable ? comment : null);
    }

    private static void joinBlanks(StringBuilder text) {
        while (!text.isEmpty() && text.charAt(text.length() - 1) == ' ') {
            text.setLength(text.length() - 1);
        }
        text.append(' ');
    }

    private static int quoteEnd(String value, int from) {
        for (int i = from + 1; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                return i + 1;
            }
        }
        return -1;
    }

    private static int commentEnd(String value, int from) {
        int depth = 0;
        for (int i = from; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\' && i + 1 < text.length()) {
                i++;
            }
            plain.append(text.charAt(i));
        }
        return plain.toString();
    }

    static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && text.charAt(from) == ' ') {
            from++;
        }
        while (to > from && text.charAt(to - 1) == ' ') {
            to--;
        }
        return text.substring(from, to);
    }

    /** A comment with its parentheses; encoded-words (RFC 3464 §2.1.1) where they are needed. */
    static String comment(String text, boolean utf8) {
        boolean plain = (utf8 || isAscii(text)) && EncodedWords.decode(text).equals(text);
        if (!plain) {
            return '(' + EncodedWords.encode(text) + ')';
        }
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
}
