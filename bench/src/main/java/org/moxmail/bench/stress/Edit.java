package org.moxmail.bench.stress;

import java.util.Set;
import java.util.TreeSet;

/**
 * A change to flags.
 *
 * @param mode as STORE has it: {@code +}, {@code -} or nothing
 */
record Edit(String mode, Set<String> words) {
    Edit {
        words = Set.copyOf(words);
    }

    Set<String> apply(Set<String> before) {
        Set<String> after = new TreeSet<>(mode.isEmpty() ? Set.of() : before);
        if (mode.equals("-")) {
            after.removeAll(words);
        } else {
            after.addAll(words);
        }
        return after;
    }

    String list() {
        return "(" + String.join(" ", words) + ")";
    }
}
