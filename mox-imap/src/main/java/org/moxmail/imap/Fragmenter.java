package org.moxmail.imap;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;

/**
 * Finds where commands end, before anything else looks at them: a line, and for each literal that a line announces at its
 * end (RFC 9051 §4.3) that many octets and another line. So a command that turns out to be nonsense, or is larger than
 * the limits allow, never has its literals read as the next commands.
 *
 * <p>What is read is kept in memory, within the limits; except the messages of APPEND, which are recognised here and handed
 * over as streams. Lines end in CRLF; a bare LF is taken too, and told. For one thread; blocks as the stream does.
 */
public final class Fragmenter {
    /** Asks the peer to go on after it announced a synchronizing literal, RFC 9051 §7.6. */
    public interface ContinuationRequest {
        /** Writes {@code + ...} and flushes. */
        void send() throws IOException;
    }

    private static final int BUFFER = 8192;
    /** Enough for most commands. */
    private static final int SMALL = 256;

    /** What a frame starts with, and what is kept for the next one after a large one. */
    private static final int FRAME = 512;

    private static final int KEPT_FRAME = 16 * 1024;
    /** Longest announcement that makes sense: tilde, braces, 19 digits, plus. */
    private static final int ANNOUNCEMENT = 23;

    private final InputStream in;
    private final ImapLimits limits;
    private final ContinuationRequest continuation;
    /** Small while the peer sends little: a connection that waits is one of thousands. */
    private byte[] buffer = new byte[SMALL];

    private int at;
    private int end;
    /** More is likely to wait where the last read filled the buffer. */
    private boolean full;

    private byte[] frame = new byte[FRAME];
    private int length;
    private boolean bareLf;
    /** The message announced last, until its octets were taken or refused. */
    private @Nullable LiteralHeader announced;
    /** The stream of the message taken last, until the rest of the command was read. */
    private @Nullable Literal taken;

    /**
     * @param in not closed here
     * @param continuation called before a synchronizing literal is read
     */
    public Fragmenter(InputStream in, ImapLimits limits, ContinuationRequest continuation) {
        this.in = in;
        this.limits = limits;
        this.continuation = continuation;
    }

    /** Waits until there is at least one octet. False when the peer has closed its side. */
    public boolean await() throws IOException {
        return at < end || fill();
    }

    /**
     * Reads the next command; or, when the stream of {@link #literal} was read to its end, the rest of the APPEND.
     *
     * @throws IllegalStateException when an announced message was neither taken nor refused, or not read to its end
     */
    public Frame read() throws IOException {
        if (announced != null || taken != null && taken.left > 0) {
            throw new IllegalStateException("a message's octets weren't dealt with");
        }
        boolean rest = taken != null;
        taken = null;
        clear();
        int literals = 0;
        while (true) {
            int start = length;
            Frame bad = line();
            if (bad != null) {
                return bad;
            }
            Announcement literal = announcement(start);
            if (literal == null) {
                return new Frame.Whole(octets(), bareLf);
            }
            if (rest || startsMessage(literal.start)) {
                return message(literal);
            }
            if (++literals > limits.literals()
                    || literal.size > limits.literal()
                    || literal.size > limits.command() - length - 2) {
                // RFC 7888 §4: the octets of a non-synchronizing literal come in any case, so there is no way on.
                return new Frame.TooBig(octets(), "a literal beyond the limits", literal.synchronizing);
            }
            append('\r');
            append('\n');
            if (literal.synchronizing) {
                continuation.send();
            }
            if (!fill((int) literal.size)) {
                return new Frame.End(true);
            }
        }
    }

    /** Reads one line as it is, such as DONE or a line of an authentication exchange: Whole, TooBig or End. */
    public Frame readLine() throws IOException {
        clear();
        Frame bad = line();
        return bad != null ? bad : new Frame.Whole(octets(), bareLf);
    }

    /** Forgets the frame before; a connection that waits doesn't hold on to a large one. */
    private void clear() {
        length = 0;
        bareLf = false;
        if (frame.length > KEPT_FRAME) {
            frame = new byte[FRAME];
        }
    }

    private Octets octets() {
        return Octets.of(frame, 0, length);
    }

    private Frame message(Announcement literal) {
        boolean utf8 = literal.binary && length >= 6 && endsInUtf8List(literal.start);
        LiteralHeader header = new LiteralHeader(literal.size, literal.synchronizing, literal.binary, utf8);
        announced = header;
        return new Frame.Message(octets(), bareLf, header);
    }

