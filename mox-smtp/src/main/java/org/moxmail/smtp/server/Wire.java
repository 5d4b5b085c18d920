package org.moxmail.smtp.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.moxmail.smtp.SmtpReply;
import org.moxmail.smtp.server.SmtpEvents.TraceLevel;

/**
 * The octets of a connection: one read buffer, in which lines are found and data is un-stuffed, and one write buffer, which
 * is flushed whenever a read would block (RFC 2920 §3.2). Both are small while commands are awaited, since that is what most
 * connections do most of the time. Every read and write is bounded in time. For the connection's thread, except for what is
 * said to be for any.
 *
 * <p>The right to write belongs to the connection's thread, unless it waits for a command: then another may take it, once and
 * for good, to say that the connection ends. The blocked reader couldn't: what wakes it makes a TLS socket unusable.
 */
final class Wire {
    /** What was read when a line was asked for. */
    enum LineKind {
        /** A line with its CRLF. */
        LINE,
        /** More octets than allowed without a line end; they are still there. */
        TOO_LONG,
        /** A line that ended in LF alone, RFC 5321 §2.3.8. */
        BARE_LF,
        /** A line that isn't UTF-8; the text has a char for each octet. */
        NOT_UTF8
    }

    record Line(LineKind kind, String text) {}

    /** Whose the right to write is. */
    private enum Turn {
        /** The connection's thread, which carries out a command. */
        BUSY,
        /** The connection's thread, which waits for a command: anybody may take it. */
        WAITING,
        /** Somebody has taken it. */
        TAKEN
    }

    /** For a message, to begin with: most fit. */
    private static final int MESSAGE_BUFFER = 8 * 1024;
    /** For a message that fills the buffer with each read. */
    private static final int LARGE_MESSAGE_BUFFER = 64 * 1024;

    /** Replies to some commands that came together. */
    private static final int OUT_BUFFER = 512;
    /** Replies are held back only so far. */
    private static final int LARGE_OUT_BUFFER = 8 * 1024;

    /** In slow mode the rest of a reply goes at once when so little is left of the time for the write. */
    private static final Duration SLOW_RESERVE = Duration.ofSeconds(5);

    /** The watchdog comes after the read timeout, which leaves a chance to say 421. */
    private static final long GRACE_NANOS = Duration.ofSeconds(10).toNanos();

    private static final Duration LINGER = Duration.ofSeconds(2);

    private final SmtpServer server;
    private final SmtpPeer peer;
    private final Socket transport;
    private final WriteWatchdog.Watch watch;
    private final long sessionDeadline;
    private Socket socket;
    private InputStream in;
    private OutputStream out;

    /** What was read and not used yet is from {@code start} to {@code end}. */
    byte[] buffer;

    private final byte[] commandBuffer;

    int start;
    int end;

    private boolean messageComes;
    private byte[] output = new byte[OUT_BUFFER];
    private int outputCount;
    private boolean slow;
    private boolean broken;
    private TraceLevel level = TraceLevel.TRACE;

    private final AtomicReference<Turn> turn = new AtomicReference<>(Turn.BUSY);
    private final CountDownLatch parted = new CountDownLatch(1);
    private volatile long waitingSince;
    private volatile boolean finishing;

    Wire(SmtpServer server, Socket socket, Socket transport, SmtpPeer peer) throws IOException {
        this.server = server;
        this.peer = peer;
        this.transport = transport;
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
        this.commandBuffer = new byte[server.limits.commandLine()];
        this.buffer = commandBuffer;
        this.sessionDeadline =
                server.timing.nanoTime() + server.limits.sessionTotal().toNanos();
        this.watch = server.watchdog.watch(transport);
    }

    // ---- for any thread

    /** How long the peer has been awaited. */
    Duration idle() {
        return turn.get() == Turn.WAITING
                ? Duration.ofNanos(Math.max(0, server.timing.nanoTime() - waitingSince))
                : Duration.ZERO;
    }

    /**
     * Asks for the end: at once with {@code parting} when a command is awaited, else when the connection's thread asks for the
     * next. May wait as long as any write does.
     */
    void finish(SmtpReply parting) {
        finishing = true;
        if (turn.compareAndSet(Turn.WAITING, Turn.TAKEN)) {
            try {
                part(parting);
            } finally {
                parted.countDown();
            }
        }
    }

