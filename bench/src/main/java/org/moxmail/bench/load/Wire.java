package org.moxmail.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A connection to a server, with a buffer in front. For one thread. */
final class Wire implements AutoCloseable {
    private static final int TAIL = 1024;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer;
    private int at;
    private int end;

    /** @param bufferSize in octets, for what comes in; at least a kilobyte */
    Wire(Target target, int number, int bufferSize) throws IOException {
        socket = target.connect(number);
        in = socket.getInputStream();
        out = socket.getOutputStream();
        buffer = new byte[Math.max(2 * TAIL, bufferSize)];
    }

    void send(byte[] octets) throws IOException {
        out.write(octets);
    }

    void send(byte[] octets, int length) throws IOException {
        out.write(octets, 0, length);
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The next line without its end. */
    String line() throws IOException {
        int from = nextLine();
        return new String(buffer, from, at - from, StandardCharsets.UTF_8).stripTrailing();
    }

    /** Reads a line and returns where in the buffer it begins; it ends before {@code at}. */
    private int nextLine() throws IOException {
        int look = at;
        while (true) {
            for (; look < end; look++) {
                if (buffer[look] == '\n') {
                    int from = at;
                    at = look + 1;
                    return from;
                }
            }
            if (at > 0) {
                System.arraycopy(buffer, at, buffer, 0, end - at);
                end -= at;
                look -= at;
                at = 0;
            }
            if (end == buffer.length) {
                throw new IOException("a line of more than " + buffer.length + " octets");
            }
            fill();
        }
    }

    private void fill() throws IOException {
        int read = in.read(buffer, end, buffer.length - end);
        if (read < 0) {
            throw new EOFException("the server closed the connection");
        }
        end += read;
    }

    /** Reads an SMTP reply of any number of lines, which has to have a code. */
    void expect(int code) throws IOException {
        while (true) {
            int from = nextLine();
            boolean right = at - from >= 4
                    && buffer[from] - '0' == code / 100
                    && buffer[from + 1] - '0' == code / 10 % 10
                    && buffer[from + 2] - '0' == code % 10;
            if (!right) {
                throw new IOException("expected " + code + ", got "
                        + new String(buffer, from, at - from, StandardCharsets.UTF_8).strip());
            }
            if (buffer[from + 3] != '-') {
                return;
            }
        }
    }

    /**
     * Reads to the tagged end of a command's answer, without looking at what comes before it. The server must have nothing
     * else to say behind it.
     *
     * @param tag of the command, unlike anything in messages
     * @return octets of the answer
     */
    long skipTagged(String tag) throws IOException {
        byte[] start = (tag + " ").getBytes(StandardCharsets.US_ASCII);
        long octets = 0;
        while (true) {
            octets += end - at;
            int line = lastLine();
            if (line >= 0 && startsWith(line, start)) {
                String result = new String(buffer, line, end - line, StandardCharsets.UTF_8).strip();
                at = end;
                if (!result.startsWith(tag + " OK")) {
                    throw new IOException("refused: " + result);
                }
                return octets;
            }
            int kept = Math.min(TAIL, end);
            System.arraycopy(buffer, end - kept, buffer, 0, kept);
            at = kept;
            end = kept;
            fill();
        }
    }

    /** Where the last line begins, when what was read ends with a whole line; else less than 0. */
    private int lastLine() {
        if (end < 2 || buffer[end - 1] != '\n') {
            return -1;
        }
        int from = end - 2;
        while (from >= 0 && buffer[from] != '\n') {
            from--;
        }
        return from + 1;
    }

    private boolean startsWith(int from, byte[] start) {
        return Arrays.equals(buffer, from, Math.min(end, from + start.length), start, 0, start.length);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
