package org.moxmail.smtp;

import org.moxmail.dns.SyntaxException;

/** A place in a line. */
final class Cursor {
    final String text;
    int at;

    Cursor(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    /** The char here, or -1 at the end. */
    int peek() {
        return atEnd() ? -1 : text.charAt(at);
    }

    boolean take(char c) {
        if (peek() != c) {
            return false;
        }
        at++;
        return true;
    }

    void expect(char c, String rfc) throws SyntaxException {
        if (!take(c)) {
            throw error("'" + c + "'", rfc);
        }
    }

    /** Takes a word regardless of ASCII case. */
    boolean takeWord(String word) {
        if (!text.regionMatches(true, at, word, 0, word.length())) {
            return false;
        }
        at += word.length();
        return true;
    }

    int skipSpaces() {
        int from = at;
        while (take(' ')) {}
        return at - from;
    }

    void end(String rfc) throws SyntaxException {
        if (!atEnd()) {
            throw error("the end", rfc);
        }
    }

    String rest() {
        String rest = text.substring(at);
        at = text.length();
        return rest;
    }

    SyntaxException error(String expected, String rfc) {
        return new SyntaxException(at, expected, rfc);
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean isAlpha(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean isControl(int c) {
        return c < ' ' || c == 0x7f;
    }
}
