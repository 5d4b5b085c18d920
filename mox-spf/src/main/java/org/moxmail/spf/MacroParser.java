package org.moxmail.spf;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;

/** Reads macro strings within a record, RFC 7208 §7.1. */
final class MacroParser {
    private static final String RFC = "RFC 7208 §7.1";

    private final String text;

    MacroParser(String text) {
        this.text = text;
    }

    /** A domain-spec from one offset up to another. */
    MacroString domain(int from, int to) throws SyntaxException {
        if (from == to) {
            throw new SyntaxException(from, "a domain", RFC);
        }
        MacroString string = macroString(from, to, false, false);
        List<Macro> macros = string.macros();
        if (macros.getLast() instanceof Macro.Literal literal && !endsInTopLabel(literal.text())) {
            throw new SyntaxException(
                    to - literal.text().length(),
                    "a domain that ends in a dot and a top-level domain, or a macro",
                    RFC);
        }
        return string;
    }

    /** The value of a modifier nobody knows. */
    MacroString value(int from, int to) throws SyntaxException {
        return from == to ? MacroString.NONE : macroString(from, to, false, true);
    }

    MacroString explanation() throws SyntaxException {
        return text.isEmpty() ? MacroString.NONE : macroString(0, text.length(), true, true);
    }

    private MacroString macroString(int from, int to, boolean spaces, boolean allLetters) throws SyntaxException {
        int percent = literalEnd(from, to, spaces);
        if (percent == to) {
            return MacroString.ofLiteral(new Macro.Literal(text.substring(from, to)));
        }
        List<Macro> macros = new ArrayList<>();
        int at = from;
        while (at < to) {
            if (percent > at) {
                macros.add(new Macro.Literal(text.substring(at, percent)));
                at = percent;
            }
            if (at < to) {
                Macro macro = macro(at, to, allLetters);
                macros.add(macro);
                at = macro instanceof Macro.Escape ? at + 2 : text.indexOf('}', at) + 1;
            }
            percent = literalEnd(at, to, spaces);
        }
        return MacroString.of(macros);
    }

    /** Where the next percent sign is, or the end. */
    private int literalEnd(int from, int to, boolean spaces) throws SyntaxException {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '%') {
                return i;
            }
            if (c > '~' || c < ' ' || (c == ' ' && !spaces)) {
                throw new SyntaxException(i, "a visible ASCII character", RFC);
            }
        }
        return to;
    }

    private Macro macro(int percent, int to, boolean allLetters) throws SyntaxException {
        switch (percent + 1 < to ? text.charAt(percent + 1) : 0) {
            case '%':
                return Macro.Escape.PERCENT;
            case '_':
                return Macro.Escape.SPACE;
            case '-':
                return Macro.Escape.URL_SPACE;
            case '{':
                return expansion(percent + 2, to, allLetters);
            default:
                throw new SyntaxException(percent + 1, "{, %, _ or - after %", "RFC 7208 §7.3");
        }
    }

    private Macro expansion(int from, int to, boolean allLetters) throws SyntaxException {
        char sign = from < to ? text.charAt(from) : 0;
        boolean upper = sign >= 'A' && sign <= 'Z';
        Macro.@Nullable Letter letter = Macro.Letter.ofSign(upper ? sign - 'A' + 'a' : sign);
        if (letter == null || (letter.explanationOnly() && !allLetters)) {
            throw new SyntaxException(from, "a macro letter", "RFC 7208 §7.2");
        }
        int at = from + 1;
        int parts = 0;
        int digits = at;
        for (; at < to && text.charAt(at) >= '0' && text.charAt(at) <= '9'; at++) {
            parts = Math.min(parts * 10 + text.charAt(at) - '0', Macro.Expansion.MANY);
        }
        if (at > digits && parts == 0) {
            throw new SyntaxException(digits, "a number of parts that isn't zero", "RFC 7208 §7.3");
        }
        boolean reversed = at < to && (text.charAt(at) == 'r' || text.charAt(at) == 'R');
        if (reversed) {
            at++;
        }
        int delimiters = at;
        while (at < to && Macro.Expansion.DELIMITERS.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        if (at >= to || text.charAt(at) != '}') {
            throw new SyntaxException(at, "the } of a macro", RFC);
        }
        return new Macro.Expansion(letter, upper, parts, reversed, text.substring(delimiters, at));
    }

    /** Whether a literal ends in a dot, a top label and perhaps another dot (domain-end). */
    static boolean endsInTopLabel(String literal) {
        int end = literal.endsWith(".") ? literal.length() - 1 : literal.length();
        int start = literal.lastIndexOf('.', end - 1) + 1;
        if (start == 0
                || start == end
                || !isAlphanumeric(literal.charAt(start))
                || !isAlphanumeric(literal.charAt(end - 1))) {
            return false;
        }
        boolean digitsOnly = true;
        for (int i = start; i < end; i++) {
            char c = literal.charAt(i);
            if (c != '-' && !isAlphanumeric(c)) {
                return false;
            }
            digitsOnly &= c >= '0' && c <= '9';
        }
        return !digitsOnly;
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
