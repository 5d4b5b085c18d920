package org.moxmail.message.authres;

import java.util.ArrayList;
import java.util.List;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.Localpart;

/** Reads the value of one field by the grammar of RFC 8601 §2.2. */
final class AuthresReader {
    private static final String RFC = "RFC 8601 §2.2";

    private final String text;
    private final AuthresLimits limits;
    private final int end;
    private List<String> comments = new ArrayList<>();
    private int commentCount;
    private int at;

    AuthresReader(String text, AuthresLimits limits) throws SyntaxException {
        this.text = text;
        this.limits = limits;
        if (text.length() > limits.length()) {
            throw new SyntaxException(limits.length(), "a field of at most " + limits.length() + " chars", RFC);
        }
        int last = text.length();
        if (last > 0 && text.charAt(last - 1) == '\n') {
            last--;
            if (last > 0 && text.charAt(last - 1) == '\r') {
                last--;
            }
        }
        end = last;
    }

    AuthenticationResults read() throws SyntaxException {
        String server = server();
        int before = at;
        cfws();
        int version = 1;
        if (!atEnd() && here() != ';') {
            if (at == before) {
                throw expected("a blank or a semicolon behind the name of the server");
            }
            version = number();
            cfws();
        }
        List<String> ownComments = comments;
        List<AuthenticationResult> results = new ArrayList<>();
        do {
            comments = new ArrayList<>();
            take(';', "a semicolon");
            cfws();
            if (results.isEmpty() && none()) {
                ownComments.addAll(comments);
                break;
            }
            if (results.size() == limits.results()) {
                throw expected("at most " + limits.results() + " results");
            }
            results.add(result());
        } while (!atEnd());
        return new AuthenticationResults(server, version, results, ownComments);
    }

    /** The name of the server, which stands first. */
    String server() throws SyntaxException {
        cfws();
        return value();
    }

    /** Whether nothing but {@code none} follows; passes it then. */
    private boolean none() throws SyntaxException {
        int from = at;
        if (!text.regionMatches(true, at, "none", 0, 4) || at + 4 > end) {
            return false;
        }
        at += 4;
        int known = comments.size();
        cfws();
        if (atEnd()) {
            return true;
        }
        rewind(from, known);
        return false;
    }

    private AuthenticationResult result() throws SyntaxException {
        String method = keyword("a method");
        cfws();
        int version = 1;
        if (taken('/')) {
            cfws();
            version = number();
            cfws();
        }
        take('=', "an equals sign behind the method");
        cfws();
        String result = keyword("a result");
        String reason = null;
        List<AuthenticationProperty> properties = new ArrayList<>();
        boolean blank = cfws();
        while (!atEnd() && here() != ';') {
            if (!blank) {
                throw expected("a blank or a semicolon");
            }
            String word = keyword("reason or the type of a property");
            cfws();
            if (word.equalsIgnoreCase("reason") && reason == null && properties.isEmpty() && taken('=')) {
                cfws();
                reason = value();
                blank = cfws();
                continue;
            }
            if (properties.size() == limits.properties()) {
                throw expected("at most " + limits.properties() + " properties");
            }
            properties.add(property(word));
            cfws();
            // The blanks around a value belong to it, and needn't be there.
            blank = true;
        }
        return new AuthenticationResult(method, version, result, reason, properties, comments);
    }

    private AuthenticationProperty property(String type) throws SyntaxException {
        take('.', "a dot behind the type of a property");
        cfws();
        String name = keyword("a property");
        cfws();
        take('=', "an equals sign behind the property");
        cfws();
        int from = at;
        String value = propertyValue();
        try {
            return new AuthenticationProperty(type, name, value);
        } catch (IllegalArgumentException e) {
            // Localpart and domain are good each, but too long together.
            throw new SyntaxException(from, "a value of at most " + AuthresText.WORD_OCTETS + " octets", RFC);
        }
    }

    private String propertyValue() throws SyntaxException {
        int from = at;
        if (!atEnd() && here() == '@') {
            return domain("");
        }
        boolean quoted = !atEnd() && here() == '"';
        String word = quoted ? quoted() : word();
        int behind = at;
        int known = comments.size();
        cfws();
        if (!atEnd() && here() == '@') {
            return domain(localpart(word, quoted, from));
        }
        rewind(behind, known);
        return quoted ? word : tokenOrDomain(word, from);
    }

    private static String localpart(String word, boolean quoted, int from) throws SyntaxException {
        try {
            return (quoted ? Localpart.ofDecoded(word) : Localpart.parse(word)).print();
        } catch (SyntaxException e) {
            throw new SyntaxException(from + e.offset(), e.expected(), e.rfc());
        }
    }

    private String domain(String localpart) throws SyntaxException {
        at++;
        int from = at;
        String domain = word();
        try {
            DnsName.parseLax(domain);
        } catch (SyntaxException e) {
            throw new SyntaxException(from + e.offset(), e.expected(), e.rfc());
        }
        return localpart + '@' + domain;
    }

