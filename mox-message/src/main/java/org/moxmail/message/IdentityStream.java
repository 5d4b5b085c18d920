package org.moxmail.message;

import java.io.IOException;
import java.io.InputStream;

/** Octets that aren't encoded. */
final class IdentityStream extends DecodedStream {
    private final InputStream in;

    IdentityStream(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        return in.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        return in.read(into, offset, length);
    }

    @Override
    public boolean damaged() {
        return false;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
