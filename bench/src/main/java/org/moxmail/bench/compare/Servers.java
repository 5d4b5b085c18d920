package org.moxmail.bench.compare;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.moxmail.bench.load.ServerProcess;
import org.moxmail.bench.load.Target;
import org.moxmail.bench.store.GrowthFilling;
import org.moxmail.bench.store.GrowthServer;

/** Starts servers in a directory, each when it is first asked for, and ends them. Not safe for many threads. */
final class Servers implements AutoCloseable {
    static final int ACCOUNTS = 100;
    private static final int START_SECONDS = 60;
    private static final int[] USED = {25, 26, 100, 101, 102, 143, 465, 587, 993, 1025};

    private final Path top;
    private final Path work;
    private final Path install;
    private int portBase;
    private String version = "mox";
    private final Map<String, Optional<Server>> running = new HashMap<>();
    private final Deque<Server> started = new ConcurrentLinkedDeque<>();

    /**
     * @param top the repository's top folder, built
     * @param work a directory for everything
     */
    Servers(Path top, Path work) {
        this.top = top;
        this.work = work;
        install = work.resolve("mox");
        // An interrupted run leaves no server behind.
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopAll));
    }

    /** Makes an installation of ours in the directory, so that a change of the sources changes nothing meanwhile. */
    void install() throws IOException {
        portBase = portBase();
        for (String file : List.of("mox", "build/find-jdk", "mox-server/target/mox.jar")) {
            Path copy = install.resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(top.resolve(file), copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
        version = Shell.run(install.resolve("mox"), "version");
    }

    /** What ours says of itself. */
    String version() {
        return version;
    }

    /** Ours, as its users start it. */
    Server mox() throws IOException {
        return running("mox", () -> Optional.of(fresh("data"))).orElseThrow();
    }

    /** Ours, started anew with a directory of its own. */
    Server fresh(String directory) throws IOException {
        List<String> command = List.of(
                install.resolve("mox").toString(),
                "localserve",
                "--dir",
                work.resolve(directory).toString(),
                "--ip",
                "127.0.0.1",
                "--port-base",
                Integer.toString(portBase(directory)));
        int base = portBase(directory);
        return start(directory, command, base + 25, base + 143, base + 993);
    }

    /** Only one of those that start anew runs at a time, beside the one that stays. */
    private int portBase(String directory) {
        return directory.equals("data") ? portBase : portBase + 2000;
    }

    /** Ours with a hundred accounts, which localserve doesn't have, and else the same. */
    Server many() throws IOException {
        return running("many", this::startMany).orElseThrow();
    }

    private Optional<Server> startMany() throws IOException {
        List<String> command = library(ManyAccounts.class, "many", portBase + 1000);
        command.add(Integer.toString(ACCOUNTS));
        return Optional.of(start("many", command, portBase + 1025, 0, 0));
    }

    /** Ours with accounts that have so many messages each. */
    Server growth(List<Integer> messages) throws IOException {
        return running("growth", () -> startGrowth(messages)).orElseThrow();
    }

    private Optional<Server> startGrowth(List<Integer> messages) throws IOException {
        List<String> sizes =
                messages.stream().map(each -> Integer.toString(each)).toList();
        // Not as a server would be: it shall be quick.
        List<String> filling = new ArrayList<>(List.of(
                Shell.run(install.resolve("build/find-jdk"), "--runtime") + "/bin/java",
                "-Xmn256m",
                "-cp",
                classPath(),
                GrowthFilling.class.getName(),
                work.resolve("growth").toString()));
        filling.addAll(sizes);
        Shell.run(filling);
        List<String> command = library(GrowthServer.class, "growth", portBase + 3000);
        command.addAll(sizes);
        return Optional.of(start("growth", command, portBase + 3025, portBase + 3143, portBase + 3993));
    }

    /** A program that uses the server as a library. */
    private List<String> library(Class<?> program, String directory, int base) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Shell.run(install.resolve("build/find-jdk"), "--runtime") + "/bin/java");
        command.addAll(flags());
        command.addAll(List.of(
                "-cp", classPath(), program.getName(), work.resolve(directory).toString(), Integer.toString(base)));
        return command;
    }

    /** The flags that our own script gives Java. */
    private List<String> flags() throws IOException {
        String script = Files.readString(install.resolve("mox"));
        List<String> all = new ArrayList<>();
        for (String variable : List.of("flags", "heap")) {
            Matcher value =
                    Pattern.compile("(?s)\n" + variable + "=\"([^\"]*)\"").matcher(script);
            if (!value.find()) {
                throw new IOException("no " + variable + " in the script mox");
            }
            all.addAll(List.of(value.group(1).strip().split("\\s+")));
        }
        return all;
    }

    private String classPath() {
        return install.resolve("mox-server/target/mox.jar") + ":" + classes();
    }

    private static String classes() {
        return Path.of(Servers.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
    }

    /** Postfix; empty when it isn't there and can't be installed. */
    Optional<Server> postfix() throws IOException {
        return running("postfix", () -> peer("postfix", portBase + 26));
    }

    /** Dovecot; empty when it isn't there and can't be installed. */
    Optional<Server> dovecot() throws IOException {
        return running("dovecot", () -> peer("dovecot", portBase + 100));
    }

    /** Where Dovecot keeps a mailbox of its user, who can write there; empty for other servers. */
    Optional<Path> maildir(Server server, String mailbox) {
        return server.lmtp() ? Optional.of(work.resolve("dovecot/mail/mox/." + mailbox)) : Optional.empty();
    }

    private interface Starting {
        Optional<Server> start() throws IOException;
    }

    private Optional<Server> running(String name, Starting starting) throws IOException {
        Optional<Server> server = running.get(name);
        if (server == null) {
            server = starting.start();
            running.put(name, server);
        }
        return server;
    }

    private Optional<Server> peer(String name, int port) throws IOException {
        Path script = top.resolve("bench/peers/" + name);
        try {
            Shell.run(script, "install");
        } catch (IOException e) {
            System.err.println("without " + name + ": " + e.getMessage());
            return Optional.empty();
        }
        String directory = work.resolve(name).toString();
        long pid = Long.parseLong(Shell.run(script, "start", directory, Integer.toString(port)));
        awaitPort(port, null);
        return Optional.of(started(new Server(
                Shell.run(script, "version"),
                new ServerProcess(pid),
                Target.plain(port),
                name.equals("dovecot"),
                Target.plain(port + 1),
                Target.tls(port + 2),
                () -> Shell.run(script, "stop", directory))));
    }

    private Server start(String name, List<String> command, int smtp, int imap, int imaps) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(work.resolve(name + ".log").toFile())
                .start();
        boolean started = false;
        try {
            awaitPort(imaps == 0 ? smtp : imaps, process);
            started = true;
        } finally {
            if (!started) {
                process.destroyForcibly();
            }
        }
        return started(new Server(
                "mox",
                new ServerProcess(process.pid()),
                Target.plain(smtp),
                false,
                Target.plain(imap),
                Target.tls(imaps),
                () -> end(process)));
    }

    private Server started(Server server) {
        started.add(server);
        return server;
    }

    private static void end(Process process) throws IOException {
        if (!process.isAlive()) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("mox does not end");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until somebody listens. */
    private void awaitPort(int port, @Nullable Process process) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!listens(port)) {
            if (process != null && !process.isAlive() || System.nanoTime() > end) {
                throw new IOException("nothing listens on port " + port + "; see the logs in " + work);
            }
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The first base above which all ports that are needed are free. */
    private static int portBase() throws IOException {
        for (int base = 20_000; base < 32_000; base += 4000) {
            if (free(base) && free(base + 2000) && free(base + 3000)) {
                return base;
            }
        }
        throw new IOException("no free ports");
    }

    private static boolean free(int base) {
        for (int port : USED) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), base + port));
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }

    /** Ends what runs. */
    @Override
    public void close() {
        stopAll();
        running.clear();
    }

    private void stopAll() {
        for (Server server = started.pollLast(); server != null; server = started.pollLast()) {
            try {
                server.close();
            } catch (IOException e) {
                System.err.println("stopping " + server.name() + ": " + e.getMessage());
            }
        }
    }
}
