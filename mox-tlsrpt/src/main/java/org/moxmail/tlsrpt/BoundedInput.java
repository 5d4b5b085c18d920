package org.moxmail.tlsrpt;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Bounds what is read. */
final class BoundedInput extends FilterInputStream {
    /** A limit was reached. */
    static final class Exceeded extends IOException {
        private static final long serialVersionUID = 1L;

        Exceeded(String message) {
            super(message);
        }
    }

    private final long most;
    private final String what;
    private long count;

    BoundedInput(InputStream in, long most, String what) {
        super(in);
        this.most = most;
        this.what = what;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int got = in.read(into, offset, length);
        if (got > 0) {
            count += got;
            if (count > most) {
                throw new Exceeded("more than " + most + " octets of " + what);
            }
        }
        return got;
    }

    @Override
    public long skip(long octets) throws IOException {
        return Math.max(0, read(new byte[(int) Math.clamp(octets, 0L, 4096L)]));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() {
        // The source belongs to whoever opened it.
    }
}
