package org.moxmail.spf;

import java.util.ArrayList;
import java.util.List;
import org.moxmail.dns.SyntaxException;

/** Reads the body of a Received-SPF field, RFC 7208 §9.1, with the words of RFC 5322 §3.2. */
final class ReceivedSpfParser {
    private static final String RFC = "RFC 7208 §9.1";

    /** Comments within comments; deeper ones are refused. */
    private static final int NESTING = 100;

    private final String text;
    private int at;

    ReceivedSpfParser(String text) {
        this.text = text;
    }

    ReceivedSpf field() throws SyntaxException {
        commentsAndSpace();
        int start = at;
        while (at < text.length() && isLetter(text.charAt(at))) {
            at++;
        }
        SpfResult result = SpfResult.ofKeyword(text.substring(start, at))
                .orElseThrow(() -> new SyntaxException(start, "a result such as pass", RFC));
        // The comment that tells the result; ones elsewhere tell nothing.
        space();
        String comment = at < text.length() && text.charAt(at) == '(' ? comment() : "";
        return new ReceivedSpf(result, comment, pairs());
    }

    private List<ReceivedSpf.Pair> pairs() throws SyntaxException {
        List<ReceivedSpf.Pair> pairs = new ArrayList<>();
        commentsAndSpace();
        while (at < text.length()) {
            pairs.add(pair());
            commentsAndSpace();
            if (at < text.length()) {
                if (text.charAt(at) != ';') {
                    throw new SyntaxException(at, "a semicolon or the end", RFC);
                }
                at++;
                commentsAndSpace();
            }
        }
        return pairs;
    }

    private ReceivedSpf.Pair pair() throws SyntaxException {
        int end = SpfParser.nameEnd(text, at, text.length());
        if (end == at) {
            throw new SyntaxException(at, "a key", RFC);
        }
        String key = text.substring(at, end);
        at = end;
        commentsAndSpace();
        if (at == text.length() || text.charAt(at) != '=') {
            throw new SyntaxException(at, "= after a key", RFC);
        }
        at++;
        commentsAndSpace();
        return new ReceivedSpf.Pair(key, value());
    }

    private String value() throws SyntaxException {
        if (at < text.length() && text.charAt(at) == '"') {
            return quotedString();
        }
        int start = at;
        // Values such as ip4:192.0.2.1 and 2001:db8::1 are no dot-atoms, but the RFC's own example has one: all up to a
        // delimiter.
        while (at < text.length() && isPrintable(text.charAt(at)) && " ;\"()\\".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (at == start) {
            throw new SyntaxException(at, "a value", RFC);
        }
        return text.substring(start, at);
    }

    private String quotedString() throws SyntaxException {
        StringBuilder value = new StringBuilder();
        at++;
        while (true) {
            char c = visible("a closing quote");
            if (c == '"') {
                return value.toString();
            }
            value.append(c == '\\' ? visible("a character after \\") : c);
        }
    }

    /** A comment without its parentheses and escapes; ones within it keep their parentheses. */
    private String comment() throws SyntaxException {
        StringBuilder comment = new StringBuilder();
        at++;
        int depth = 1;
        while (true) {
            char c = visible("a closing parenthesis");
            if (c == '(') {
                depth++;
                if (depth > NESTING) {
                    throw new SyntaxException(at - 1, "at most " + NESTING + " comments within each other", RFC);
                }
            } else if (c == ')') {
                depth--;
                if (depth == 0) {
                    return comment.toString();
                }
            }
            comment.append(c == '\\' ? visible("a character after \\") : c);
        }
    }

    /** The next char; folds are skipped, so that only the white space after them remains. */
    private char visible(String expected) throws SyntaxException {
        while (at < text.length() && (text.charAt(at) == '\r' || text.charAt(at) == '\n')) {
            fold();
        }
        if (at == text.length()) {
            throw new SyntaxException(at, expected, RFC);
        }
        char c = text.charAt(at);
        if (c == '\t') {
            c = ' ';
        } else if (!isPrintable(c)) {
            throw new SyntaxException(at, "no control character", RFC);
        }
        at++;
        return c;
    }

    private void commentsAndSpace() throws SyntaxException {
        space();
        while (at < text.length() && text.charAt(at) == '(') {
            comment();
            space();
        }
    }

    private void space() throws SyntaxException {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\r' || c == '\n') {
                fold();
            } else if (c == ' ' || c == '\t') {
                at++;
            } else {
                return;
            }
        }
    }

    /** A line end, CRLF or LF alone, with white space or the end of the text after it. */
    private void fold() throws SyntaxException {
        int next = text.charAt(at) == '\r' ? at + 1 : at;
        if (next == text.length() || text.charAt(next) != '\n') {
            throw new SyntaxException(at, "no bare CR", "RFC 5322 §2.2");
        }
        next++;
        if (next < text.length() && text.charAt(next) != ' ' && text.charAt(next) != '\t') {
            throw new SyntaxException(next, "white space after a line end", "RFC 5322 §2.2.3");
        }
        at = next;
    }

    /** Whether a value needs no quotes, RFC 5322 §3.2.3; as RFC 6532 §3.2 has it, also with non-ASCII characters. */
    static boolean isDotAtom(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean dot = c == '.' && i > 0 && i + 1 < value.length() && value.charAt(i - 1) != '.';
            if (!dot && !isLetter(c) && (c < '0' || c > '9') && c < 0x80 && "!#$%&'*+-/=?^_`{|}~".indexOf(c) < 0) {
                return false;
            }
        }
        return !value.isEmpty();
    }

    private static boolean isPrintable(char c) {
        return c >= ' ' && (c < 0x7f || c > 0x9f);
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
