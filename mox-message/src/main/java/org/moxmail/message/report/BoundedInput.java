package org.moxmail.message.report;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Bounds what is read, in all and, for XML, between two {@code <}: the JDK's parser keeps a tag with its attributes in memory. The
 * octet of that sign is the same in all encodings that reports are in. Closing it leaves the source open.
 */
public final class BoundedInput extends FilterInputStream {
    /** A limit was reached. */
    public static final class Exceeded extends IOException {
        private static final long serialVersionUID = 1L;

        Exceeded(String message) {
            super(message);
        }
    }

    private final long most;
    private final String what;
    private final int mostBetween;
    private long count;
    private long lastSign;

    /**
     * Bounds the whole.
     *
     * @param most octets
     * @param what they are, for {@link Exceeded}
     */
    public BoundedInput(InputStream in, long most, String what) {
        this(in, most, what, 0);
    }

    /**
     * Bounds the whole, and what is between two signs.
     *
     * @param most octets
     * @param what they are, for {@link Exceeded}
     * @param mostBetween octets between two {@code <}
     */
    public BoundedInput(InputStream in, long most, String what, int mostBetween) {
        super(in);
        this.most = most;
        this.what = what;
        this.mostBetween = mostBetween;
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
            if (mostBetween > 0) {
                look(into, offset, got);
            }
            count += got;
            if (count > most) {
                throw new Exceeded("more than " + most + " octets of " + what);
            }
        }
        return got;
    }

    private void look(byte[] octets, int offset, int length) throws Exceeded {
        for (int i = 0; i < length; i++) {
            if (octets[offset + i] == '<') {
                lastSign = count + i;
            } else if (count + i - lastSign > mostBetween) {
                throw new Exceeded("more than " + mostBetween + " octets of one text or tag");
            }
        }
    }

    @Override
    public long skip(long octets) throws IOException {
        return Math.max(0, read(new byte[(int) Math.min(Math.max(octets, 0), 4096)]));
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
