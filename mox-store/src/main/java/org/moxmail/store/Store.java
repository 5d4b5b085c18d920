package org.moxmail.store;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.moxmail.message.mailbox.Spool;
import org.moxmail.store.kv.KvException;

/**
 * The accounts under one data directory, which this process has for itself. Safe for many threads.
 *
 * <p>Layout: {@code accounts/<name>/db} has an account's tables and {@code accounts/<name>/msg} the files of its larger
 * messages, {@code databases/<name>} the server's own tables, {@code tmp} spools and what is being removed.
 */
public final class Store implements AutoCloseable {
    private static final String ACCOUNTS = "accounts";
    private static final String DATABASES = "databases";
    private static final String TEMPORARY = "tmp";
    /** In the directory of an account that is to be removed. */
    private static final String REMOVED = "removed";
    /** Most characters of an account's or database's name. */
    private static final int MAX_NAME = 200;

    private final Path directory;
    private final StoreOptions options;
    private final Closeable held;
    private final Accounts accounts;
    private final AtomicLong temporaries = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Database> databases = new HashMap<>();
    private final Set<String> openingDatabases = new HashSet<>();
    private boolean closed;

    private Store(Path directory, StoreOptions options, Closeable held) {
        this.directory = directory;
        this.options = options;
        this.held = held;
        accounts = new Accounts(options, this::accountDirectory, this::discard);
    }

    /**
     * Takes the data directory, makes what is missing in it, and clears away what a crash left.
     *
     * @throws DataDirectoryException when another process has it or it can't be written
     */
    public static Store open(Path dataDirectory, StoreOptions options) throws IOException {
        StoreFiles files = options.files();
        Closeable held;
        try {
            files.createDirectories(dataDirectory);
            held = files.lock(dataDirectory);
        } catch (DataDirectoryException e) {
            throw e;
        } catch (IOException e) {
            throw new DataDirectoryException(
                    "the data directory " + dataDirectory + " can't be used: " + e.getMessage(), e);
        }
        boolean good = false;
        try {
            Store store = new Store(dataDirectory, options, held);
            files.createDirectories(dataDirectory.resolve(ACCOUNTS));
            files.createDirectories(dataDirectory.resolve(DATABASES));
            files.createDirectories(dataDirectory.resolve(TEMPORARY));
            store.sweep();
            good = true;
            return store;
        } finally {
            if (!good) {
                held.close();
            }
        }
    }

    /** Deletes what a crash left in the temporary directory, and accounts whose removal it interrupted. */
    private void sweep() throws IOException {
        for (Path left : options.files().list(directory.resolve(TEMPORARY))) {
            deleteTree(left);
        }
        for (String name : accounts()) {
            if (options.files().size(accountDirectory(name).resolve(REMOVED)) >= 0) {
                discard(name);
            }
        }
    }

    private void deleteTree(Path path) throws IOException {
        if (options.files().isDirectory(path)) {
            for (Path inner : options.files().list(path)) {
                deleteTree(inner);
            }
        }
        options.files().delete(path);
    }

    private Path accountDirectory(String account) {
        return directory.resolve(ACCOUNTS).resolve(checked(account));
    }

