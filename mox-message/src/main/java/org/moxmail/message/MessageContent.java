package org.moxmail.message;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The octets of one message, readable at any position. The octets never change; the handle is closed by whoever opened
 * it. Not for use by several threads at once.
 */
public interface MessageContent extends AutoCloseable {
    /** How many octets there are. */
    long size();

    /**
     * Reads up to {@code length} octets from {@code position}.
     *
     * @return how many were read, at least 1 unless {@code length} is 0; -1 at or past the end
     */
    int read(long position, byte[] into, int offset, int length) throws IOException;

    /**
     * Writes the octets from {@code position} to {@code position + length} (both within the size) to {@code out}.
     */
    void writeTo(OutputStream out, long position, long length) throws IOException;

    @Override
    void close() throws IOException;

    /** The octets of an array, which isn't copied and must not change. Closing does nothing. */
    static MessageContent of(byte[] octets) {
        return new ArrayContent(octets);
    }
}
