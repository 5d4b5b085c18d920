package org.moxmail.store;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.moxmail.message.MessageContent;
import org.moxmail.message.mailbox.Outcome;
import org.moxmail.message.mailbox.Spool;
import org.moxmail.store.kv.KvException;

/**
 * A handle on an open account, as one session has it. Safe for many threads; closed once by who opened it. The account
 * itself stays open as long as there are handles, and a while longer.
 *
 * <p>All methods throw {@link StoreException} when the account is unavailable.
 */
public final class Account implements AutoCloseable {
    private final OpenAccount open;
    private final Runnable release;
    private final long origin;
    private final AtomicBoolean closed = new AtomicBoolean();

    Account(OpenAccount open, Runnable release) {
        this.open = open;
        this.release = release;
        origin = open.feed().newOrigin();
    }

    private OpenAccount open() {
        if (closed.get()) {
            throw new StoreException("a handle on account " + open.name() + " is closed");
        }
        return open;
    }

    public String name() {
        return open.name();
    }

    /** Runs {@code work} on a consistent snapshot. The work is short and touches no socket. */
    public <T> T read(ReadWork<T> work) throws IOException {
        return open().readMail(work);
    }

    /**
     * Runs {@code work} alone among the account's writes, on a thread of the store. May run it again; it has no effects
     * outside the view. On return all of it is durable and published; when the work throws, none of it happened and the
     * exception is passed on. The caller may be interrupted: the wait goes on to its end, and the interrupt stays set.
     */
    public <T> T write(WriteWork<T> work) throws IOException {
        return open().write(origin, work);
    }

    /** A cursor over everything that is committed after this call. The caller closes it. */
    public ChangeCursor changes() {
        return open().feed().open(origin);
    }

    /**
     * The octets of a message, prefix included. There for as long as some cursor hasn't acknowledged the message's
     * removal. The caller closes it.
     *
     * @throws java.io.FileNotFoundException when it is gone
     */
    public MessageContent content(long messageId) throws IOException {
        return open().content(messageId);
    }

    /** A place for an incoming message of this account. The caller closes it. */
    public Spool spool() throws IOException {
        long bytesId = open().nextBytesId();
        return new SpooledMessage(open.options(), open.bytes().file(bytesId), open, bytesId, true);
    }

    /** Octets that one message may have, RFC 7889. */
    public long appendLimit() {
        return open.options().limits().messageBytes();
    }

    /**
     * Delivers a message that was spooled here or with {@link Store#spool}; the same spool can be delivered to several
     * accounts. On return it is durable and published, as nobody's own write. Refused with {@code OVER_QUOTA} or {@code
     * LIMIT}.
     */
    public Outcome<Delivered> deliver(Spool message, DeliveryRequest request) throws IOException {
        return Delivery.deliver(open(), MailWriter.spooled(message), request);
    }

    /**
     * Copies the account, as it is at some moment during the call, to an empty directory; what never changes is linked
     * rather than copied. The copy is an account's directory.
     */
    public void backup(Path directory) throws IOException {
        Backup.run(open(), directory);
    }

    /** Writes every message to a plain file, {@code <mailbox>/<uid>.eml}, for leaving. */
    public void export(Path directory, Progress progress) throws IOException {
        Backup.export(this, open().options().files(), directory, progress);
    }

    /** Checks that everything stored agrees with everything else; lists what doesn't. */
    public List<Finding> verify() throws IOException {
        return verify(Progress.NONE);
    }

    /** The same, which takes minutes when there are millions of messages. */
    public List<Finding> verify(Progress progress) throws IOException {
        return Verify.check(open(), progress);
    }

    /**
     * Writes all tables as lines of text, for another engine; files of larger messages are plain already. Nobody may write
     * meanwhile. {@link Store#load} reads it.
     */
    public void dump(Writer out, Progress progress) throws IOException {
        try {
            Dump.write(open().kv(), out, progress);
        } catch (KvException e) {
            throw new StoreException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release.run();
        }
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
