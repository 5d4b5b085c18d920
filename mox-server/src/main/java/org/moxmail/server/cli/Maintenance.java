package org.moxmail.server.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.moxmail.server.boot.Environment;
import org.moxmail.server.boot.OfflineData;
import org.moxmail.server.boot.StartException;
import org.moxmail.server.log.LogLevel;
import org.moxmail.server.log.Logging;
import org.moxmail.store.Account;
import org.moxmail.store.Progress;
import org.moxmail.store.StoreException;

/** What commands have in common that work on accounts while no server runs. */
abstract class Maintenance implements Command {
    static final Option DIR = new Option("dir", "DIRECTORY", "the server's directory (default: that of localserve)");

    private final Environment environment;
    private final Map<String, String> variables;

    Maintenance(Environment environment, Map<String, String> variables) {
        this.environment = environment;
        this.variables = Map.copyOf(variables);
    }

    @Override
    public List<Option> options() {
        return List.of(DIR);
    }

    @Override
    @SuppressWarnings("try") // What is opened is only to be closed again.
    public final int run(Arguments arguments, Terminal terminal) throws UsageException, FailureException, IOException {
        Path directory = arguments
                .value(DIR.name())
                .map(Path::of)
                .orElseGet(() -> new ConfigDirectory(variables).path().resolve("mox-localserve"));
        try (var logging = Logging.start(terminal.err(), LogLevel.WARN);
                OfflineData data = OfflineData.open(directory.toAbsolutePath().normalize(), environment)) {
            return run(data, arguments, terminal.out(), new ProgressLines(terminal.err(), environment.timing()));
        } catch (StartException | StoreException e) {
            throw new FailureException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Does it.
     *
     * @param progress is told how far it has come
     */
    abstract int run(OfflineData data, Arguments arguments, PrintStream out, Progress progress)
            throws UsageException, FailureException, IOException;

    /** An account that exists. */
    static Account account(OfflineData data, String name) throws FailureException, IOException {
        boolean exists;
        try {
            exists = data.store().exists(name);
        } catch (IllegalArgumentException e) {
            throw new FailureException("no account " + name, e);
        }
        if (!exists) {
            throw new FailureException("no account " + name + "; there are: "
                    + String.join(", ", data.store().accounts()));
        }
        return data.store().account(name);
    }
}
