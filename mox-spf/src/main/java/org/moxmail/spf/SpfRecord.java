package org.moxmail.spf;

import java.util.List;
import java.util.Optional;
import org.moxmail.dns.SyntaxException;

/**
 * A published record, RFC 7208 §3 and §12.
 *
 * @param terms directives and modifiers in the order of the record; at most one redirect and one explanation
 */
public record SpfRecord(List<Term> terms) {
    /** The version that records begin with. */
    public static final String VERSION = "v=spf1";

    public SpfRecord {
        terms = List.copyOf(terms);
        if (count(terms, Modifier.Redirect.class) > 1 || count(terms, Modifier.Explanation.class) > 1) {
            throw new IllegalArgumentException("redirect or exp twice");
        }
    }

    /**
     * Whether a TXT record says that it is an SPF record: it begins with the version, and then a space or nothing, RFC 7208 §4.5. Only
     * such records are to be {@linkplain #parse parsed}.
     */
    public static boolean isSpf(String txt) {
        return txt.regionMatches(true, 0, VERSION, 0, VERSION.length())
                && (txt.length() == VERSION.length() || txt.charAt(VERSION.length()) == ' ');
    }

    /**
     * Reads a record.
     *
     * @param txt the strings of the TXT record joined, one char an octet
     * @throws SyntaxException when any part of it breaks the grammar, RFC 7208 §4.6; the offset is in chars
     */
    public static SpfRecord parse(String txt) throws SyntaxException {
        return new SpfRecord(new SpfParser(txt).terms());
    }

    /** The directives in their order. */
    public List<Directive> directives() {
        return terms.stream()
                .filter(Directive.class::isInstance)
                .map(Directive.class::cast)
                .toList();
    }

    /** The redirect modifier, also when an {@code all} makes it void, RFC 7208 §6.1. */
    public Optional<Modifier.Redirect> redirect() {
        for (Term term : terms) {
            if (term instanceof Modifier.Redirect redirect) {
                return Optional.of(redirect);
            }
        }
        return Optional.empty();
    }

    /** The exp modifier. */
    public Optional<Modifier.Explanation> explanation() {
        for (Term term : terms) {
            if (term instanceof Modifier.Explanation explanation) {
                return Optional.of(explanation);
            }
        }
        return Optional.empty();
    }

    private static int count(List<Term> terms, Class<? extends Term> type) {
        int count = 0;
        for (Term term : terms) {
            if (type.isInstance(term)) {
                count++;
            }
        }
        return count;
    }

    /** The text to publish. {@link #parse} reads it as an equal record. */
    public String print() {
        StringBuilder text = new StringBuilder(VERSION);
        for (Term term : terms) {
            text.append(' ').append(term);
        }
        return text.toString();
    }

    /** The same as {@link #print}. */
    @Override
    public String toString() {
        return print();
    }
}