    private boolean endsInUtf8List(int start) {
        String list = "UTF8 (";
        if (start < list.length()) {
            return false;
        }
        String before = Octets.of(frame, start - list.length(), start).text();
        return Grammar.upper(before).equals(list);
    }

    // Messages

    /**
     * Takes the octets of the message that {@link Frame.Message} announced, after asking for them where that is needed.
     * The stream reads from the peer: it ends after them and throws EOFException when the peer closes before. It must have
     * been read to its end, or {@link #skip} called, before the next read. Closing it does nothing.
     */
    public InputStream literal() throws IOException {
        LiteralHeader header = Objects.requireNonNull(announced, "no message was announced");
        announced = null;
        if (header.synchronizing()) {
            continuation.send();
        }
        Literal literal = new Literal(header.size());
        taken = literal;
        return literal;
    }

    /**
     * Refuses the announced octets and drops the rest of the command.
     *
     * @return false when the peer sends more than the limits allow to drop: the connection has to be closed
     */
    public boolean refuse() throws IOException {
        LiteralHeader header = Objects.requireNonNull(announced, "no message was announced");
        announced = null;
        // RFC 9051 §4.3: the client sends nothing more of a command whose synchronizing literal is refused.
        return header.synchronizing() || drop(header.size(), limits.discard());
    }

    /**
     * Drops the rest of an APPEND whose last literal was taken, and what wasn't read of the literal.
     *
     * @return false when the peer sends more than the limits allow to drop: the connection has to be closed
     */
    public boolean skip() throws IOException {
        Literal literal = Objects.requireNonNull(taken, "no message was taken");
        taken = null;
        return drop(literal.left, limits.discard());
    }

    /** Drops a literal's octets and the command's rest, within a budget of octets. */
    private boolean drop(long size, long budget) throws IOException {
        long literal = size;
        long left = budget;
        while (true) {
            if (literal > left || !discard(literal)) {
                return false;
            }
            left -= literal;
            length = 0;
            if (line() != null) {
                return false;
            }
            left -= length;
            Announcement next = announcement(0);
            if (next == null || next.synchronizing) {
                return left >= 0;
            }
            literal = next.size;
        }
    }

    private boolean discard(long count) throws IOException {
        long left = count;
        while (left > 0) {
            if (!await()) {
                return false;
            }
            int step = (int) Math.min(left, end - at);
            at += step;
            left -= step;
        }
        return true;
    }

    /** A message's octets, straight from the peer. */
    private final class Literal extends InputStream {
        private long left;

        Literal(long size) {
            left = size;
        }

        @Override
        public int read() throws IOException {
            if (left == 0) {
                return -1;
            }
            need();
            left--;
            return buffer[at++] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int count) throws IOException {
            Objects.checkFromIndexSize(offset, count, into.length);
            if (count == 0) {
                return 0;
            }
            if (left == 0) {
                return -1;
            }
            int wanted = (int) Math.min(left, count);
            int got;
            if (at == end && wanted >= BUFFER) {
                got = in.read(into, offset, wanted);
                if (got < 0) {
                    throw new EOFException("the peer closed within a literal");
                }
            } else {
                need();
                got = Math.min(wanted, end - at);
                System.arraycopy(buffer, at, into, offset, got);
                at += got;
            }
            left -= got;
            return got;
        }

        private void need() throws IOException {
            if (!await()) {
                throw new EOFException("the peer closed within a literal");
            }
        }

        @Override
        public int available() {
            return (int) Math.min(left, end - at);
        }
    }

    // Lines

    /** Appends a line without its end to the frame. Anything else than null ends the command. */
    private @Nullable Frame line() throws IOException {
        int start = length;
        while (true) {
            if (!await()) {
                return new Frame.End(length > 0);
            }
            int i = at;
            while (i < end && buffer[i] != '\n') {
                i++;
            }
            boolean complete = i < end;
            int count = i - at + (complete ? 1 : 0);
            if (length - start + count > limits.line() || length + count > limits.command()) {
                return tooLong(start);
            }
            append(buffer, at, count);
            at += count;
            if (complete) {
                length--;
                if (length > start && frame[length - 1] == '\r') {
                    length--;
                } else {
                    bareLf = true;
                }
                return null;
            }
        }
    }

