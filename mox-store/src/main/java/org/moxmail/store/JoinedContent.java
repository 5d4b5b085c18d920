package org.moxmail.store;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import org.moxmail.message.MessageContent;

/** A prefix and the octets behind it, as one message. */
final class JoinedContent implements MessageContent {
    private final byte[] prefix;
    private final MessageContent rest;

    JoinedContent(byte[] prefix, MessageContent rest) {
        this.prefix = prefix;
        this.rest = rest;
    }

    @Override
    public long size() {
        return prefix.length + rest.size();
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (position < 0) {
            throw new IllegalArgumentException("position " + position);
        }
        if (position >= prefix.length) {
            return rest.read(position - prefix.length, into, offset, length);
        }
        int count = (int) Math.min(length, prefix.length - position);
        System.arraycopy(prefix, (int) position, into, offset, count);
        return count;
    }

    @Override
    public void writeTo(OutputStream out, long position, long length) throws IOException {
        Objects.checkFromIndexSize(position, length, size());
        long fromPrefix = Math.max(0, Math.min(length, prefix.length - position));
        if (fromPrefix > 0) {
            out.write(prefix, (int) position, (int) fromPrefix);
        }
        if (length > fromPrefix) {
            rest.writeTo(out, position + fromPrefix - prefix.length, length - fromPrefix);
        }
    }

    @Override
    public void close() throws IOException {
        rest.close();
    }
}
