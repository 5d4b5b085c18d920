package org.moxmail.server.delivery;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Passes octets on, and remembers whether it was the disk that failed rather than the peer. */
final class SpoolSink extends OutputStream {
    private final OutputStream out;
    private @Nullable IOException failure;

    SpoolSink(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        try {
            out.write(octets, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            out.close();
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** What the disk said, or null. */
    @Nullable
    IOException failure() {
        return failure;
    }
}
