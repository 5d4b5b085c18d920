package org.moxmail.imap.server;

import java.io.IOException;
import java.util.Set;
import org.moxmail.message.MessageContent;
import org.moxmail.message.mailbox.Spool;

/**
 * One account's mail as one session sees it. Safe for the session's threads; closed once, when the session ends.
 *
 * <p>Instants and work: no call may wait for the peer, and none is made while bytes go to or come from it.
 */
public interface AccountMail extends AutoCloseable {
    /** Runs {@code work} on a consistent snapshot. The work is short and touches no socket. */
    <T> T read(ReadWork<T> work) throws IOException;

    /**
     * Runs {@code work} alone among the account's writes. May run it again; it has no effects outside the view. On return
     * all of it is durable and published; when the work throws, none of it happened.
     */
    <T> T write(WriteWork<T> work) throws IOException;

    /** A cursor over everything that is committed after this call. The caller closes it. */
    ChangeCursor changes();

    /**
     * The octets of a message. There for as long as a cursor of this session hasn't acknowledged the message's removal.
     *
     * @throws java.io.FileNotFoundException when it is gone
     */
    MessageContent content(long messageId) throws IOException;

    /** A place for an incoming message. The caller closes it. */
    Spool spool() throws IOException;

    /** Octets that one message may have, RFC 7889; {@link Long#MAX_VALUE} for no limit. */
    long appendLimit();

    /** Whether something failed for want of space, which the client is told as it is told of a quota. */
    default boolean isFull(IOException failure) {
        return false;
    }

    /** Capabilities, in upper case, that this account doesn't get. */
    default Set<String> disabledCapabilities() {
        return Set.of();
    }

    @Override
    void close();

    /** Work on a snapshot. */
    interface ReadWork<T> {
        T run(ReadView view) throws IOException;
    }

    /** Work that changes something. */
    interface WriteWork<T> {
        T run(WriteView view) throws IOException;
    }
}
