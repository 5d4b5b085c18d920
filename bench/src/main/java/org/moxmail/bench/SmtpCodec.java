package org.moxmail.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;
import org.moxmail.smtp.ForwardPath;
import org.moxmail.smtp.Leniency;
import org.moxmail.smtp.MailParams;
import org.moxmail.smtp.RcptParams;
import org.moxmail.smtp.ReversePath;
import org.moxmail.smtp.SmtpCommand;
import org.moxmail.smtp.SmtpReply;
import org.moxmail.smtp.SmtpSyntax;
import org.moxmail.smtp.server.Admission;
import org.moxmail.smtp.server.Hello;
import org.moxmail.smtp.server.MailDecision;
import org.moxmail.smtp.server.MailTransaction;
import org.moxmail.smtp.server.MessageStream;
import org.moxmail.smtp.server.SmtpEvents;
import org.moxmail.smtp.server.SmtpLimits;
import org.moxmail.smtp.server.SmtpPeer;
import org.moxmail.smtp.server.SmtpReplies;
import org.moxmail.smtp.server.SmtpServer;
import org.moxmail.smtp.server.SmtpServerOptions;
import org.moxmail.smtp.server.SmtpService;
import org.moxmail.smtp.server.SmtpSession;
import org.moxmail.smtp.server.WriteWatchdog;
import org.moxmail.time.Timing;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * SMTP's text: the commands of one message parsed and printed, its replies likewise, and whole sessions of the server engine
 * without a network, which bring one message of {@value #LARGE} octets or {@value #MANY} of {@value #SMALL} octets. Every
 * tenth line of them begins with a dot.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SmtpCodec {
    static final int LARGE = 10_000_000;
    static final int SMALL = 4096;
    static final int MANY = 100;

    private static final List<String> COMMANDS = List.of(
            "EHLO client.example",
            "MAIL FROM:<ann.o'neill+list@mail.example.org> SIZE=4096 BODY=8BITMIME",
            "RCPT TO:<bob@example.com>",
            "DATA",
            "QUIT");
    private static final List<List<String>> REPLIES = List.of(
            List.of("250-mx.example.com", "250-PIPELINING", "250-SIZE 104857600", "250-8BITMIME", "250 SMTPUTF8"),
            List.of("250 2.1.0 sender ok"),
            List.of("250 2.1.5 recipient ok"),
            List.of("354 go ahead"),
            List.of("250 2.0.0 delivered, id hTTTzWmYVnp0ql1FfZ8P0g"));

    private SmtpCommand[] commands = {};
    private SmtpReply[] replies = {};
    private byte[] large = {};
    private byte[] small = {};
    private @Nullable WriteWatchdog watchdog;
    private @Nullable SmtpServer server;
    private @Nullable SmtpPeer peer;

    @Setup
    public void prepare() throws SyntaxException {
        commands = new SmtpCommand[COMMANDS.size()];
        for (int i = 0; i < commands.length; i++) {
            commands[i] = SmtpSyntax.parse(COMMANDS.get(i), Leniency.DELIVERY);
        }
        replies = new SmtpReply[REPLIES.size()];
        for (int i = 0; i < replies.length; i++) {
            replies[i] = SmtpReply.parse(REPLIES.get(i), true);
        }
        large = session(LARGE, 1);
        small = session(SMALL, MANY);
        watchdog = new WriteWatchdog(Timing.system(), Thread.ofVirtual().factory());
        server = new SmtpServer(
                new Nowhere(),
                SmtpServerOptions.delivery(DnsName.parse("mx.example.com"), "bench"),
                SmtpLimits.DEFAULT,
                null,
                Timing.system(),
                watchdog,
                SmtpEvents.NONE);
        peer = new SmtpPeer("id", new InetSocketAddress("192.0.2.1", 1), new InetSocketAddress("192.0.2.2", 25), null);
    }

    @TearDown
    public void end() {
        if (watchdog != null) {
            watchdog.close();
        }
    }

    private static byte[] session(int size, int messages) {
        StringBuilder text = new StringBuilder("EHLO client.example\r\n");
        for (int i = 0; i < messages; i++) {
            text.append("MAIL FROM:<ann@example.org>\r\nRCPT TO:<bob@example.com>\r\nDATA\r\n");
            int from = text.length();
            for (int line = 0; text.length() - from < size; line++) {
                text.append(line % 10 == 9 ? ".." : "").append("The quick brown fox jumps over the lazy dog.\r\n");
            }
            text.append(".\r\n");
        }
        return text.append("QUIT\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    @Benchmark
    public void parseCommands(Blackhole hole) throws SyntaxException {
        for (String line : COMMANDS) {
            hole.consume(SmtpSyntax.parse(line, Leniency.DELIVERY));
        }
    }

    @Benchmark
    public void printCommands(Blackhole hole) {
        for (SmtpCommand command : commands) {
            hole.consume(SmtpSyntax.print(command));
        }
    }

    @Benchmark
    public void parseReplies(Blackhole hole) throws SyntaxException {
        for (List<String> lines : REPLIES) {
            hole.consume(SmtpReply.parse(lines, true));
        }
    }

    @Benchmark
    public void printReplies(Blackhole hole) {
        for (SmtpReply reply : replies) {
            hole.consume(reply.print());
        }
    }

    @Benchmark
    public long takeOneLargeMessage() throws InterruptedException {
        return serve(large, 1);
    }

    @Benchmark
    public long takeManySmallMessages() throws InterruptedException {
        return serve(small, MANY);
    }

    private long serve(byte[] session, int messages) throws InterruptedException {
        if (server == null || peer == null) {
            throw new IllegalStateException("not prepared");
        }
        Replay socket = new Replay(session);
        server.connection(socket, peer).run();
        // Greeting, replies to EHLO, MAIL, RCPT, DATA, the message and QUIT: less was a refusal that stopped it.
        if (socket.sent < 60L * messages) {
            throw new IllegalStateException("only " + socket.sent + " octets of replies");
        }
        return socket.sent;
    }

    /** Plays a client's side, all of which is there at once. */
    private static final class Replay extends Socket {
        private final InputStream in;
        private long sent;

        Replay(byte[] session) {
            in = new ByteArrayInputStream(session);
        }

        @Override
        public InputStream getInputStream() {
            return in;
        }

        @Override
        public OutputStream getOutputStream() {
            return new OutputStream() {
                @Override
                public void write(int octet) {
                    sent++;
                }

                @Override
                public void write(byte[] octets, int offset, int length) {
                    sent += length;
                }
            };
        }

        @Override
        public void setSoTimeout(int timeout) {
            // Nothing is waited for.
        }

        @Override
        public void shutdownOutput() {
            // Nobody is there to notice.
        }
    }

    /** Takes every message and keeps none. */
    private static final class Nowhere implements SmtpService {
        @Override
        public Admission open(SmtpPeer peer) {
            return Admission.admit(new SmtpSession() {
                @Override
                public SmtpReply hello(Hello hello, @Nullable SSLSession tls) {
                    return SmtpReplies.OK;
                }

                @Override
                public MailDecision mail(ReversePath from, MailParams params) {
                    return MailDecision.begin(new Dropping());
                }

                @Override
                public void close() {
                    // Nothing is held.
                }
            });
        }
    }

    private static final class Dropping implements MailTransaction {
        @Override
        public SmtpReply recipient(ForwardPath to, RcptParams params) {
            return SmtpReplies.RECIPIENT_OK;
        }

        @Override
        public SmtpReply message(MessageStream body) throws IOException {
            body.transferTo(OutputStream.nullOutputStream());
            return SmtpReplies.OK;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
