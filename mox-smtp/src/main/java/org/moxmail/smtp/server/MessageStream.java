package org.moxmail.smtp.server;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A message as it comes in by DATA or BDAT: dot-unstuffed, and bounded by the size limit. Read once, by the connection's
 * thread.
 */
public interface MessageStream {
    /**
     * Hands all octets on. Each {@link OutputStream#write(byte[], int, int)} gets a range of the engine's own read buffer,
     * valid during that call only; {@code write(int)} isn't used. Returns after the last octet.
     *
     * <p>Line feeds without carriage return are handed on as they are when the listener forgives them; making them CRLF is the
     * sink's task.
     *
     * @throws RefusedMessageException after the last octet, when the message must not be accepted: carriage returns alone,
     *     or line feeds alone next to a dot (smuggling), or more octets than allowed
     * @throws IOException when the connection broke, a deadline passed, the client gave up with RSET or QUIT between chunks,
     *     or {@code sink} threw it
     * @throws IllegalStateException when called a second time
     */
    void transferTo(OutputStream sink) throws IOException;

    /** Octets handed on so far. */
    long size();

    /** Whether a line feed without carriage return was among them. */
    boolean bareLf();

    /** Whether an octet above 127 was among them. */
    boolean eightBit();
}
