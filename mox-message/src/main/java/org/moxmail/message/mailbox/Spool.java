package org.moxmail.message.mailbox;

import java.io.IOException;
import java.io.OutputStream;
import org.moxmail.message.MessageContent;
import org.moxmail.message.Part;

/**
 * A message on its way in: octets are written once, parsed while they pass, and kept when a write names the spool.
 * Whoever opened it closes it; closing drops what no message took over. One thread at a time.
 */
public interface Spool extends AutoCloseable {
    /**
     * Where the octets go. Bare LFs become CRLF on the way. Closing the stream ends the message; what is needed to make it
     * durable outside the account's own commit happens then.
     *
     * @throws IllegalStateException when called a second time
     */
    OutputStream out();

    /** Octets so far, after line ends were mended. */
    long size();

    /** The parse; the stream must have been closed. */
    Part structure();

    /** The octets, readable once the stream was closed. The caller closes it. */
    MessageContent content() throws IOException;

    @Override
    void close() throws IOException;
}
