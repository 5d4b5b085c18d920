package org.moxmail.server.cli;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.moxmail.server.boot.Environment;
import org.moxmail.server.boot.Localserve;
import org.moxmail.server.boot.LoopbackAddresses;
import org.moxmail.server.boot.MoxServer;
import org.moxmail.server.boot.ServerSettings;
import org.moxmail.server.boot.StartException;
import org.moxmail.server.log.LogLevel;
import org.moxmail.server.log.Logging;

/** Serves developers of mail software on their own machine. */
final class LocalserveCommand implements Command {
    private static final Option DIR = new Option(
            "dir",
            "DIRECTORY",
            "where to keep mail and keys (default: mox-localserve in your configuration directory)");
    private static final Option IP =
            new Option("ip", "ADDRESS", "address to listen on (default: 127.0.0.1, and ::1 where there is IPv6)");
    private static final Option PORT_BASE = new Option(
            "port-base", "N", "added to the usual ports 25, 587, 465, 143, 993 (default 1000; 0 takes any free ports)");
    private static final Option INIT_ONLY = Option.flag("initonly", "make the directory and end");
    /** Not by default: msmtp, for one, sends octets above 127 without a word about them. */
    private static final Option PEDANTIC = Option.flag("pedantic", "refuse what standards forbid but servers forgive");

    private static final Option LOG_LEVEL = new Option(
            "log-level",
            "LEVEL",
            "error, warn, info, debug, trace, traceauth (shows passwords) or tracedata (shows mail)");

    private final Environment environment;
    private final Map<String, String> variables;

    /** @param variables of the process' environment */
    LocalserveCommand(Environment environment, Map<String, String> variables) {
        this.environment = environment;
        this.variables = Map.copyOf(variables);
    }

    @Override
    public String name() {
        return "localserve";
    }

    @Override
    public String summary() {
        return "serve mail on this machine for trying out mail software";
    }

    @Override
    public List<Option> options() {
        return List.of(DIR, IP, PORT_BASE, INIT_ONLY, PEDANTIC, LOG_LEVEL);
    }

    @Override
    @SuppressWarnings("try") // What is opened is only to be closed again.
    public int run(Arguments arguments, Terminal terminal)
            throws UsageException, FailureException, InterruptedException {
        LogLevel level = logLevel(arguments);
        ServerSettings settings = settings(arguments);
        try (var logging = Logging.start(terminal.err(), level)) {
            return arguments.has(INIT_ONLY.name()) ? prepare(settings, terminal) : serve(settings, terminal);
        } catch (StartException e) {
            throw new FailureException(String.valueOf(e.getMessage()), e);
        }
    }

    private ServerSettings settings(Arguments arguments) throws UsageException {
        Path directory = arguments
                .value(DIR.name())
                .map(Path::of)
                .orElseGet(() -> new ConfigDirectory(variables).path().resolve("mox-localserve"));
        return Localserve.settings(
                directory.toAbsolutePath().normalize(),
                addresses(arguments),
                portBase(arguments),
                arguments.has(PEDANTIC.name()));
    }

    private static LogLevel logLevel(Arguments arguments) throws UsageException {
        String word = arguments.value(LOG_LEVEL.name()).orElse("info");
        return LogLevel.named(word)
                .orElseThrow(() -> new UsageException("--log-level " + word + ": choose " + LOG_LEVEL.summary()));
    }

    private static List<InetAddress> addresses(Arguments arguments) throws UsageException {
        if (!arguments.has(IP.name())) {
            return LoopbackAddresses.available();
        }
        String text = arguments.value(IP.name()).orElse("");
        try {
            return List.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--ip " + text + ": not an IP address");
        }
    }

    private static int portBase(Arguments arguments) throws UsageException {
        String text = arguments.value(PORT_BASE.name()).orElse(Integer.toString(Localserve.PORT_BASE));
        try {
            int base = Integer.parseInt(text);
            if (base >= 0 && base <= 64_000) {
                return base;
            }
        } catch (NumberFormatException e) {
            throw new UsageException("--port-base " + text + ": not a number");
        }
        throw new UsageException("--port-base " + text + ": choose a number from 0 to 64000");
    }

    private int prepare(ServerSettings settings, Terminal terminal) throws StartException {
        MoxServer.prepare(settings, environment);
        terminal.out().println("made " + settings.directory());
        return 0;
    }

    private int serve(ServerSettings settings, Terminal terminal) throws StartException, InterruptedException {
        // Before anything is open: whoever stops us early shall find it closed.
        Signals signals = Signals.catching("TERM", "INT");
        try (MoxServer server = MoxServer.start(settings, environment)) {
            new ConnectInstructions(settings, server).print(terminal.out());
            int signal = signals.await();
            terminal.err().flush();
            return signal;
        }
    }
}
