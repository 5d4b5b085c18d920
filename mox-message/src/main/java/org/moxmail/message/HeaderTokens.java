package org.moxmail.message;

/** Walks over structured header text: tokens, quoted strings, comments. RFC 2045 §5.1 and RFC 5322 §3.2. */
final class HeaderTokens {
    private final String text;
    private int at;
    private boolean damaged;

    HeaderTokens(String text) {
        this.text = text;
    }

    int at() {
        return at;
    }

    /** The text from a position to here. */
    String since(int from) {
        return text.substring(from, at);
    }

    String between(int from, int to) {
        return text.substring(from, to);
    }

    char charAt(int position) {
        return text.charAt(position);
    }

    void moveTo(int position) {
        at = position;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    /** The char here, or NUL at the end. */
    char here() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    void skip() {
        at++;
    }

    /** Whether the char here is {@code c}, which is then passed. */
    boolean take(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    /** Whether an unfinished comment or quoted string was met. */
    boolean damaged() {
        return damaged;
    }

    /** Passes white space and comments; false at the end. */
    boolean skipBlanks() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '(') {
                comment();
            } else if (isSpace(c)) {
                at++;
            } else {
                return true;
            }
        }
        return false;
    }

    static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    /** Passes the comment that starts here, and returns what is in it, nested ones as they are. */
    String comment() {
        StringBuilder content = new StringBuilder();
        int depth = 0;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                content.append(text.charAt(at++));
                continue;
            }
            if (c == '(') {
                depth++;
                if (depth == 1) {
                    continue;
                }
            } else if (c == ')') {
                depth--;
                if (depth == 0) {
                    return content.toString();
                }
            }
            content.append(c);
        }
        damaged = true;
        return content.toString();
    }

    /** Passes the quoted string that starts here, and returns what is in it, decoded. */
    String quoted() {
        at++;
        int plain = at;
        while (plain < text.length() && text.charAt(plain) != '"' && text.charAt(plain) != '\\') {
            plain++;
        }
        if (plain < text.length() && text.charAt(plain) == '"') {
            String content = text.substring(at, plain);
            at = plain + 1;
            return content;
        }
        StringBuilder content = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return content.toString();
            }
            if (c == '\\' && at < text.length()) {
                c = text.charAt(at++);
            }
            content.append(c);
        }
        damaged = true;
        return content.toString();
    }

    /** The token here, RFC 2045 §5.1; empty when there is none. */
    String token(boolean withSlash) {
        int from = at;
        while (at < text.length() && isToken(text.charAt(at), withSlash)) {
            at++;
        }
        return text.substring(from, at);
    }

    private static boolean isToken(char c, boolean withSlash) {
        return CharClass.isToken(c) || withSlash && c == '/';
    }

    /** What stands from here to the next {@code stop} char, white space or the end. */
    String until(char stop) {
        int from = at;
        while (at < text.length() && text.charAt(at) != stop && !isSpace(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }
}
