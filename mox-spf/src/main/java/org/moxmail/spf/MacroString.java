package org.moxmail.spf;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;

/**
 * Text with macros, RFC 7208 §7: the domain of a mechanism or modifier, the value of an unknown modifier, or an explanation.
 * Immutable; equal when the pieces are.
 */
public final class MacroString {
    /** No text: where a domain may be left out, it was. */
    public static final MacroString NONE = new MacroString(List.of());

    private final List<Macro> macros;
    private final @Nullable String constant;
    private final boolean usesLocalPart;

    private MacroString(List<Macro> macros) {
        this.macros = macros;
        this.constant = macros.isEmpty()
                ? ""
                : macros.size() == 1 && macros.getFirst() instanceof Macro.Literal literal ? literal.text() : null;
        this.usesLocalPart = constant == null && anyLocalPart(macros);
    }

    /** The text with these pieces; literals next to each other become one. */
    public static MacroString of(List<Macro> macros) {
        List<Macro> joined = new ArrayList<>(macros.size());
        for (Macro macro : macros) {
            if (macro instanceof Macro.Literal next
                    && !joined.isEmpty()
                    && joined.getLast() instanceof Macro.Literal last) {
                joined.set(joined.size() - 1, new Macro.Literal(last.text() + next.text()));
            } else {
                joined.add(macro);
            }
        }
        return new MacroString(List.copyOf(joined));
    }

    /** A text that is one literal, known to be valid. */
    static MacroString ofLiteral(Macro.Literal literal) {
        return new MacroString(List.of(literal));
    }

    /**
     * Reads the domain of a mechanism or modifier (domain-spec).
     *
     * @throws SyntaxException when it is none; the offset is in chars
     */
    public static MacroString parseDomain(String text) throws SyntaxException {
        return new MacroParser(text).domain(0, text.length());
    }

    /**
     * Reads an explanation (explain-string), in which spaces and all macros are allowed.
     *
     * @throws SyntaxException when it is none; the offset is in chars
     */
    public static MacroString parseExplanation(String text) throws SyntaxException {
        return new MacroParser(text).explanation();
    }

    /** The pieces in their order; no two literals in a row. */
    public List<Macro> macros() {
        return macros;
    }

    /** Whether there is no text at all. */
    public boolean isEmpty() {
        return macros.isEmpty();
    }

    /** The text if it holds no macros. */
    @Nullable
    String constant() {
        return constant;
    }

    /** Whether the local part of the sender goes into it. */
    boolean usesLocalPart() {
        return usesLocalPart;
    }

    boolean hasSpace() {
        return macros.stream()
                .anyMatch(macro ->
                        macro instanceof Macro.Literal literal && literal.text().indexOf(' ') >= 0);
    }

    /** Checks that it is a domain-spec, as constructors of what has a domain do. */
    void requireDomain() {
        if (!isDomain()) {
            throw new IllegalArgumentException("no domain: " + this);
        }
    }

    private boolean isDomain() {
        if (macros.isEmpty() || hasSpace()) {
            return false;
        }
        for (Macro macro : macros) {
            if (macro instanceof Macro.Expansion expansion && expansion.letter().explanationOnly()) {
                return false;
            }
        }
        return !(macros.getLast() instanceof Macro.Literal literal) || MacroParser.endsInTopLabel(literal.text());
    }

    private static boolean anyLocalPart(List<Macro> macros) {
        for (Macro macro : macros) {
            if (macro instanceof Macro.Expansion expansion
                    && (expansion.letter() == Macro.Letter.SENDER || expansion.letter() == Macro.Letter.LOCAL_PART)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MacroString text && macros.equals(text.macros);
    }

    @Override
    public int hashCode() {
        return macros.hashCode();
    }

    /** As a record has it. */
    @Override
    public String toString() {
        if (constant != null) {
            return constant;
        }
        StringBuilder text = new StringBuilder();
        macros.forEach(text::append);
        return text.toString();
    }
}
