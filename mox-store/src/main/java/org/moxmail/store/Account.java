package org.moxmail.store;

import java.io.IOException;
import org.moxmail.message.MessageContent;
import org.moxmail.message.mailbox.Outcome;
import org.moxmail.message.mailbox.Spool;

/**
 * A handle on an open account, as one session has it. Safe for many threads; closed once by who opened it. The account
 * itself stays open as long as there are handles, and a while longer.
 *
 * <p>All methods throw {@link StoreException} when the account is unavailable.
 */
public final class Account implements AutoCloseable {
    Account() {}

    public String name() {
        throw new UnsupportedOperationException();
    }

    /** Runs {@code work} on a consistent snapshot. The work is short and touches no socket. */
    public <T> T read(ReadWork<T> work) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Runs {@code work} alone among the account's writes, on a thread of the store. May run it again; it has no effects
     * outside the view. On return all of it is durable and published; when the work throws, none of it happened and the
     * exception is passed on. The caller may be interrupted: the wait goes on to its end, and the interrupt stays set.
     */
    public <T> T write(WriteWork<T> work) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** A cursor over everything that is committed after this call. The caller closes it. */
    public ChangeCursor changes() {
        throw new UnsupportedOperationException();
    }

    /**
     * The octets of a message, prefix included. There for as long as some cursor hasn't acknowledged the message's
     * removal. The caller closes it.
     *
     * @throws java.io.FileNotFoundException when it is gone
     */
    public MessageContent content(long messageId) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** A place for an incoming message of this account. The caller closes it. */
    public Spool spool() throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Octets that one message may have, RFC 7889. */
    public long appendLimit() {
        throw new UnsupportedOperationException();
    }

    /**
     * Delivers a message that was spooled here or with {@link Store#spool}; the same spool can be delivered to several
     * accounts. On return it is durable and published. Refused with {@code OVER_QUOTA} or {@code LIMIT}.
     */
    public Outcome<Delivered> deliver(Spool message, DeliveryRequest request) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    /** Work on a snapshot. */
    @FunctionalInterface
    public interface ReadWork<T> {
        T run(MailReader view) throws IOException;
    }

    /** Work that changes something. */
    @FunctionalInterface
    public interface WriteWork<T> {
        T run(MailWriter view) throws IOException;
    }
}
