package org.moxmail.server.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.moxmail.server.boot.Environment;
import org.moxmail.server.boot.Localserve;
import org.moxmail.server.boot.MoxServer;
import org.moxmail.server.boot.StartException;
import org.moxmail.server.log.LogLevel;
import org.moxmail.server.log.Logging;

/**
 * Serves itself for a moment: what a server loads and does often while it serves is then known to a Java that was told to
 * write it down, so that the next start needn't find out again.
 */
final class RehearseCommand implements Command {
    private final Environment environment;

    RehearseCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public String name() {
        return "rehearse";
    }

    @Override
    public String summary() {
        return "serve in a temporary directory for a moment, for Java's cache of what a start needs";
    }

    @Override
    @SuppressWarnings("try") // What is opened is only to be closed again.
    public int run(Arguments arguments, Terminal terminal) throws FailureException, IOException {
        Path directory = Files.createTempDirectory("mox-rehearsal");
        // Formatted as always, and thrown away: the command line's streams are for people.
        try (var logging = Logging.start(
                        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8), LogLevel.INFO);
                MoxServer server = MoxServer.start(
                        Localserve.settings(
                                directory, List.of(InetAddress.getLoopbackAddress()), Localserve.ANY_PORTS, false),
                        environment)) {
            new Rehearsal(server, environment.random()).play();
        } catch (StartException e) {
            throw new FailureException(String.valueOf(e.getMessage()), e);
        } finally {
            delete(directory);
        }
        terminal.out().println("rehearsed");
        return 0;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
