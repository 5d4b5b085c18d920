package org.moxmail.imap.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Assertions;
import org.moxmail.imap.ImapLimits;

/**
 * A server that knows its lines, in the client's own thread: when the client reads and nothing is left for it, what it wrote
 * must be what the script has next. Script lines start with {@code C: } or {@code S: } and end in CRLF, or with
 * {@code c: } or {@code s: } and have no line end; in them, {@code \r} and {@code \n} stand for CR and LF.
 */
final class ScriptedServer {
    private final Deque<String> script = new ArrayDeque<>();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private byte[] pending = new byte[0];
    private int at;
    private boolean closed;

    ScriptedServer(String text) {
        text.lines().filter(line -> !line.isBlank()).forEach(script::add);
    }

    ImapStreams connection() {
        return new ImapStreams(new In(), new Out(), () -> closed = true);
    }

    ImapClient client() throws IOException {
        return new ImapClient(connection(), ImapLimits.CLIENT);
    }

    boolean closed() {
        return closed;
    }

    /** All was said. */
    void finished() {
        Assertions.assertEquals("", written.toString(StandardCharsets.UTF_8), "written beyond the script");
        Assertions.assertTrue(script.isEmpty(), () -> "not reached: " + script);
        Assertions.assertEquals(pending.length, at, "not read");
    }

    private void advance() {
        StringBuilder expected = new StringBuilder();
        while (!script.isEmpty()
                && script.getFirst().toLowerCase(java.util.Locale.ROOT).startsWith("c: ")) {
            expected.append(octets(script.removeFirst()));
        }
        Assertions.assertEquals(expected.toString(), written.toString(StandardCharsets.UTF_8));
        written.reset();
        StringBuilder said = new StringBuilder();
        while (!script.isEmpty()
                && script.getFirst().toLowerCase(java.util.Locale.ROOT).startsWith("s: ")) {
            said.append(octets(script.removeFirst()));
        }
        pending = said.toString().getBytes(StandardCharsets.UTF_8);
        at = 0;
    }

    private static String octets(String line) {
        String text = line.substring(3).replace("\\r", "\r").replace("\\n", "\n");
        return Character.isUpperCase(line.charAt(0)) ? text + "\r\n" : text;
    }

    private final class In extends InputStream {
        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (at == pending.length) {
                advance();
            }
            int count = Math.min(length, pending.length - at);
            if (count == 0) {
                return -1;
            }
            System.arraycopy(pending, at, into, offset, count);
            at += count;
            return count;
        }
    }

    private final class Out extends OutputStream {
        @Override
        public void write(int octet) {
            written.write(octet);
        }

        @Override
        public void write(byte[] octets, int offset, int length) {
            written.write(octets, offset, length);
        }
    }
}
