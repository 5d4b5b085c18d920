package org.moxmail.smtp.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;
import org.moxmail.smtp.SmtpReply;
import org.moxmail.smtp.client.SmtpFailure.Kind;
import org.moxmail.smtp.server.SmtpEvents.TraceLevel;
import org.moxmail.smtp.server.WriteWatchdog;
import org.moxmail.time.Timing;

/** The client's end of a connection. Every read and write is bounded in time, and every failure of them is final. */
final class ClientWire {
    private static final int OUTPUT = 16 * 1024;

    /** The watchdog comes after the read timeout, which is the better told. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final SmtpClientLimits limits;
    private final Timing timing;
    private final SmtpClientEvents events;
    private final Socket transport;
    private final WriteWatchdog.Watch watch;
    private final long sessionDeadline;
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private final byte[] buffer;
    private int start;
    private int end;
    private final byte[] output = new byte[OUTPUT];
    private int outputCount;
    private boolean enhancedCodes;
    private boolean afterHandshake;
    private volatile boolean lost;
    private TraceLevel level = TraceLevel.TRACE;

    ClientWire(
            SmtpClientLimits limits, Timing timing, WriteWatchdog watchdog, SmtpClientEvents events, Socket transport)
            throws IOException {
        this.limits = limits;
        this.timing = timing;
        this.events = events;
        this.transport = transport;
        this.socket = transport;
        this.in = transport.getInputStream();
        this.out = transport.getOutputStream();
        this.buffer = new byte[2 * limits.replyLine()];
        this.sessionDeadline = timing.nanoTime() + limits.sessionTotal().toNanos();
        this.watch = watchdog.watch(transport);
    }

    /** Whether nothing more can be had from the server. */
    boolean lost() {
        return lost;
    }

    void lose() {
        lost = true;
    }

    void enhancedCodes(boolean announced) {
        enhancedCodes = announced;
    }

    void level(TraceLevel of) {
        level = of;
    }

    @Nullable
    SSLSession tls() {
        return socket instanceof SSLSocket ssl ? ssl.getSession() : null;
    }

    private ClientFailureException fail(Kind kind, String command, String text, @Nullable Throwable cause) {
        lost = true;
        SmtpFailure failure = SmtpFailure.temporary(kind, command, command + ": " + text);
        return cause == null ? new ClientFailureException(failure) : new ClientFailureException(failure, cause);
    }

    ClientFailureException protocol(String command, String text) {
        return fail(Kind.PROTOCOL, command, text, null);
    }

