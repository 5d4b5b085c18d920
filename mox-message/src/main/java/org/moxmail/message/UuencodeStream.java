package org.moxmail.message;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Decodes uuencode: what stands between the lines {@code begin MODE NAME} and {@code end}. */
final class UuencodeStream extends DecodedStream {
    /** Longest line: a length, 63 octets in 84 characters, and a checksum some add. */
    private static final int MAX_LINE = 1000;

    private final InputStream in;
    private final byte[] buffer = new byte[8192];
    private int at;
    private int end;
    private boolean begun;
    private boolean ended;
    private boolean damaged;
    private byte[] ready = new byte[0];
    private int readyAt;
    private final byte[] single = new byte[1];

    UuencodeStream(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        while (readyAt == ready.length) {
            if (ended || !line()) {
                damaged |= !ended;
                return -1;
            }
        }
        int count = Math.min(length, ready.length - readyAt);
        System.arraycopy(ready, readyAt, into, offset, count);
        readyAt += count;
        return count;
    }

    private boolean line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int octet = next();
        if (octet < 0) {
            return false;
        }
        while (octet >= 0 && octet != '\n') {
            if (octet != '\r' && line.size() < MAX_LINE) {
                line.write(octet);
            }
            octet = next();
        }
        decode(line.toByteArray());
        return true;
    }

    private int next() throws IOException {
        if (at == end) {
            int read = in.read(buffer, 0, buffer.length);
            if (read <= 0) {
                return -1;
            }
            at = 0;
            end = read;
        }
        return buffer[at++] & 0xff;
    }

    private void decode(byte[] line) {
        ready = new byte[0];
        readyAt = 0;
        String text = HeaderText.decode(line, 0, Math.min(line.length, 6));
        if (!begun) {
            begun = text.startsWith("begin ");
            return;
        }
        if (text.stripTrailing().equals("end")) {
            ended = true;
            return;
        }
        if (line.length == 0) {
            return;
        }
        int length = line[0] - ' ' & 0x3f;
        byte[] octets = new byte[length];
        int bits = 0;
        int count = 0;
        int to = 0;
        for (int i = 1; i < line.length && to < length; i++) {
            bits = bits << 6 | line[i] - ' ' & 0x3f;
            count += 6;
            if (count >= 8) {
                count -= 8;
                octets[to++] = (byte) (bits >> count);
            }
        }
        if (to < length) {
            // Blanks at the end of lines get lost; they stand for zeros.
            damaged = true;
        }
        ready = octets;
    }

    @Override
    public boolean damaged() {
        return damaged;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
