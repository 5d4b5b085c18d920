package org.moxmail.store;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import org.moxmail.message.MessageContent;

/** The octets of a file. */
final class FileContent implements MessageContent {
    private static final int BUFFER = 64 << 10;

    private final StoreFiles.ReadableFile file;
    private final long size;

    FileContent(StoreFiles.ReadableFile file, long size) {
        this.file = file;
        this.size = size;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (position < 0) {
            throw new IllegalArgumentException("position " + position);
        }
        if (position >= size) {
            return -1;
        }
        int count = (int) Math.min(length, size - position);
        if (count == 0) {
            return 0;
        }
        int read = file.read(position, into, offset, count);
        if (read <= 0) {
            throw new EOFException("a message's file ends at " + position + " instead of " + size);
        }
        return read;
    }

    @Override
    public void writeTo(OutputStream out, long position, long length) throws IOException {
        Objects.checkFromIndexSize(position, length, size);
        byte[] buffer = new byte[(int) Math.min(BUFFER, length)];
        long at = position;
        long end = position + length;
        while (at < end) {
            int count = read(at, buffer, 0, (int) Math.min(buffer.length, end - at));
            out.write(buffer, 0, count);
            at += count;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
