package org.moxmail.dkim;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes the octets of a message as they stream by, so that verifying needs no second look at the body. How they are cut into
 * pieces makes no difference. The header is kept, up to its limit; of the body only the hashes that its signatures name, which
 * is why such a message can be verified, but not signed.
 *
 * <p>For one thread at a time.
 */
public final class SignedMessageFeed {
    private final DkimLimits limits;
    private byte[] head = new byte[4096];
    private int length;
    private int lineStart;
    private @Nullable SignedMessage message;
    private boolean finished;

    /** A feed for one message. */
    public SignedMessageFeed(DkimLimits limits) {
        this.limits = limits;
    }

    /** Takes the next octets. */
    public void feed(byte[] octets, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, octets.length);
        if (finished) {
            throw new IllegalStateException("finished");
        }
        int at = offset;
        int end = offset + count;
        while (message == null && at < end) {
            int piece = Math.min(end - at, 8192);
            append(octets, at, piece);
            at += piece;
            look();
        }
        if (message != null && at < end) {
            message.hashes().update(octets, at, end - at);
        }
    }

    private void append(byte[] octets, int from, int count) {
        if (head.length - length < count) {
            head = Arrays.copyOf(head, Math.max(2 * head.length, length + count));
        }
        System.arraycopy(octets, from, head, length, count);
        length += count;
    }

    /** Looks whether the header is complete; what is behind it is body. */
    private void look() {
        int end = HeaderBlock.find(head, lineStart, length);
        if (end >= 0 && end <= limits.headerOctets()) {
            SignedMessage read = SignedMessage.streaming(head, end, false, limits);
            read.hashes().update(head, end, length - end);
            message = read;
        } else if (length > limits.headerOctets()) {
            message = SignedMessage.streaming(head, 0, true, limits);
        } else {
            int start = length;
            while (start > lineStart && head[start - 1] != '\n') {
                start--;
            }
            lineStart = start;
        }
    }

    /** Takes it that the message is complete. */
    public SignedMessage finish() {
        if (finished) {
            throw new IllegalStateException("finished");
        }
        finished = true;
        SignedMessage read = message;
        if (read == null) {
            // RFC 5322 §3.5: a message may have no body, nor the empty line.
            read = SignedMessage.streaming(head, length, false, limits);
        }
        read.endBody();
        head = new byte[0];
        return read;
    }
}
