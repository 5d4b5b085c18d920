package org.moxmail.spf;

import java.util.Objects;

/** A name with a value that says something about the record as a whole, RFC 7208 §6. */
public sealed interface Modifier extends Term {
    /** The record of another domain decides when nothing of this one matches, RFC 7208 §6.1. */
    record Redirect(MacroString domain) implements Modifier {
        public Redirect {
            domain.requireDomain();
        }

        @Override
        public String toString() {
            return "redirect=" + domain;
        }
    }

    /** Where the explanation of a fail is published, RFC 7208 §6.2. */
    record Explanation(MacroString domain) implements Modifier {
        public Explanation {
            domain.requireDomain();
        }

        @Override
        public String toString() {
            return "exp=" + domain;
        }
    }

    /**
     * A modifier of another standard, ignored.
     *
     * @param name a letter, then letters, digits, {@code -}, {@code _} and {@code .}; neither redirect nor exp
     */
    record Unknown(String name, MacroString value) implements Modifier {
        public Unknown {
            if (SpfParser.nameEnd(name, 0, name.length()) != name.length()
                    || name.isEmpty()
                    || name.equalsIgnoreCase("redirect")
                    || name.equalsIgnoreCase("exp")) {
                throw new IllegalArgumentException("modifier name " + name);
            }
            Objects.requireNonNull(value);
            if (value.hasSpace()) {
                throw new IllegalArgumentException("a space in a modifier");
            }
        }

        @Override
        public String toString() {
            return name + "=" + value;
        }
    }
}
