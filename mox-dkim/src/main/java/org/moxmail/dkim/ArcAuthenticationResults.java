package org.moxmail.dkim;

import java.util.Objects;
import org.moxmail.dns.SyntaxException;

/**
 * An ARC-Authentication-Results field, RFC 8617 §4.1.1: what a handler found out about the message it got.
 *
 * @param instance i=, which set it is of, from 1
 * @param results the body of an Authentication-Results field, RFC 8601 §2.2: a server's name and results; without white space
 *     at either end
 */
public record ArcAuthenticationResults(int instance, String results) {
    /** The name of the field. */
    public static final String FIELD = "ARC-Authentication-Results";

    private static final String RFC = "RFC 8617 §4.1.1";

    public ArcAuthenticationResults {
        ArcSet.checkInstance(instance);
        Objects.requireNonNull(results);
        if (!isFolded(results)) {
            throw new IllegalArgumentException("results with line ends that are no folding");
        }
    }

    /** Whether a line end is always followed by a blank, so that the text stays within its field. */
    private static boolean isFolded(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
            if (c == '\r' && next != '\n' || c == '\n' && next != ' ' && next != '\t') {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads a whole field; the results are taken as they are.
     *
     * @throws SyntaxException when it doesn't start with an instance and a semicolon; the offset is in chars of the field
     */
    public static ArcAuthenticationResults parse(String field) throws SyntaxException {
        int at = FieldPrinter.bodyOf(field, FIELD, RFC);
        int semicolon = field.indexOf(';', at);
        if (semicolon < 0) {
            throw new SyntaxException(field.length(), "a semicolon behind the instance", RFC);
        }
        TagList tags = TagList.parse(field, at, semicolon);
        if (!tags.firstName().equals("i")) {
            throw new SyntaxException(at, "an instance", RFC);
        }
        String results = field.substring(semicolon + 1).strip();
        if (!isFolded(results)) {
            throw new SyntaxException(semicolon + 1, "folding white space", "RFC 5322 §2.2.3");
        }
        return new ArcAuthenticationResults(ArcSet.instance(tags), results);
    }

    /** The whole field with CRLF: {@link #parse} gives this value back. Lines are as the results have them. */
    public String print() {
        return FIELD + ": i=" + instance + "; " + results + "\r\n";
    }
}
