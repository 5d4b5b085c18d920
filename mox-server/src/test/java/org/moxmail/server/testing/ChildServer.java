package org.moxmail.server.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A localserve in a process of its own. */
public final class ChildServer implements AutoCloseable {
    private static final Pattern LISTENER = Pattern.compile("^  (\\S+) +127\\.0\\.0\\.1:(\\d+)");
    private static final int READ_MILLIS = 60_000;

    private final Process process;
    private final BufferedReader out;
    private final List<String> said = new ArrayList<>();

    private ChildServer(Process process) {
        this.process = process;
        out = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts the program with these words; what it logs goes with this process' own. */
    public static Process launch(List<String> words) throws IOException {
        return launch(List.of(), "org.moxmail.server.Main", words);
    }

    private static Process launch(List<String> wrapper, String main, List<String> words) throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "--add-opens",
                "java.base/sun.nio.ch=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main));
        command.addAll(words);
        return new ProcessBuilder(command).start();
    }

    /** Starts one on free ports of 127.0.0.1, and waits until it serves. */
    public static ChildServer start(Path directory) throws IOException {
        return start(directory, List.of());
    }

    /** Starts one that may have so many files and sockets open. */
    public static ChildServer startWithDescriptors(Path directory, int most) throws IOException {
        return start(directory, List.of("sh", "-c", "ulimit -n " + most + " && exec \"$@\"", "sh"));
    }

    /** Starts an {@link AccountsServer}. */
    public static ChildServer startAccounts(Path directory, int accounts) throws IOException {
        return awaitServing(launch(
                List.of(), AccountsServer.class.getName(), List.of(directory.toString(), Integer.toString(accounts))));
    }

    private static ChildServer start(Path directory, List<String> wrapper) throws IOException {
        return awaitServing(launch(
                wrapper,
                "org.moxmail.server.Main",
                List.of(
                        "localserve",
                        "--dir",
                        directory.toString(),
                        "--ip",
                        "127.0.0.1",
                        "--port-base",
                        "0",
                        "--log-level",
                        "error")));
    }

    private static ChildServer awaitServing(Process process) throws IOException {
        ChildServer child = new ChildServer(process);
        for (String line = child.out.readLine(); line != null; line = child.out.readLine()) {
            child.said.add(line);
            if (line.startsWith("Stop it")) {
                return child;
            }
        }
        throw new IOException("the server didn't start: "
                + new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    /** What it printed when it began to serve. */
    public String instructions() {
        return String.join("\n", said);
    }

    public Process process() {
        return process;
    }

    /** Where a listener of a title such as {@code SMTP} is. */
    public InetSocketAddress address(String title) {
        for (String line : said) {
            Matcher listener = LISTENER.matcher(line);
            if (listener.find() && listener.group(1).equals(title)) {
                return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), Integer.parseInt(listener.group(2)));
            }
        }
        throw new AssertionError("no " + title + " in " + instructions());
    }

    public Socket connect(String title) throws IOException {
        InetSocketAddress address = address(title);
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(READ_MILLIS);
        return socket;
    }

    /** Kills it as a power cut would, as far as processes go, and waits until it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks it to end; its exit status. */
    public int terminate() throws InterruptedException {
        // By its handle, since the process' own way closes what it says.
        process.toHandle().destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the server doesn't end");
        }
        return process.exitValue();
    }

    /** What it has logged, once it has ended: lines of warnings and errors. */
    public String complaints() throws IOException {
        return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("l="))
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
