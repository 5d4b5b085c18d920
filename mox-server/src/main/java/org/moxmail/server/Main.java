package org.moxmail.server;

import org.moxmail.server.cli.Cli;

/** Where the program starts. */
public final class Main {
    private Main() {}

    /** Runs a subcommand and exits with its status. */
    public static void main(String[] arguments) {
        System.exit(Cli.standard().run(arguments));
    }
}
