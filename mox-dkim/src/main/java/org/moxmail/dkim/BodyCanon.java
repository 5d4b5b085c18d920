package org.moxmail.dkim;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings a body into canonical form as it streams by, RFC 6376 §3.4.3 and §3.4.4, and gives it to the hashes that want it. How
 * the body is cut into pieces makes no difference; memory doesn't grow with it.
 */
abstract sealed class BodyCanon permits SimpleBody, RelaxedBody {
    private static final byte[] LINE_ENDS = lineEnds(128);
    private static final int BUFFER = 1024;

    /** A digest of the first so many octets. */
    private static final class Sink {
        private final MessageDigest digest;
        private long left;

        Sink(MessageDigest digest, long left) {
            this.digest = digest;
            this.left = left;
        }

        void update(byte[] octets, int offset, int count) {
            int wanted = (int) Math.min(count, left);
            if (wanted > 0) {
                digest.update(octets, offset, wanted);
                left -= wanted;
            }
        }
    }

    private final List<Sink> sinks = new ArrayList<>(1);
    private final byte[] buffer = new byte[BUFFER];
    private int buffered;
    private long length;

    static BodyCanon of(Canonicalization canonicalization) {
        return canonicalization == Canonicalization.SIMPLE ? new SimpleBody() : new RelaxedBody();
    }

    private static byte[] lineEnds(int count) {
        byte[] octets = new byte[2 * count];
        for (int i = 0; i < octets.length; i += 2) {
            octets[i] = '\r';
            octets[i + 1] = '\n';
        }
        return octets;
    }

    /** Has the first octets of the canonical body hashed. */
    void hash(MessageDigest digest, long limit) {
        sinks.add(new Sink(digest, limit));
    }

    /** Takes a piece of the body. */
    abstract void update(byte[] octets, int offset, int count);

    /** Takes it that the body is complete. */
    final void finish() {
        end();
        flush();
    }

    abstract void end();

    /** Octets of the canonical body; known once it is complete. */
    final long length() {
        return length;
    }

    final void emit(byte[] octets, int offset, int count) {
        length += count;
        if (count > BUFFER - buffered) {
            flush();
        }
        if (count >= BUFFER) {
            send(octets, offset, count);
        } else {
            System.arraycopy(octets, offset, buffer, buffered, count);
            buffered += count;
        }
    }

    final void emit(int octet) {
        if (buffered == BUFFER) {
            flush();
        }
        buffer[buffered++] = (byte) octet;
        length++;
    }

    final void emitLineEnds(long count) {
        for (long left = 2 * count; left > 0; left -= LINE_ENDS.length) {
            emit(LINE_ENDS, 0, (int) Math.min(left, LINE_ENDS.length));
        }
    }

    private void flush() {
        send(buffer, 0, buffered);
        buffered = 0;
    }

    private void send(byte[] octets, int offset, int count) {
        for (Sink sink : sinks) {
            sink.update(octets, offset, count);
        }
    }
}
