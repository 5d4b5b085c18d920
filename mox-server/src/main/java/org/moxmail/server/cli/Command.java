package org.moxmail.server.cli;

import java.io.IOException;
import java.util.List;

/** A subcommand. */
interface Command {
    /** What it is called by. */
    String name();

    /** One line saying what it does. */
    String summary();

    /** The words after the options, such as {@code ACCOUNT FILE}; empty when there are none. */
    default String operands() {
        return "";
    }

    /** The options that it takes. */
    default List<Option> options() {
        return List.of();
    }

    /**
     * Does it.
     *
     * @return the exit status
     */
    int run(Arguments arguments, Terminal terminal)
            throws UsageException, FailureException, IOException, InterruptedException;
}