    /**
     * Drops a line that is too long up to its end. As much of it as the limits allow goes to the frame, so that what is
     * told doesn't depend on how the octets came in.
     */
    private Frame tooLong(int start) throws IOException {
        int count = Math.min(limits.line() - (length - start), limits.command() - length);
        append(buffer, at, count);
        at += count;
        byte[] tail = new byte[ANNOUNCEMENT + 1];
        int kept = Math.min(tail.length, length - start);
        System.arraycopy(frame, length - kept, tail, 0, kept);
        long left = limits.discard();
        while (await()) {
            byte octet = buffer[at++];
            if (octet == '\n') {
                Announcement literal = announcement(tail, kept > 0 && tail[kept - 1] == '\r' ? kept - 1 : kept, 0);
                return tooLong(literal == null || literal.synchronizing);
            }
            if (--left < 0) {
                return tooLong(false);
            }
            if (kept == tail.length) {
                System.arraycopy(tail, 1, tail, 0, --kept);
            }
            tail[kept++] = octet;
        }
        return new Frame.End(true);
    }

    private Frame tooLong(boolean inStep) {
        return new Frame.TooBig(octets(), "a line beyond the limits", inStep);
    }

    /** What a line's end announces. */
    record Announcement(int start, long size, boolean synchronizing, boolean binary) {}

    private @Nullable Announcement announcement(int from) {
        return announcement(frame, length, from);
    }

    static @Nullable Announcement announcement(byte[] octets, int end, int from) {
        int i = end - 1;
        if (i < from || octets[i] != '}') {
            return null;
        }
        i--;
        boolean synchronizing = true;
        if (i >= from && octets[i] == '+') {
            synchronizing = false;
            i--;
        }
        int lastDigit = i;
        while (i >= from && octets[i] >= '0' && octets[i] <= '9') {
            i--;
        }
        if (i == lastDigit || i < from || octets[i] != '{') {
            return null;
        }
        long size = number(octets, i + 1, lastDigit + 1);
        boolean binary = i > from && octets[i - 1] == '~';
        return new Announcement(binary ? i - 1 : i, size, synchronizing, binary);
    }

    /** A number; one that is too large for the grammar is too large for every limit as well. */
    private static long number(byte[] octets, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            int digit = octets[i] - '0';
            if (number > (Long.MAX_VALUE - digit) / 10) {
                return Long.MAX_VALUE;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** Whether the frame up to {@code announcement} is an APPEND with its mailbox: then a message is announced. */
    private boolean startsMessage(int announcement) {
        Lexer lexer = new Lexer(frame, 0, announcement, MailboxEncoding.UTF8, 1);
        try {
            lexer.tag();
            lexer.sp();
            if (!lexer.eatWord("APPEND")) {
                return false;
            }
            lexer.sp();
            lexer.astring();
            return !lexer.atEnd();
        } catch (SyntaxException e) {
            // Whatever it is, it isn't an APPEND up to its message; the decoder will say what is wrong with it.
            return false;
        }
    }

    // Octets

    private boolean fill() throws IOException {
        int wanted = full ? BUFFER : SMALL;
        if (buffer.length != wanted) {
            buffer = new byte[wanted];
        }
        int count = in.read(buffer, 0, buffer.length);
        at = 0;
        end = Math.max(count, 0);
        full = end == buffer.length;
        return count > 0;
    }

    private boolean fill(int count) throws IOException {
        int left = count;
        while (left > 0) {
            if (!await()) {
                return false;
            }
            int step = Math.min(left, end - at);
            append(buffer, at, step);
            at += step;
            left -= step;
        }
        return true;
    }

    private void append(int octet) {
        room(1);
        frame[length++] = (byte) octet;
    }

    private void append(byte[] from, int offset, int count) {
        room(count);
        System.arraycopy(from, offset, frame, length, count);
        length += count;
    }

    private void room(int count) {
        if (frame.length - length < count) {
            frame = Arrays.copyOf(frame, Math.max(frame.length * 2, length + count));
        }
    }

    /** How many octets were read from the stream and not yet used. */
    public int buffered() {
        return end - at;
    }

    /** Takes those octets out, for the layer that starts here: TLS or COMPRESS. */
    public byte[] takeBuffered() {
        byte[] octets = Arrays.copyOfRange(buffer, at, end);
        at = end;
        return octets;
    }
}
