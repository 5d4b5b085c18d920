package org.moxmail.server.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.moxmail.server.boot.Environment;

/** Finds the subcommand and runs it. Status 2 says that the command line was wrong, 1 that the command failed. */
public final class Cli {
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private final Terminal terminal;
    private final List<Command> commands;

    /** @param variables of the process' environment */
    public Cli(PrintStream out, PrintStream err, Environment environment, Map<String, String> variables) {
        terminal = new Terminal(out, err);
        commands = List.of(
                new LocalserveCommand(environment, variables),
                new VersionCommand(),
                new ExportCommand(environment, variables),
                new VerifyDataCommand(environment, variables),
                new DumpCommand(environment, variables),
                new LoadCommand(environment, variables),
                new RehearseCommand(environment));
    }

    /** On the process' own streams, in the real world. */
    public static Cli standard() {
        return new Cli(System.out, System.err, Environment.standard(), System.getenv());
    }

    /**
     * Runs the command that the words name.
     *
     * @return the process' exit status
     */
    public int run(String... words) {
        try {
            return dispatch(List.of(words));
        } catch (UsageException e) {
            terminal.err().println("mox: " + e.getMessage());
            return MISUSED;
        } catch (FailureException e) {
            terminal.err().println("mox: " + e.getMessage());
            return FAILED;
        } catch (IOException e) {
            terminal.err().println("mox: " + describe(e));
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            terminal.err().println("mox: interrupted");
            return FAILED;
        }
    }

    private int dispatch(List<String> words)
            throws UsageException, FailureException, IOException, InterruptedException {
        if (words.isEmpty()) {
            new Help(commands).overview(terminal.err());
            return MISUSED;
        }
        String name = words.getFirst();
        List<String> rest = words.subList(1, words.size());
        if (List.of("help", "--help", "-h", "-help").contains(name)) {
            return help(rest);
        }
        Command command =
                find(name).orElseThrow(() -> new UsageException("unknown command " + name + " (try: mox help)"));
        if (rest.stream().anyMatch(word -> word.equals("--help") || word.equals("-h"))) {
            return help(List.of(name));
        }
        return command.run(Arguments.parse(command, rest), terminal);
    }

    private int help(List<String> about) throws UsageException {
        Help help = new Help(commands);
        if (about.isEmpty()) {
            help.overview(terminal.out());
            return 0;
        }
        Command command = find(about.getFirst())
                .orElseThrow(() -> new UsageException("no help on " + about.getFirst() + " (try: mox help)"));
        help.command(command, terminal.out());
        return 0;
    }

    private Optional<Command> find(String name) {
        return commands.stream().filter(command -> command.name().equals(name)).findFirst();
    }

    /** File system exceptions say only the path: their type says the rest. */
    private static String describe(IOException e) {
        String message = e.getMessage() == null ? "" : e.getMessage();
        String type = e.getClass().getSimpleName().replaceAll("Exception$", "");
        String words = Arrays.stream(type.split("(?=[A-Z])"))
                .map(w -> w.toLowerCase(java.util.Locale.ROOT))
                .reduce((a, b) -> a + " " + b)
                .orElse("");
        return e instanceof java.nio.file.FileSystemException ? message + " (" + words + ")" : message;
    }
}
