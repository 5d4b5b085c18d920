package org.moxmail.bench.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;
import org.moxmail.smtp.server.SmtpEvents;
import org.moxmail.smtp.server.SmtpLimits;
import org.moxmail.smtp.server.SmtpPeer;
import org.moxmail.smtp.server.SmtpServer;
import org.moxmail.smtp.server.SmtpServerOptions;
import org.moxmail.smtp.server.WriteWatchdog;
import org.moxmail.smtp.testing.MemorySmtpService;
import org.moxmail.smtp.testing.ReceivedMessage;
import org.moxmail.time.Timing;

/** Whole sessions of the SMTP server on the caller's thread: what a client sends, at once and in pieces. */
final class SmtpSessions {
    private static final byte[] BEFORE =
            Texts.octets("EHLO x\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<c@example.org>\r\nDATA\r\n");
    private static final byte[] AFTER = Texts.octets("\r\n.\r\nNOOP\r\nQUIT\r\n");

    private final DnsName domain;
    private final SmtpServerOptions options;
    private final WriteWatchdog watchdog =
            new WriteWatchdog(STOPPED, Thread.ofVirtual().factory());
    private final SmtpPeer peer;

    /** What the engine said of its own mistakes. */
    private @Nullable Exception failure;

    /** A clock that stands, for sessions that never wait. */
    private static final Timing STOPPED = new Timing() {
        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public void sleep(Duration duration) {}

        @Override
        @SuppressWarnings("WaitNotInLoop") // Callers loop, as the interface says.
        public boolean await(Condition condition, Lock lock, Duration max) throws InterruptedException {
            condition.await();
            return true;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH;
        }
    };

    SmtpSessions() {
        try {
            domain = DnsName.parse("example.org");
        } catch (SyntaxException e) {
            throw new IllegalStateException(e);
        }
        options = SmtpServerOptions.delivery(domain, "mox").withDsn().withBinaryMime();
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 25);
        peer = new SmtpPeer("cid", address, address, null);
    }

    int session(byte[] input, RandomGenerator random) throws Exception {
        Session whole = run(new ByteArrayInputStream(input));
        Session pieces = run(Texts.cut(input, random));
        compare(whole, pieces);
        return Texts.kind(whole.said.toString(StandardCharsets.ISO_8859_1).replaceAll("[^0-9]", "x"));
    }

    int data(byte[] input, RandomGenerator random) throws Exception {
        byte[] all = Arrays.copyOf(BEFORE, BEFORE.length + input.length + AFTER.length);
        System.arraycopy(input, 0, all, BEFORE.length, input.length);
        System.arraycopy(AFTER, 0, all, BEFORE.length + input.length, AFTER.length);
        Session whole = run(new ByteArrayInputStream(all));
        compare(whole, run(Texts.cut(all, random)));
        String sent = new String(all, BEFORE.length - 2, all.length - BEFORE.length + 2, StandardCharsets.ISO_8859_1);
        if (whole.messages.size() == 1 && !sent.toUpperCase(Locale.ROOT).contains("DAT")) {
            int end = sent.indexOf("\r\n.\r\n");
            String stuffed = sent.substring(0, end + 2);
            Texts.same(
                    "a message is what was sent without the stuffed dots",
                    stuffed.replace("\r\n.", "\r\n").substring(2),
                    whole.messages.get(0).text());
        }
        return 10 * whole.messages.size() + whole.said.size() / 40;
    }

    private static void compare(Session whole, Session pieces) {
        Texts.same(
                "pieces make no difference to replies",
                whole.said.toString(StandardCharsets.ISO_8859_1),
                pieces.said.toString(StandardCharsets.ISO_8859_1));
        Texts.same(
                "pieces make no difference to how many messages come", whole.messages.size(), pieces.messages.size());
        for (int i = 0; i < whole.messages.size(); i++) {
            Texts.same(
                    "pieces make no difference to a message",
                    whole.messages.get(i).text(),
                    pieces.messages.get(i).text());
        }
    }

    private record Session(ByteArrayOutputStream said, List<ReceivedMessage> messages) {}

    private Session run(InputStream in) throws Exception {
        MemorySmtpService service = new MemorySmtpService(domain);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        failure = null;
        SmtpEvents events = new SmtpEvents() {
            @Override
            public void failed(SmtpPeer whose, Exception cause) {
                failure = cause;
            }
        };
        SmtpServer server = new SmtpServer(service, options, SmtpLimits.DEFAULT, null, STOPPED, watchdog, events);
        server.connection(new Streams(in, out), peer).run();
        if (failure != null) {
            throw failure;
        }
        Texts.same("nothing stays open", 0, service.open());
        return new Session(out, service.messages());
    }

    /** A socket of two streams. */
    private static final class Streams extends Socket {
        private final InputStream in;
        private final OutputStream out;
        private boolean closed;

        Streams(InputStream in, OutputStream out) {
            this.in = in;
            this.out = out;
        }

        @Override
        public InputStream getInputStream() {
            return in;
        }

        @Override
        public OutputStream getOutputStream() {
            return out;
        }

        @Override
        public void setSoTimeout(int timeout) {}

        @Override
        public void setTcpNoDelay(boolean on) {}

        @Override
        public void shutdownOutput() {}

        @Override
        public void shutdownInput() {}

        @Override
        public boolean isClosed() {
            return closed;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
