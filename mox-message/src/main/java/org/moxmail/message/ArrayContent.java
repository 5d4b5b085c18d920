package org.moxmail.message;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/** A message that is in memory. */
final class ArrayContent implements MessageContent {
    private final byte[] octets;

    ArrayContent(byte[] octets) {
        this.octets = octets;
    }

    @Override
    public long size() {
        return octets.length;
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (position < 0) {
            throw new IllegalArgumentException("position " + position);
        }
        if (position >= octets.length) {
            return -1;
        }
        int count = (int) Math.min(length, octets.length - position);
        System.arraycopy(octets, (int) position, into, offset, count);
        return count;
    }

    @Override
    public void writeTo(OutputStream out, long position, long length) throws IOException {
        Objects.checkFromIndexSize(position, length, octets.length);
        out.write(octets, (int) position, (int) length);
    }

    @Override
    public void close() {}
}
