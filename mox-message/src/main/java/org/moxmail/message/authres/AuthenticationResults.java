package org.moxmail.message.authres;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.moxmail.dns.SyntaxException;

/**
 * The value of an Authentication-Results field, RFC 8601 §2.2; that of ARC-Authentication-Results (RFC 8617 §4.1.1) has
 * the same form behind its instance. What is printed reads as the same value; comments may stand elsewhere then.
 *
 * @param server the authserv-id, decoded: usually a domain name, in Unicode or ASCII form as it was written
 * @param version of the field's form; 1 is the one there is (RFC 8601 §2.2)
 * @param results in their order; empty for {@code none}, when nothing was checked
 * @param comments those beside the server's name, decoded and without the outer parentheses
 */
public record AuthenticationResults(
        String server, int version, List<AuthenticationResult> results, List<String> comments) {
    /** The name of the field. */
    public static final String FIELD = "Authentication-Results";

    /** The version that this type reads and writes. */
    public static final int VERSION = 1;

    /** Where a line is folded when there is a place to; without CRLF, RFC 5322 §2.1.1. */
    private static final int LINE = 78;

    /** @throws IllegalArgumentException for text that can't be written */
    public AuthenticationResults {
        AuthresText.requirePrintable(server);
        AuthresText.requireVersion(version);
        results = List.copyOf(results);
        comments = List.copyOf(comments);
        comments.forEach(AuthresText::requirePrintable);
    }

    /**
     * Reads what stands behind the field's colon, folded or unfolded, within {@link AuthresLimits#DEFAULT}.
     *
     * @throws SyntaxException when it strays from the grammar or is beyond a limit; the offset is in chars
     */
    public static AuthenticationResults parse(String value) throws SyntaxException {
        return parse(value, AuthresLimits.DEFAULT);
    }

    /**
     * Reads what stands behind the field's colon, folded or unfolded.
     *
     * @throws SyntaxException when it strays from the grammar or is beyond a limit; the offset is in chars
     */
    public static AuthenticationResults parse(String value, AuthresLimits limits) throws SyntaxException {
        return new AuthresReader(value, limits).read();
    }

    /** Begins a field. */
    public static Builder builder(String server) {
        return new Builder(server);
    }

    /** Collects what a field shall say. For one thread. */
    public static final class Builder {
        private final String server;
        private final List<AuthenticationResult> results = new ArrayList<>();
        private final List<String> comments = new ArrayList<>();

        private Builder(String server) {
            this.server = Objects.requireNonNull(server, "server");
        }

        /** Adds a result. */
        public Builder add(AuthenticationResult result) {
            results.add(result);
            return this;
        }

        /** Adds a comment beside the server's name. */
        public Builder comment(String text) {
            comments.add(text);
            return this;
        }

        /** @throws IllegalArgumentException for text that can't be written */
        public AuthenticationResults build() {
            return new AuthenticationResults(server, VERSION, results, comments);
        }
    }

    /** The results of one method, named in lower case; there may be several, as of many signatures. */
    public List<AuthenticationResult> of(String method) {
        return results.stream().filter(result -> result.method().equals(method)).toList();
    }

    /** Whether there is anything but ASCII, so that SMTPUTF8 is needed to transport the field. */
    public boolean international() {
        return !AuthresText.isAscii(print());
    }

    /**
     * This value with the domains of the server's name and of properties as A-labels, for a message without SMTPUTF8.
     * An international localpart, reason or comment stays: {@link #international} tells.
     */
    public AuthenticationResults withAsciiDomains() {
        return new AuthenticationResults(
                AuthresText.asciiDomain(server),
                version,
                results.stream().map(AuthenticationResult::withAsciiDomains).toList(),
                comments);
    }

    private List<String> serverTokens() {
        List<String> tokens = new ArrayList<>();
        // A token is ASCII (RFC 2045 §5.1), a quoted string may have UTF-8 (RFC 6532 §3.2).
        tokens.add(AuthresText.isToken(server) ? server : AuthresText.quote(server));
        if (version != VERSION) {
            tokens.add(Integer.toString(version));
        }
        comments.forEach(comment -> tokens.add(AuthresText.comment(comment)));
        return tokens;
    }

    /** The field's value on one line. */
    public String print() {
        StringBuilder text = new StringBuilder(String.join(" ", serverTokens()));
        if (results.isEmpty()) {
            text.append("; none");
        }
        results.forEach(result -> text.append("; ").append(String.join(" ", result.tokens())));
        return text.toString();
    }

    /** The whole field with its name and line end, folded: each result begins a line. */
    public String field() {
        Folder folder = new Folder(FIELD + ": ");
        folder.tokens(serverTokens());
        if (results.isEmpty()) {
            folder.text.append(";");
            folder.token("none");
        }
        for (AuthenticationResult result : results) {
            folder.text.append(';');
            folder.fold();
            folder.tokens(result.tokens());
        }
        return folder.text.append("\r\n").toString();
    }

    /** Folds between tokens, and inside comments and quoted strings at lone spaces. */
    private static final class Folder {
        private final StringBuilder text;
        private int column;
        /** Whether a blank stands before. */
        private boolean fresh = true;

        Folder(String start) {
            text = new StringBuilder(start);
            column = start.length();
        }

        void fold() {
            text.append("\r\n\t");
            column = 1;
            fresh = true;
        }

        void tokens(List<String> tokens) {
            tokens.forEach(this::token);
        }

        void token(String token) {
            int octets = AuthresText.octets(token);
            // One more for the semicolon that may follow.
            if (!fresh && column + octets + 2 > LINE) {
                fold();
            }
            if (!fresh) {
                text.append(' ');
                column++;
            }
            fresh = false;
            if (column + octets + 1 <= LINE || !token.contains("(") && !token.contains("\"")) {
                text.append(token);
                column += octets;
            } else {
                words(token);
            }
        }

        private void words(String token) {
            int from = 0;
            for (int i = 1; i <= token.length(); i++) {
                if (i == token.length() || AuthresText.isLoneSpace(token, i)) {
                    word(token.substring(from, i));
                    from = i;
                }
            }
        }

        /** A word with the space in front of it, which serves as the blank of a fold. */
        private void word(String word) {
            int octets = AuthresText.octets(word);
            if (word.charAt(0) == ' ' && column + octets + 1 > LINE) {
                text.append("\r\n");
                column = 0;
            }
            text.append(word);
            column += octets;
        }
    }

    /** As {@link #print}. */
    @Override
    public String toString() {
        return print();
    }
}
