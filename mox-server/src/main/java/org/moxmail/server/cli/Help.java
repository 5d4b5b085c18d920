package org.moxmail.server.cli;

import java.io.PrintStream;
import java.util.List;

/** Explains the subcommands in their own words. */
final class Help {
    private final List<Command> commands;

    Help(List<Command> commands) {
        this.commands = commands;
    }

    void overview(PrintStream out) {
        out.println("usage: mox COMMAND [OPTION…] [WORD…]");
        out.println();
        for (Command command : commands) {
            row(out, command.name(), command.summary());
        }
        row(out, "help", "explain a command: mox help COMMAND");
    }

    void command(Command command, PrintStream out) {
        String options = command.options().isEmpty() ? "" : " [OPTION…]";
        String operands = command.operands().isEmpty() ? "" : " " + command.operands();
        out.println("usage: mox " + command.name() + options + operands);
        out.println();
        out.println(command.summary());
        if (!command.options().isEmpty()) {
            out.println();
            for (Option option : command.options()) {
                row(out, option.synopsis(), option.summary());
            }
        }
    }

    private static void row(PrintStream out, String left, String right) {
        int width = 20;
        String gap = " ".repeat(Math.max(2, width - left.length()));
        out.println("  " + left + gap + right);
    }
}
