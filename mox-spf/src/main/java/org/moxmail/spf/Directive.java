package org.moxmail.spf;

import java.util.Objects;

/** A mechanism with what its match means, RFC 7208 §4.6.1. */
public record Directive(Qualifier qualifier, Mechanism mechanism) implements Term {
    public Directive {
        Objects.requireNonNull(qualifier);
        Objects.requireNonNull(mechanism);
    }

    /** As a record has it; without sign when the qualifier is {@link Qualifier#PASS}. */
    @Override
    public String toString() {
        return qualifier == Qualifier.PASS ? mechanism.toString() : qualifier.sign() + mechanism.toString();
    }
}
