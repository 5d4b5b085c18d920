package org.moxmail.bench.stress;

import org.jspecify.annotations.Nullable;

/** The server broke a rule. */
final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1;

    Violation(String what) {
        super(what);
    }

    static void check(boolean holds, String rule, @Nullable Object... details) {
        if (!holds) {
            StringBuilder text = new StringBuilder(rule);
            for (@Nullable Object detail : details) {
                text.append(' ').append(detail);
            }
            throw new Violation(text.toString());
        }
    }
}
