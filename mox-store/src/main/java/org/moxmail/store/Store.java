package org.moxmail.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.moxmail.message.mailbox.Spool;

/**
 * The accounts under one data directory, which this process has for itself. Safe for many threads.
 */
public final class Store implements AutoCloseable {
    Store() {}

    /**
     * Takes the data directory, makes what is missing in it, and clears away what a crash left.
     *
     * @throws DataDirectoryException when another process has it or it can't be written
     */
    public static Store open(Path dataDirectory, StoreOptions options) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Whether there is such an account on disk. */
    public boolean exists(String account) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Names of the accounts on disk, sorted. */
    public List<String> accounts() throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * A handle on an account, which is opened, and made with its first mailboxes, when needed. The caller closes it.
     *
     * @param account a name that can be a directory's: letters, digits and {@code . - _ + @} and what isn't ASCII, no
     *     leading dot
     * @throws StoreException when it is being removed or is damaged
     */
    public Account account(String account) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Removes an account: it can't be opened any more from now on, and its octets go when the last handle is closed.
     * False when there is none.
     */
    public boolean remove(String account) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** A place for an incoming message that may go to several accounts. The caller closes it. */
    public Spool spool() throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Tables of the server's own, in an environment of their own with its own group commits. One database of a name at a
     * time.
     *
     * @param name as an account's
     * @param tables all that it has
     */
    public Database database(String name, List<Table<?>> tables) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Closes every account and database and lets the data directory go. Handles that are still open are dead. */
    @Override
    public void close() throws IOException {
        throw new UnsupportedOperationException();
    }
}