    private static String words(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /** Goes on over TLS. */
    void handshake(TlsVerifier verifier) throws ClientFailureException {
        if (end > start) {
            // RFC 3207 §4.2: an attacker's reply must not be taken for the protected server's.
            throw fail(Kind.TLS, "STARTTLS", "data before the handshake", null);
        }
        watch.arm(limits.handshake());
        try {
            socket.setSoTimeout((int) limits.handshake().toMillis());
            SSLSocket layered = verifier.layer(socket);
            layered.startHandshake();
            String objection = verifier.objection(layered.getSession()).orElse(null);
            if (objection != null) {
                throw fail(Kind.TLS, "STARTTLS", objection, null);
            }
            socket = layered;
            in = layered.getInputStream();
            out = layered.getOutputStream();
            afterHandshake = true;
        } catch (IOException e) {
            throw fail(Kind.TLS, "STARTTLS", watch.expired() ? "the handshake took too long" : words(e), e);
        } finally {
            watch.disarm();
        }
    }

    // ---- reading

    /** Reads one reply, of any code; sends first what is buffered. */
    SmtpReply readReply(String command, Duration wait) throws ClientFailureException {
        flush(command);
        long since = timing.nanoTime();
        long deadline = Math.min(since + wait.toNanos(), sessionDeadline);
        List<String> lines = new ArrayList<>();
        String line;
        do {
            if (lines.size() == limits.replyLines()) {
                throw protocol(command, "reply of too many lines");
            }
            line = readLine(command, deadline);
            lines.add(line);
        } while (line.length() > 3 && line.charAt(3) == '-');
        SmtpReply reply;
        try {
            reply = SmtpReply.parse(lines, enhancedCodes);
        } catch (SyntaxException e) {
            throw protocol(command, "not a reply: expected " + e.expected());
        }
        // RFC 5321 §3.8: whatever 421 answers, the server closes.
        if (reply.code() == 421) {
            lost = true;
        }
        events.commandDone(command, reply, Duration.ofNanos(timing.nanoTime() - since));
        return reply;
    }

    private String readLine(String command, long deadline) throws ClientFailureException {
        int scanned = start;
        while (true) {
            for (; scanned < end; scanned++) {
                if (buffer[scanned] == '\n') {
                    return take(scanned);
                }
            }
            if (end - start >= limits.replyLine()) {
                throw protocol(command, "reply line too long");
            }
            if (end == buffer.length || start == end) {
                System.arraycopy(buffer, start, buffer, 0, end - start);
                scanned -= start;
                end -= start;
                start = 0;
            }
            fill(command, deadline);
        }
    }

    private String take(int lineFeed) {
        int length = lineFeed - start;
        if (length > 0 && buffer[lineFeed - 1] == '\r') {
            length--;
        }
        String line = new String(buffer, start, length, StandardCharsets.UTF_8);
        start = lineFeed + 1;
        trace(true, line);
        return line;
    }

    private void fill(String command, long deadline) throws ClientFailureException {
        long left = deadline - timing.nanoTime();
        if (left <= 0) {
            throw fail(Kind.TIMEOUT, command, "the server took too long", null);
        }
        int count;
        try {
            socket.setSoTimeout((int) Math.max(1, Math.min(Integer.MAX_VALUE, left / 1_000_000)));
            watch.arm(Duration.ofNanos(left).plus(GRACE));
            count = in.read(buffer, end, buffer.length - end);
        } catch (SocketTimeoutException e) {
            throw fail(Kind.TIMEOUT, command, "the server took too long", e);
        } catch (IOException e) {
            // A server of TLS 1.3 refuses our side of the handshake only when we read for the first time.
            Kind kind = afterHandshake && e instanceof SSLException ? Kind.TLS : Kind.IO;
            throw fail(watch.expired() ? Kind.TIMEOUT : kind, command, words(e), e);
        } finally {
            watch.disarm();
        }
        afterHandshake = false;
        if (count < 0) {
            throw fail(Kind.IO, command, "the server closed the connection", null);
        }
        end += count;
    }

    // ---- writing

    /** Adds a line to what is sent next. */
    void writeLine(String command, String line) throws ClientFailureException {
        trace(false, line);
        byte[] octets = (line + "\r\n").getBytes(StandardCharsets.UTF_8);
        write(command, octets, 0, octets.length);
    }

    /** Adds octets to what is sent next. */
    void write(String command, byte[] octets, int offset, int length) throws ClientFailureException {
        if (length > output.length - outputCount) {
            flush(command);
        }
        if (length >= output.length) {
            send(command, octets, offset, length);
            return;
        }
        System.arraycopy(octets, offset, output, outputCount, length);
        outputCount += length;
    }

    void flush(String command) throws ClientFailureException {
        int count = outputCount;
        outputCount = 0;
        send(command, output, 0, count);
    }

    private void send(String command, byte[] octets, int offset, int length) throws ClientFailureException {
        if (length == 0) {
            return;
        }
        if (sessionDeadline - timing.nanoTime() <= 0) {
            throw fail(Kind.TIMEOUT, command, "the session took too long", null);
        }
        watch.arm(limits.writeStall());
        try {
            out.write(octets, offset, length);
            out.flush();
        } catch (IOException e) {
            throw watch.expired()
                    ? fail(Kind.TIMEOUT, command, "the server doesn't read", e)
                    : fail(Kind.IO, command, words(e), e);
        } finally {
            watch.disarm();
        }
    }

    private void trace(boolean received, String text) {
        if (events.traces(level)) {
            events.trace(received, level, text);
        } else if (level == TraceLevel.TRACEAUTH && events.traces(TraceLevel.TRACE)) {
            events.trace(received, TraceLevel.TRACE, "***");
        }
    }

    /** Cuts the connection off. For any thread. */
    void close() {
        lost = true;
        watch.close();
        try {
            // Not the TLS socket, whose close may wait for the server.
            transport.close();
        } catch (IOException e) {
            events.trace(false, TraceLevel.TRACE, "close: " + words(e));
        }
    }
}