    private static String checked(String name) {
        boolean good = !name.isEmpty() && name.length() <= MAX_NAME && name.charAt(0) != '.';
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            good &= c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || ".-_+@".indexOf(c) >= 0
                    || c >= 0xa0;
        }
        if (!good) {
            throw new IllegalArgumentException("not a name of an account or database: " + name);
        }
        return name;
    }

    /** Whether there is such an account on disk. */
    public boolean exists(String account) throws IOException {
        return options.files().isDirectory(accountDirectory(account)) && !accounts.removed(account);
    }

    /** Names of the accounts on disk, sorted. */
    public List<String> accounts() throws IOException {
        List<String> names = new ArrayList<>();
        for (Path path : options.files().list(directory.resolve(ACCOUNTS))) {
            Path name = path.getFileName();
            if (name != null && !accounts.removed(name.toString())) {
                names.add(name.toString());
            }
        }
        names.sort(null);
        return names;
    }

    /**
     * A handle on an account, which is opened, and made with its first mailboxes, when needed. The caller closes it.
     *
     * @param account a name that can be a directory's: letters, digits and {@code . - _ + @} and what isn't ASCII, no
     *     leading dot
     * @throws StoreException when it is being removed or is damaged
     */
    public Account account(String account) throws IOException {
        return accounts.open(checked(account));
    }

    /**
     * Removes an account: it can't be opened any more from now on, and its octets go when the last handle is closed.
     * False when there is none.
     */
    public boolean remove(String account) throws IOException {
        if (!exists(account)) {
            return false;
        }
        Path mark = accountDirectory(account).resolve(REMOVED);
        try (StoreFiles.NewFile file = options.files().create(mark)) {
            file.sync();
        } catch (FileAlreadyExistsException e) {
            // Asked for twice; once is enough.
            return false;
        }
        options.files().syncDirectory(accountDirectory(account));
        accounts.remove(account);
        return true;
    }

    /** Takes the directory of an account that nobody has open out of the way, and deletes it. */
    private void discard(String account) throws IOException {
        Path from = accountDirectory(account);
        Path to = directory.resolve(TEMPORARY).resolve("removed-" + temporaries.incrementAndGet());
        options.files().rename(from, to);
        options.engine().renamed(from, to);
        options.files().syncDirectory(directory.resolve(ACCOUNTS));
        deleteTree(to);
    }

    /**
     * Makes an account from what {@link Account#dump} wrote.
     *
     * @param messages the directory with the account's message files
     * @throws IOException also when there is such an account
     */
    public void load(String account, BufferedReader dump, Path messages, Progress progress) throws IOException {
        Path to = accountDirectory(account);
        if (options.files().isDirectory(to)) {
            throw new FileAlreadyExistsException(to.toString());
        }
        // Aside first, so that an incomplete account is never opened.
        Path aside = directory.resolve(TEMPORARY).resolve("load-" + temporaries.incrementAndGet());
        Backup.load(options, dump, messages, aside, progress);
        options.files().rename(aside, to);
        options.engine().renamed(aside, to);
        options.files().syncDirectory(directory.resolve(ACCOUNTS));
    }

    /** A place for an incoming message that may go to several accounts. The caller closes it. */
    public Spool spool() throws IOException {
        return new SpooledMessage(options, temporary(), null, 0, true);
    }

    /**
     * The same for a message whose octets are kept as they are, bare LFs too: one declared as BINARYMIME, RFC 3030 §3. The
     * caller closes it.
     */
    public Spool binarySpool() throws IOException {
        return new SpooledMessage(options, temporary(), null, 0, false);
    }

    private Path temporary() {
        return directory.resolve(TEMPORARY).resolve("spool-" + temporaries.incrementAndGet());
    }

    /**
     * Tables of the server's own, in an environment of their own with its own group commits. One database of a name at a
     * time.
     *
     * @param name as an account's
     * @param tables all that it has
     */
    public Database database(String name, List<Table<?>> tables) throws IOException {
        Path tablesDirectory = directory.resolve(DATABASES).resolve(checked(name));
        lock.lock();
        try {
            if (closed) {
                throw new StoreException("the store is closed");
            }
            if (databases.containsKey(name) || !openingDatabases.add(name)) {
                throw new IllegalStateException("database " + name + " is open already");
            }
        } finally {
            lock.unlock();
        }
        Database opened = null;
        try {
            options.files().createDirectories(tablesDirectory);
            opened = new Database(name, options.engine().open(tablesDirectory), tables, options, () -> forget(name));
            return opened;
        } catch (KvException e) {
            throw new StoreException(String.valueOf(e.getMessage()), e);
        } finally {
            lock.lock();
            try {
                openingDatabases.remove(name);
                if (opened != null) {
                    databases.put(name, opened);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private void forget(String database) {
        lock.lock();
        try {
            databases.remove(database);
        } finally {
            lock.unlock();
        }
    }

    /** Closes every account and database and lets the data directory go. Handles that are still open are dead. */
    @Override
    public void close() throws IOException {
        List<Database> open;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            open = List.copyOf(databases.values());
        } finally {
            lock.unlock();
        }
        try (held) {
            open.forEach(Database::close);
            accounts.close();
        }
    }
}
