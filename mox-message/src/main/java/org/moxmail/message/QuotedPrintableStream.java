package org.moxmail.message;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * Decodes quoted-printable, RFC 2045 §6.7: blanks at the end of a line are dropped, line ends stay as they are. What isn't
 * valid, such as an {@code =} without two hexadecimal digits, stays as it is (§6.7, note on robust implementations).
 */
final class QuotedPrintableStream extends DecodedStream {
    /** Blanks held back at most; more at the end of a line is no mail. */
    private static final int MAX_BLANKS = 4096;

    private final InputStream in;
    private final byte[] buffer = new byte[8192];
    private int at;
    private int end;
    private boolean damaged;
    private final byte[] single = new byte[1];

    /** Octets decoded and not yet taken. */
    private final byte[] ready = new byte[MAX_BLANKS + 16];

    private int readyAt;
    private int readyEnd;

    QuotedPrintableStream(InputStream in) {
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
        int to = offset;
        int limit = offset + length;
        while (to < limit) {
            if (readyAt < readyEnd) {
                int count = Math.min(limit - to, readyEnd - readyAt);
                System.arraycopy(ready, readyAt, into, to, count);
                readyAt += count;
                to += count;
                continue;
            }
            int octet = next();
            if (octet < 0) {
                break;
            }
            if (octet == '=') {
                readyAt = 0;
                readyEnd = 0;
                escape();
            } else if (octet == ' ' || octet == '\t') {
                readyAt = 0;
                readyEnd = 0;
                blanks(octet);
            } else {
                into[to++] = (byte) octet;
            }
        }
        return to == offset ? -1 : to - offset;
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

    private int peek() throws IOException {
        int octet = next();
        if (octet >= 0) {
            at--;
        }
        return octet;
    }

    private void put(int octet) {
        ready[readyEnd++] = (byte) octet;
    }

    /** Blanks: dropped when the line ends behind them. */
    private void blanks(int first) throws IOException {
        put(first);
        while (readyEnd < MAX_BLANKS) {
            int octet = peek();
            if (octet == ' ' || octet == '\t') {
                put(next());
                continue;
            }
            if (octet == '\r' || octet == '\n' || octet < 0) {
                readyEnd = 0;
            }
            return;
        }
    }

    private void escape() throws IOException {
        int first = next();
        if (first < 0) {
            damaged = true;
            return;
        }
        int high = Character.digit(first, 16);
        if (high >= 0) {
            int second = peek();
            int low = second < 0 ? -1 : Character.digit(second, 16);
            if (low >= 0) {
                next();
                put(high << 4 | low);
                return;
            }
            damaged = true;
            put('=');
            put(first);
            return;
        }
        softLineEnd(first);
    }

    /** A soft line end, behind which a broken transport may have put blanks. */
    private void softLineEnd(int first) throws IOException {
        int octet = first;
        int from = readyEnd;
        put('=');
        while (octet == ' ' || octet == '\t') {
            put(octet);
            if (readyEnd >= MAX_BLANKS) {
                damaged = true;
                return;
            }
            octet = next();
        }
        if (octet == '\n' || octet < 0) {
            readyEnd = from;
        } else if (octet == '\r') {
            if (peek() == '\n') {
                next();
                readyEnd = from;
            } else {
                damaged = true;
                put('\r');
            }
        } else {
            damaged = true;
            if (octet == '=') {
                at--;
            } else {
                put(octet);
            }
        }
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