    private void part(SmtpReply parting) {
        String text = parting.print();
        trace(false, text.stripTrailing());
        watch.arm(server.limits.writeStall());
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
            socket.shutdownOutput();
            // Wakes the reading thread.
            transport.shutdownInput();
        } catch (IOException e) {
            cut();
        }
    }

    void cut() {
        try {
            transport.close();
        } catch (IOException e) {
            broken = true;
        }
    }

    // ---- for the connection's thread

    /** Whether the peer was told the end by another thread, so that nothing more can be said. */
    boolean parted() {
        return turn.get() == Turn.TAKEN;
    }

    /** Whether nothing more can be read from or written to the peer. */
    boolean broken() {
        return broken;
    }

    void slow(boolean on) {
        slow = on;
    }

    void level(TraceLevel of) {
        level = of;
    }

    /** The TLS session in use, null in plaintext. */
    @Nullable
    SSLSession tls() {
        return socket instanceof SSLSocket ssl ? ssl.getSession() : null;
    }

    int buffered() {
        return end - start;
    }

    /** Goes on over TLS; nothing may be buffered. */
    void upgrade(TlsUpgrade upgrade) throws IOException, InterruptedException {
        if (buffered() > 0) {
            throw new IllegalStateException("data before the handshake");
        }
        flush();
        socket.setSoTimeout((int) server.limits.handshake().toMillis());
        watch.arm(server.limits.handshake());
        try {
            socket = upgrade.upgrade(socket);
            in = socket.getInputStream();
            out = socket.getOutputStream();
        } catch (IOException e) {
            broken = true;
            throw e;
        } finally {
            watch.disarm();
        }
    }

    /**
     * Waits for a command.
     *
     * @throws FinishingException when the connection is asked to end
     */
    Line readCommand() throws IOException, InterruptedException {
        if (finishing) {
            throw new FinishingException();
        }
        Line line;
        try {
            line = readLine(server.limits.commandLine(), true);
        } catch (IOException e) {
            takeTurn();
            throw e;
        }
        takeTurn();
        return line;
    }

    /** The wait is over. */
    private void takeTurn() throws FinishingException {
        if (!turn.compareAndSet(Turn.WAITING, Turn.BUSY) && parted()) {
            throw new FinishingException();
        }
    }

    /** Makes room for the octets of a message, until {@link #messageEnds}. */
    void messageBegins() {
        messageComes = true;
        if (buffer.length < MESSAGE_BUFFER) {
            moveTo(new byte[MESSAGE_BUFFER]);
        }
    }

    /** Gives up room that commands don't need. */
    void messageEnds() {
        messageComes = false;
        if (buffered() <= commandBuffer.length) {
            moveTo(commandBuffer);
        }
    }

    private void moveTo(byte[] next) {
        System.arraycopy(buffer, start, next, 0, buffered());
        end -= start;
        start = 0;
        buffer = next;
    }

    /** Reads a line of an AUTH exchange. */
    Line readAuthLine() throws IOException, InterruptedException {
        if (buffer.length < server.limits.authLine()) {
            moveTo(new byte[server.limits.authLine()]);
        }
        return readLine(server.limits.authLine(), false);
    }

    private Line readLine(int max, boolean command) throws IOException, InterruptedException {
        long deadline = server.timing.nanoTime() + server.limits.commandWait().toNanos();
        int scanned = start;
        while (true) {
            for (; scanned < end; scanned++) {
                if (buffer[scanned] == '\n') {
                    return scanned - start + 1 > max ? new Line(LineKind.TOO_LONG, "") : take(scanned);
                }
            }
            if (end - start >= max) {
                return new Line(LineKind.TOO_LONG, "");
            }
            int before = start;
            fill(deadline, command);
            scanned -= before - start;
        }
    }

    private Line take(int lineFeed) {
        int from = start;
        start = lineFeed + 1;
        boolean crlf = lineFeed > from && buffer[lineFeed - 1] == '\r';
        int length = lineFeed - from - (crlf ? 1 : 0);
        LineKind kind = crlf ? LineKind.LINE : LineKind.BARE_LF;
        if (isAscii(from, from + length)) {
            return new Line(kind, new String(buffer, from, length, StandardCharsets.ISO_8859_1));
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(buffer, from, length))
                    .toString();
        } catch (CharacterCodingException e) {
            text = new String(buffer, from, length, StandardCharsets.ISO_8859_1);
            kind = crlf ? LineKind.NOT_UTF8 : kind;
        }
        return new Line(kind, text);
    }

    private boolean isAscii(int from, int to) {
        int ored = 0;
        for (int i = from; i < to; i++) {
            ored |= buffer[i];
        }
        return ored >= 0;
    }

    void traceReceived(String text) {
        trace(true, text);
    }

    void traceSent(String text) {
        trace(false, text);
    }

    private void trace(boolean received, String text) {
        if (level == TraceLevel.TRACE || server.events.traces(level)) {
            if (server.events.traces(level)) {
                server.events.trace(peer, received, level, text);
            }
        } else if (level == TraceLevel.TRACEAUTH && server.events.traces(TraceLevel.TRACE)) {
            server.events.trace(peer, received, TraceLevel.TRACE, "***");
        }
    }

    /**
     * Reads more, flushing first. Afterwards there is at least one octet more, perhaps at another place in the buffer.
     *
     * @param deadline in the clock's nanoseconds
     */
    void fill(long deadline) throws IOException, InterruptedException {
        fill(deadline, false);
    }

    private void fill(long deadline, boolean command) throws IOException, InterruptedException {
        flush();
        if (slow) {
            server.timing.sleep(server.limits.slowPause());
        }
        if (start == end) {
            // A read that filled the buffer left more to come.
            if (messageComes && end == buffer.length && end < LARGE_MESSAGE_BUFFER) {
                buffer = new byte[Math.min(LARGE_MESSAGE_BUFFER, 2 * end)];
            }
            start = 0;
            end = 0;
        } else if (end == buffer.length) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (command) {
            waitingSince = server.timing.nanoTime();
            turn.compareAndSet(Turn.BUSY, Turn.WAITING);
            if (finishing) {
                throw new FinishingException();
            }
        }
        read(deadline);
    }

    private void read(long deadline) throws IOException {
        long left = Math.min(deadline, sessionDeadline) - server.timing.nanoTime();
        if (left <= 0) {
            throw new WireTimeoutException();
        }
        int count;
        try {
            socket.setSoTimeout((int) Math.max(1, Math.min(Integer.MAX_VALUE, left / 1_000_000)));
            watch.arm(left + GRACE_NANOS);
            count = in.read(buffer, end, buffer.length - end);
        } catch (SocketTimeoutException e) {
            throw new WireTimeoutException();
        } catch (IOException e) {
            broken = true;
            throw finishing ? new FinishingException() : e;
        } finally {
            watch.disarm();
        }
        if (count < 0) {
            if (finishing) {
                throw new FinishingException();
            }
            broken = true;
            throw new EOFException("the peer closed the connection");
        }
        if (level == TraceLevel.TRACEDATA && server.events.traces(level)) {
            trace(true, new String(buffer, end, count, StandardCharsets.ISO_8859_1));
        }
        end += count;
    }

    /** Adds a reply to the write buffer. */
    void write(SmtpReply reply) throws IOException, InterruptedException {
        String text = reply.print();
        if (server.events.traces(TraceLevel.TRACE)) {
            for (String line : text.split("\r\n")) {
                trace(false, line);
            }
        }
        write(text);
    }

    void write(String text) throws IOException, InterruptedException {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        int at = 0;
        while (at < octets.length) {
            if (outputCount == output.length) {
                makeRoom(octets.length - at);
            }
            int count = Math.min(octets.length - at, output.length - outputCount);
            System.arraycopy(octets, at, output, outputCount, count);
            outputCount += count;
            at += count;
        }
    }

    private void makeRoom(int needed) throws IOException, InterruptedException {
        if (output.length < LARGE_OUT_BUFFER) {
            output = Arrays.copyOf(
                    output, Math.min(LARGE_OUT_BUFFER, Math.max(2 * output.length, outputCount + needed)));
        } else {
            flush();
        }
    }

    void flush() throws IOException, InterruptedException {
        if (outputCount == 0) {
            return;
        }
        int count = outputCount;
        outputCount = 0;
        int sent = slow ? drip(count) : 0;
        send(sent, count - sent);
        if (output.length > OUT_BUFFER) {
            output = new byte[OUT_BUFFER];
        }
    }

    /** Sends octet by octet as long as there is time. */
    private int drip(int count) throws IOException, InterruptedException {
        SmtpLimits limits = server.limits;
        long until = server.timing.nanoTime()
                + limits.writeStall().minus(SLOW_RESERVE).toNanos();
        int sent = 0;
        while (sent < count && until - server.timing.nanoTime() > 0) {
            send(sent, 1);
            sent++;
            server.timing.sleep(limits.slowPause());
        }
        return sent;
    }

    private void send(int offset, int length) throws IOException {
        if (length == 0) {
            return;
        }
        watch.arm(server.limits.writeStall());
        try {
            out.write(output, offset, length);
            out.flush();
        } catch (IOException e) {
            broken = true;
            throw watch.expired() ? new WireTimeoutException() : e;
        } finally {
            watch.disarm();
        }
    }

    /** A deadline so far away. */
    long deadline(Duration wait) {
        return server.timing.nanoTime() + wait.toNanos();
    }

    /**
     * Ends the connection; what is in the write buffer is sent if possible.
     *
     * @param unreadInput the peer may have sent what nobody read
     */
    void close(boolean unreadInput) {
        try (watch) {
            if (parted()) {
                parted.await();
            } else if (!broken) {
                flush();
                watch.arm(server.limits.writeStall());
                // Only the notice that we are done: closing a TLS socket would wait for the peer's.
                socket.shutdownOutput();
            }
            if (!broken && unreadInput && !(transport instanceof SSLSocket)) {
                linger();
            }
        } catch (IOException e) {
            broken = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            cut();
        }
    }

    /** Closing with unread input would reset the connection, and our last reply might be lost with it. */
    private void linger() throws IOException {
        if (!socket.equals(transport)) {
            transport.shutdownOutput();
        }
        socket = transport;
        in = transport.getInputStream();
        level = TraceLevel.TRACE;
        long deadline = Math.min(deadline(LINGER), sessionDeadline);
        try {
            while (true) {
                start = 0;
                end = 0;
                read(deadline);
            }
        } catch (EOFException | WireTimeoutException | FinishingException e) {
            broken = true;
        }
    }
}
