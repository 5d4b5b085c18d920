package org.moxmail.imap;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Finds where commands end. */
public final class Fragmenter {
    /** Asks the peer to go on after it announced a synchronizing literal, RFC 9051 §7.6. */
    public interface ContinuationRequest {
        /** Writes {@code + ...} and flushes. */
        void send() throws IOException;
    }

    public Fragmenter(InputStream in, ImapLimits limits, ContinuationRequest continuation) {
    }

    /** Waits until there is at least one octet. False when the peer has closed its side. */
    public boolean await() throws IOException {
        return false;
    }

    /** Reads the next command, or after {@link #literal}'s stream was read to its end the rest of the APPEND. */
    public Frame read() throws IOException {
        return new Frame.End(false);
    }

    /**
     * Takes the octets of the message that {@link Frame.Message} announced, after asking for them where that is needed.
     * The stream ends after them, throws EOFException when the peer closes before, and must have been read to its end
     * (or {@link #skip} called) before the next read.
     */
    public InputStream literal() throws IOException {
        throw new EOFException();
    }

    /**
     * Refuses the announced octets and drops the rest of the command.
     *
     * @return false when the peer sends more than the limits allow to drop: the connection has to be closed
     */
    public boolean refuse() throws IOException {
        return false;
    }

    /**
     * Drops the rest of an APPEND whose last literal was taken, and of the literal itself if it wasn't read to its end.
     *
     * @return false when the peer sends more than the limits allow to drop: the connection has to be closed
     */
    public boolean skip() throws IOException {
        return false;
    }

    /**
     * Reads one line as it is, such as DONE or a line of an authentication exchange, without its end.
     */
    public Frame readLine() throws IOException {
        return new Frame.End(false);
    }

    /** How many octets were read from the stream and not yet used; before TLS starts there must be none (RFC 9051 §6.2.1). */
    public int buffered() {
        return 0;
    }

    /** Takes those octets out, for COMPRESS. */
    public byte[] takeBuffered() {
        return new byte[0];
    }
}