    /** {@code value}: a token or a quoted string, or a domain with U-labels (RFC 8601 §2.5). */
    private String value() throws SyntaxException {
        int from = at;
        return !atEnd() && here() == '"' ? quoted() : tokenOrDomain(word(), from);
    }

    private static String tokenOrDomain(String word, int from) throws SyntaxException {
        if (!AuthresText.isAscii(word)) {
            if (word.indexOf('.') < 0) {
                throw new SyntaxException(from, "quotes around a value with such characters", RFC);
            }
            try {
                DnsName.parseLax(word);
            } catch (SyntaxException e) {
                throw new SyntaxException(from + e.offset(), e.expected(), e.rfc());
            }
            return word;
        }
        for (int i = 0; i < word.length(); i++) {
            if (!AuthresText.isTokenChar(word.charAt(i))) {
                throw new SyntaxException(from + i, "quotes around a value with such a character", RFC);
            }
        }
        return word;
    }

    private String word() throws SyntaxException {
        int from = at;
        while (!atEnd() && AuthresText.isWordChar(here())) {
            at++;
        }
        if (at == from) {
            throw expected("a value");
        }
        return printable(text.substring(from, at), from);
    }

    private String keyword(String what) throws SyntaxException {
        int from = at;
        while (!atEnd() && AuthresText.isKeywordChar(here())) {
            at++;
        }
        String word = text.substring(from, at);
        if (!AuthresText.isKeyword(word)) {
            throw new SyntaxException(from, what, RFC);
        }
        return word;
    }

    private int number() throws SyntaxException {
        int from = at;
        while (!atEnd() && here() >= '0' && here() <= '9' && at - from < 9) {
            at++;
        }
        if (at == from || !atEnd() && here() >= '0' && here() <= '9') {
            throw new SyntaxException(from, "a version of at most nine digits", RFC);
        }
        return Integer.parseInt(text.substring(from, at));
    }

    private String quoted() throws SyntaxException {
        int from = at;
        StringBuilder content = new StringBuilder();
        at++;
        while (!atEnd()) {
            char c = here();
            if (c == '"') {
                at++;
                return printable(content.toString(), from);
            }
            if (!fold()) {
                content.append(escaped());
            }
        }
        throw expected("a closing quote");
    }

    /** A char of a quoted string or comment. */
    private char escaped() throws SyntaxException {
        char c = text.charAt(at++);
        if (c != '\\') {
            return c;
        }
        if (atEnd()) {
            throw expected("a character behind the backslash");
        }
        return text.charAt(at++);
    }

    private String printable(String content, int from) throws SyntaxException {
        int bad = AuthresText.unprintable(content);
        if (bad >= 0) {
            throw new SyntaxException(from + bad, "printable text without overlong words", "RFC 6532 §3.2");
        }
        return content;
    }

    /** Passes a line end that folds, which is no part of the text. */
    private boolean fold() throws SyntaxException {
        char c = here();
        if (c != '\r' && c != '\n') {
            return false;
        }
        int next = c == '\r' && at + 1 < end && text.charAt(at + 1) == '\n' ? at + 2 : at + 1;
        boolean bareCr = c == '\r' && next == at + 1;
        if (bareCr || next >= end || !AuthresText.isBlank(text.charAt(next))) {
            throw new SyntaxException(at, "a blank behind a line end", "RFC 5322 §2.2.3");
        }
        at = next;
        return true;
    }

    /** Passes comments and blanks; whether there were any. */
    private boolean cfws() throws SyntaxException {
        int from = at;
        while (!atEnd()) {
            if (AuthresText.isBlank(here())) {
                at++;
            } else if (here() == '(') {
                comment();
            } else if (!fold()) {
                break;
            }
        }
        return at > from;
    }

    private void comment() throws SyntaxException {
        int from = at;
        if (++commentCount > limits.comments()) {
            throw expected("at most " + limits.comments() + " comments");
        }
        StringBuilder content = new StringBuilder();
        int depth = 0;
        while (!atEnd()) {
            if (fold()) {
                continue;
            }
            boolean escaped = here() == '\\';
            char c = escaped();
            if (!escaped && c == '(') {
                depth++;
                if (depth == 1) {
                    continue;
                }
            } else if (!escaped && c == ')') {
                depth--;
                if (depth == 0) {
                    comments.add(printable(content.toString(), from));
                    return;
                }
            }
            content.append(c);
        }
        throw expected("a closing parenthesis");
    }

    private void rewind(int to, int knownComments) {
        at = to;
        commentCount -= comments.size() - knownComments;
        comments.subList(knownComments, comments.size()).clear();
    }

    private boolean atEnd() {
        return at >= end;
    }

    private char here() {
        return text.charAt(at);
    }

    private boolean taken(char c) {
        if (atEnd() || here() != c) {
            return false;
        }
        at++;
        return true;
    }

    private void take(char c, String what) throws SyntaxException {
        if (!taken(c)) {
            throw expected(what);
        }
    }

    private SyntaxException expected(String what) {
        return new SyntaxException(at, what, RFC);
    }
}
