package org.moxmail.smtp.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;
import org.moxmail.smtp.SmtpReply;
import org.moxmail.smtp.server.SmtpConnection;
import org.moxmail.smtp.server.SmtpEvents;
import org.moxmail.smtp.server.SmtpLimits;
import org.moxmail.smtp.server.SmtpPeer;
import org.moxmail.smtp.server.SmtpServer;
import org.moxmail.smtp.server.SmtpServerOptions;
import org.moxmail.smtp.server.SmtpService;
import org.moxmail.smtp.server.WriteWatchdog;
import org.moxmail.time.Timing;
import org.moxmail.time.testing.FakeTiming;

/** A server engine with everything around it, and the client's end of one connection. */
public final class Rig implements AutoCloseable {
    public static final ThreadFactory THREADS =
            Thread.ofVirtual().name("test-", 0).factory();
    public static final String GREETING = "220 mx.example.org ESMTP mox";

    public final FakeTiming timing = FakeTiming.at("2026-01-01T00:00:00Z");
    public final MemorySmtpService service;
    public final WriteWatchdog watchdog = new WriteWatchdog(timing, THREADS);
    public final Recorder events = new Recorder();
    public final SmtpConnection connection;
    /** What had come at the client whenever the server paused. */
    public final List<Integer> pauses = new CopyOnWriteArrayList<>();

    /** How far the wall clock was set to something else. */
    public volatile Duration wallClockOff = Duration.ZERO;

    private final InMemorySocket.Pair pair;
    private final Thread thread;
    private Socket socket;

    /** What the engine told. */
    public static final class Recorder implements SmtpEvents {
        public final List<String> lines = new CopyOnWriteArrayList<>();
        public final List<Exception> failures = new CopyOnWriteArrayList<>();
        public final List<String> ends = new CopyOnWriteArrayList<>();
        public final List<String> commands = new CopyOnWriteArrayList<>();
        public volatile @Nullable TraceLevel traced = TraceLevel.TRACE;

        Recorder() {}

        @Override
        public boolean traces(TraceLevel level) {
            TraceLevel most = traced;
            return most != null && level.compareTo(most) <= 0;
        }

        @Override
        public void trace(SmtpPeer peer, boolean received, TraceLevel level, String text) {
            lines.add((received ? "C: " : "S: ") + text);
        }

        @Override
        public void commandDone(SmtpPeer peer, String verb, SmtpReply reply, Duration took) {
            commands.add(verb + " " + reply.code());
        }

        @Override
        public void failed(SmtpPeer peer, Exception cause) {
            failures.add(cause);
        }

        @Override
        public void ended(SmtpPeer peer, String reason) {
            ends.add(reason);
        }
    }

    public static DnsName name(String text) {
        try {
            return DnsName.parse(text);
        } catch (SyntaxException e) {
            throw new AssertionError(e);
        }
    }

    public static SmtpServerOptions delivery() {
        return SmtpServerOptions.delivery(name("mx.example.org"), "mox");
    }

    public static SmtpServerOptions submission() {
        return SmtpServerOptions.submission(name("mx.example.org"), "mox");
    }

    public static MemorySmtpService memory() {
        return new MemorySmtpService(name("example.org"));
    }

    public static Rig of(SmtpServerOptions options) {
        return new Rig(options, SmtpLimits.DEFAULT, memory(), null, InMemorySocket.CAPACITY);
    }

    public static Rig of(SmtpServerOptions options, SmtpLimits limits) {
        return new Rig(options, limits, memory(), null, InMemorySocket.CAPACITY);
    }

    public Rig(
            SmtpServerOptions options,
            SmtpLimits limits,
            MemorySmtpService memory,
            @Nullable UnaryOperator<SmtpService> wrap,
            int capacity) {
        service = memory;
        SmtpServer server = new SmtpServer(
                wrap == null ? memory : wrap.apply(memory),
                options,
                limits,
                TestTls::server,
                new Skipping(),
                watchdog,
                events);
        pair = InMemorySocket.pair(timing, capacity);
        socket = pair.client();
        SmtpPeer peer = new SmtpPeer(
                "cid1",
                (InetSocketAddress) pair.server().getRemoteSocketAddress(),
                (InetSocketAddress) pair.server().getLocalSocketAddress(),
                null);
        connection = server.connection(pair.server(), peer);
        thread = THREADS.newThread(() -> {
            try {
                connection.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
    }

    /** The fake time, in which the server's pauses pass by themselves. */
    private final class Skipping implements Timing {
        @Override
        public Instant instant() {
            return timing.instant().plus(wallClockOff);
        }

        @Override
        public long nanoTime() {
            return timing.nanoTime();
        }

        @Override
        public void sleep(Duration duration) {
            try {
                pauses.add(pair.client().getInputStream().available());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            timing.advance(duration);
        }

        @Override
        public boolean await(Condition condition, Lock lock, Duration max) throws InterruptedException {
            return timing.await(condition, lock, max);
        }
    }

    public Socket socket() {
        return socket;
    }

    public void startTls() throws IOException {
        startTls("TLSv1.3");
    }

    public void startTls(String protocol) throws IOException {
        socket = TestTls.client(socket, protocol);
    }

    /** Sends octets as they are, a char for each. */
    public Rig raw(String octets) throws IOException {
        socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** Sends lines in UTF-8, in one write. */
    public Rig send(String... lines) throws IOException {
        socket.getOutputStream().write((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** One line, without its CRLF; null at the end. */
    public @Nullable String line() throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        while (true) {
            int octet = socket.getInputStream().read();
            if (octet < 0) {
                return octets.size() == 0 ? null : octets + "(cut)";
            }
            if (octet == '\n') {
                String text = octets.toString(StandardCharsets.UTF_8);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text + "(LF)";
            }
            octets.write(octet);
        }
    }

    /** The lines of one reply joined by {@code |}. */
    public String reply() throws IOException {
        List<String> lines = new ArrayList<>();
        while (true) {
            String line = line();
            if (line == null) {
                lines.add("(end)");
                break;
            }
            lines.add(line);
            if (line.length() < 4 || line.charAt(3) != '-') {
                break;
            }
        }
        return String.join("|", lines);
    }

    /** Sends a line and returns the reply. */
    public String ask(String line) throws IOException {
        return send(line).reply();
    }

    /** Reads the greeting and says EHLO. */
    public Rig hello() throws IOException {
        reply();
        ask("EHLO client.example");
        return this;
    }

    /** Goes on to a transaction with one recipient. */
    public Rig recipient() throws IOException {
        ask("MAIL FROM:<a@remote.example>");
        ask("RCPT TO:<b@example.org>");
        return this;
    }

    /** Says nothing more and waits for the server's end. */
    public void join() throws InterruptedException {
        thread.join();
    }

    public InMemorySocket.Pair pair() {
        return pair;
    }

    @Override
    public void close() throws IOException {
        pair.client().close();
        pair.server().close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError("the server's thread doesn't end", e);
        }
        watchdog.close();
        if (service.open() != 0) {
            throw new AssertionError("a session or transaction was not closed");
        }
    }
}
