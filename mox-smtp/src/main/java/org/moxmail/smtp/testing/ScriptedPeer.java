package org.moxmail.smtp.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The other end of a connection that follows a script, right or wrong as a test wants it. First the script is written by
 * calling the methods that return this, then {@link #start} has a thread carry it out, and {@link #await} waits for it.
 *
 * <p>Not safe for many threads while the script is written.
 */
public final class ScriptedPeer {
    /** Makes another connection of one, such as by a TLS handshake. */
    @FunctionalInterface
    public interface Upgrade {
        /** The new connection. */
        Socket apply(Socket plain) throws IOException;
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private final List<Step> steps = new ArrayList<>();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private Socket socket;
    private @Nullable Thread thread;
    private volatile @Nullable Throwable failure;

    /** A peer at this end. It closes the socket when the script ends. */
    public ScriptedPeer(Socket socket) {
        this.socket = socket;
    }

    /** Sends lines in one write. */
    public ScriptedPeer say(String... lines) {
        return raw(String.join("\r\n", lines) + "\r\n");
    }

    /** Sends the UTF-8 of {@code text}, without a line end. */
    public ScriptedPeer raw(String text) {
        steps.add(() -> {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        });
        return this;
    }

    /** Reads a line, which must match all of a regular expression. */
    public ScriptedPeer expect(String regex) {
        Pattern pattern = Pattern.compile(regex);
        steps.add(() -> {
            String line = line();
            if (line == null || !pattern.matcher(line).matches()) {
                throw new IOException("expected " + regex + ", got " + line);
            }
            received.add(line);
        });
        return this;
    }

    /** Reads lines up to the one that is a dot. */
    public ScriptedPeer data() {
        steps.add(() -> {
            String line;
            do {
                line = line();
                if (line == null) {
                    throw new IOException("the end before a dot");
                }
                received.add(line);
            } while (!line.equals("."));
        });
        return this;
    }

    /** Reads so many octets, as one more received text, with a char for each. */
    public ScriptedPeer octets(int count) {
        steps.add(
                () -> received.add(new String(socket.getInputStream().readNBytes(count), StandardCharsets.ISO_8859_1)));
        return this;
    }

    /** Goes on over another connection. */
    public ScriptedPeer upgrade(Upgrade upgrade) {
        steps.add(() -> socket = upgrade.apply(socket));
        return this;
    }

    /** Does nothing, and reads nothing, until {@code open} is. */
    public ScriptedPeer until(CountDownLatch open) {
        steps.add(() -> {
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
        });
        return this;
    }

    /** Expects the end of what the other side says. */
    public ScriptedPeer end() {
        steps.add(() -> {
            String line = line();
            if (line != null) {
                throw new IOException("expected the end, got " + line);
            }
        });
        return this;
    }

    /** Answers a usual EHLO, announcing {@code extensions}. */
    public ScriptedPeer hello(String... extensions) {
        expect("EHLO .*");
        List<String> lines = new ArrayList<>();
        lines.add("mx.example.org");
        lines.addAll(List.of(extensions));
        StringBuilder reply = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            reply.append("250")
                    .append(i < lines.size() - 1 ? '-' : ' ')
                    .append(lines.get(i))
                    .append("\r\n");
        }
        return raw(reply.toString());
    }

    /** Begins. */
    public ScriptedPeer start(ThreadFactory threads) {
        Thread started = threads.newThread(this::run);
        thread = started;
        started.start();
        return this;
    }

    private void run() {
        // The one from the start: a TLS socket's close would wait for the other side.
        Socket plain = socket;
        try {
            for (Step step : steps) {
                step.run();
            }
            plain.close();
        } catch (IOException | RuntimeException e) {
            failure = e;
            cut(plain);
        }
    }

    private static void cut(Socket plain) {
        try {
            plain.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits for the end of the script.
     *
     * @return the lines that were read, in order
     * @throws AssertionError when something else came than the script says
     */
    public List<String> await() throws InterruptedException {
        Thread started = thread;
        if (started == null) {
            throw new IllegalStateException("not started");
        }
        started.join();
        if (failure != null) {
            throw new AssertionError("the peer didn't say what the script has", failure);
        }
        return List.copyOf(received);
    }

    private @Nullable String line() throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        while (true) {
            int octet = socket.getInputStream().read();
            if (octet < 0) {
                return octets.size() == 0 ? null : octets.toString(StandardCharsets.UTF_8);
            }
            if (octet == '\n') {
                String line = octets.toString(StandardCharsets.UTF_8);
                return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            }
            octets.write(octet);
        }
    }
}
