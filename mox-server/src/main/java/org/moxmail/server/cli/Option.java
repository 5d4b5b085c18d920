package org.moxmail.server.cli;

import org.jspecify.annotations.Nullable;

/**
 * An option of a subcommand, written {@code --name value} or {@code --name=value}; a flag is written {@code --name}.
 *
 * @param value what its value is called in the help; null for a flag
 * @param summary what it is for
 */
record Option(String name, @Nullable String value, String summary) {
    static Option flag(String name, String summary) {
        return new Option(name, null, summary);
    }

    boolean isFlag() {
        return value == null;
    }

    /** As it is written. */
    String synopsis() {
        return value == null ? "--" + name : "--" + name + " " + value;
    }
}
