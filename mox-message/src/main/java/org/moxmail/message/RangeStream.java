package org.moxmail.message;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** A range of a message's octets. */
final class RangeStream extends InputStream {
    private final MessageContent content;
    private final byte[] single = new byte[1];
    private long at;
    private final long end;

    RangeStream(MessageContent content, long from, long to) {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("range from " + from + " to " + to);
        }
        this.content = content;
        this.at = from;
        this.end = to;
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
        int count = (int) Math.min(length, end - at);
        if (count == 0) {
            return -1;
        }
        int read = content.read(at, into, offset, count);
        if (read > 0) {
            at += read;
        }
        return read;
    }

    @Override
    public long skip(long count) {
        long skipped = Math.max(0, Math.min(count, end - at));
        at += skipped;
        return skipped;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, end - at);
    }
}
