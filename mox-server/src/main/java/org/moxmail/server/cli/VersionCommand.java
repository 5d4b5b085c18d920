package org.moxmail.server.cli;

import org.moxmail.server.boot.Version;

/** Says what is running. */
final class VersionCommand implements Command {
    @Override
    public String name() {
        return "version";
    }

    @Override
    public String summary() {
        return "print the version of the program and of the Java that runs it";
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) {
        terminal.out().println(Version.PRODUCT + " " + Version.current() + ", Java " + Runtime.version());
        return 0;
    }
}
