package org.moxmail.imap;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;

/**
 * Reads a server's responses from a stream: first where a response ends, then what it says. Nothing a server sends makes it
 * keep more than the limits allow. For one thread; blocks as the stream does.
 */
public final class ResponseReader {
    /** Takes sections' octets as they come, so that they needn't fit in memory. */
    public interface LiteralSink {
        /**
         * Takes the octets of a section, a binary section or an RFC822 item. What isn't read is dropped.
         *
         * @param number the message's number
         * @param before the values that came before in the same response, perhaps its UID
         * @param value what the octets are of; without them
         * @param size how many there are
         * @param octets ends after them; valid during the call
         */
        void literal(long number, List<FetchValue> before, FetchValue value, long size, InputStream octets)
                throws IOException;
    }

    private static final int BUFFER = 16 * 1024;
    /** A frame larger than this isn't kept for the next response. */
    private static final int KEPT_FRAME = 1024 * 1024;

    private final InputStream in;
    private final ImapLimits limits;
    private final ResponseDecoder decoder;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;
    private byte[] frame = new byte[1024];
    private int length;

    /** @param in not closed here */
    public ResponseReader(InputStream in, ImapLimits limits) {
        this.in = in;
        this.limits = limits;
        this.decoder = new ResponseDecoder(limits);
    }

    /**
     * Reads the next response.
     *
     * @param sink where sections' octets go, or null to have them in the values
     * @throws EOFException when the server has closed
     * @throws ImapProtocolException when what came is no response, or beyond the limits
     */
    public ImapResponse read(MailboxEncoding encoding, @Nullable LiteralSink sink) throws IOException {
        length = 0;
        if (frame.length > KEPT_FRAME) {
            frame = new byte[BUFFER];
        }
        int literals = 0;
        Set<Integer> streamed = new HashSet<>();
        while (true) {
            int start = length;
            line();
            Fragmenter.Announcement literal = Fragmenter.announcement(frame, length, start);
            if (literal == null || ResponseDecoder.isText(frame, length)) {
                break;
            }
            if (++literals > limits.literals()) {
                throw new ImapProtocolException("a response with too many literals");
            }
            if (sink == null || !stream(literal, streamed, encoding, sink)) {
                keep(literal);
            }
        }
        try {
            return decoder.decode(Octets.of(frame, 0, length), encoding, streamed);
        } catch (SyntaxException e) {
            throw new ImapProtocolException("response: " + e.getMessage());
        }
    }

    private void keep(Fragmenter.Announcement literal) throws IOException {
        if (literal.size() > limits.literal() || literal.size() > limits.command() - length - 2) {
            throw new ImapProtocolException("a literal beyond the limits: " + literal.size() + " octets");
        }
        lineEnd();
        int left = (int) literal.size();
        while (left > 0) {
            need();
            int step = Math.min(left, end - at);
            append(step);
            left -= step;
        }
    }

    private void lineEnd() {
        room(2);
        frame[length++] = '\r';
        frame[length++] = '\n';
    }

    private boolean stream(
            Fragmenter.Announcement literal, Set<Integer> streamed, MailboxEncoding encoding, LiteralSink sink)
            throws IOException {
        Lexer lexer = new Lexer(frame, 0, length, encoding, limits.depth());
        FetchResponseParser parser = new FetchResponseParser(lexer, streamed, literal.start());
        long number;
        try {
            lexer.expect('*');
            lexer.sp();
            number = lexer.nzNumber();
            lexer.sp();
            if (!lexer.eatWord("FETCH")) {
                return false;
            }
            lexer.sp();
        } catch (SyntaxException e) {
            // No FETCH; whatever it is, its literal is kept and the decoder looks at it.
            return false;
        }
        FetchValue value = parser.pendingValue();
        if (value == null) {
            return false;
        }
        streamed.add(literal.start());
        lineEnd();
        Literal octets = new Literal(literal.size());
        sink.literal(number, List.copyOf(parser.before()), value, literal.size(), octets);
        octets.drain();
        return true;
    }

    /** How many octets were read from the stream and not yet used: none may be there when TLS starts. */
    public int buffered() {
        return end - at;
    }

    /** Octets kept of the response read last, what was streamed excluded. */
    public int kept() {
        return length;
    }

    private void line() throws IOException {
        int start = length;
        while (true) {
            need();
            int i = at;
            while (i < end && buffer[i] != '\n') {
                i++;
            }
            boolean complete = i < end;
            int count = i - at + (complete ? 1 : 0);
            if (length - start + count > limits.line() || length + count > limits.command()) {
                throw new ImapProtocolException("a line beyond the limits");
            }
            append(count);
            if (complete) {
                length--;
                if (length > start && frame[length - 1] == '\r') {
                    length--;
                }
                return;
            }
        }
    }

    private void need() throws IOException {
        if (at < end) {
            return;
        }
        int count = in.read(buffer, 0, BUFFER);
        if (count <= 0) {
            throw new EOFException("the server closed the connection");
        }
        at = 0;
        end = count;
    }

    private void append(int count) {
        room(count);
        System.arraycopy(buffer, at, frame, length, count);
        length += count;
        at += count;
    }

    private void room(int count) {
        if (frame.length - length < count) {
            frame = Arrays.copyOf(frame, Math.max(frame.length * 2, length + count));
        }
    }

    /** A literal's octets, straight from the server. */
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
            need();
            int step = (int) Math.min(left, Math.min(count, end - at));
            System.arraycopy(buffer, at, into, offset, step);
            at += step;
            left -= step;
            return step;
        }

        void drain() throws IOException {
            while (left > 0) {
                need();
                int step = (int) Math.min(left, end - at);
                at += step;
                left -= step;
            }
        }
    }
}
