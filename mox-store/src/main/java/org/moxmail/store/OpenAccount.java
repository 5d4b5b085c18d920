package org.moxmail.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.MessageContent;
import org.moxmail.message.mailbox.Commit;
import org.moxmail.message.mailbox.UidSet;
import org.moxmail.store.kv.KvCursor;
import org.moxmail.store.kv.KvException;
import org.moxmail.store.kv.KvStore;
import org.moxmail.store.kv.KvWrite;

/** An account that is open, shared by all handles on it. */
final class OpenAccount {
    static final String TABLES = "db";
    static final String MESSAGES = "msg";

    private final String name;
    private final StoreOptions options;
    private final KvStore kv;
    private final MessageBytes bytes;
    private final Committer committer;
    private final IndexFilling filling;
    private final Eraser eraser;
    private final ChangeFeed feed;
    private final RowCache.OfAccount rows;
    private final ReentrantLock lock = new ReentrantLock();
    /** Bytes ids of spools that may have a file which no row names yet. */
    private final TreeSet<Long> spools = new TreeSet<>();
    /** Directories in which files were deleted whose deletion isn't durable yet. */
    private final Set<Path> unsynced = new HashSet<>();

    private boolean closed;
    /** Of the transaction that runs; only for the thread that runs it. */
    private @Nullable PendingRows pending;

    private long nextBytesId;
    private long sweptBelow;

    private OpenAccount(String name, Path directory, KvStore kv, StoreOptions options, RowCache.OfAccount rows)
            throws IOException {
        this.name = name;
        this.rows = rows;
        this.options = options;
        this.kv = kv;
        bytes = new MessageBytes(directory.resolve(MESSAGES), options.files());
        committer = new Committer(name, kv, options, this::settle);
        filling = new IndexFilling(name, kv, committer, Tables.DECLARED, options);
        eraser = new Eraser(this, options);
        filling.begin();
        AccountState state = begin();
        sweptBelow = state.sweptBelow;
        feed = new ChangeFeed(options, state.lastModSeq, eraser::start);
        recover();
    }

    static OpenAccount open(String name, Path directory, StoreOptions options, RowCache cache) throws IOException {
        options.files().createDirectories(directory.resolve(TABLES));
        options.files().createDirectories(directory.resolve(MESSAGES));
        KvStore kv;
        try {
            kv = options.engine().open(directory.resolve(TABLES));
        } catch (KvException e) {
            throw new StoreException(String.valueOf(e.getMessage()), e);
        }
        boolean good = false;
        try {
            OpenAccount account = new OpenAccount(name, directory, kv, options, cache.account());
            good = true;
            account.eraser.start();
            return account;
        } finally {
            if (!good) {
                kv.close();
            }
        }
    }

    /** The account's state; a new account gets one, and its first mailboxes. */
    private AccountState begin() throws IOException {
        Optional<AccountState> state = read(tx -> tx.get(Tables.STATE, Key.of(1)));
        if (state.isPresent()) {
            return state.get();
        }
        return committer.write(transaction -> {
            Tx tx = new Tx(transaction);
            AccountState fresh = new AccountState();
            // By the clock, so that an account which is removed and made again doesn't repeat a value.
            fresh.nextUidValidity = Math.max(1, options.timing().instant().getEpochSecond() & UidSet.MAX >>> 1);
            tx.insert(Tables.STATE, fresh);
            AccountTx account = new AccountTx(pending(transaction), options.limits(), now());
            MailWriter writer = new MailWriter(this, account);
            for (StoreOptions.InitialMailbox mailbox : options.initialMailboxes()) {
                writer.create(mailbox.name(), mailbox.uses());
            }
            return account.state();
        });
    }

    private long now() {
        return options.timing().millis();
    }

    /** Finds the next free bytes id and deletes files that a crash left without a row. */
    private void recover() throws IOException {
        long last = Math.max(lastId(Tables.BYTES.number()), lastId(Tables.DOOMED));
        List<Path> directories = options.files().list(bytes.directory());
        for (Path directory : directories) {
            if (MessageBytes.mayHold(directory, sweptBelow)) {
                for (Path file : options.files().list(directory)) {
                    long id = MessageBytes.id(file);
                    last = Math.max(last, id);
                    if (id >= sweptBelow && !named(id)) {
                        options.files().delete(file);
                        unsynced.add(directory);
                    }
                }
            }
        }
        nextBytesId = Math.max(last + 1, sweptBelow);
    }

    boolean named(long bytesId) throws IOException {
        return read(tx -> tx.has(Tables.BYTES, Key.of(bytesId))
                || tx.kv().get(Tables.DOOMED, Key.of(bytesId).octets()) != null);
    }

    private long lastId(int table) throws IOException {
        return read(tx -> {
            try (KvCursor cursor = tx.kv().descend(table, Key.EMPTY.octets(), null)) {
                return cursor.next() ? new RowReader(cursor.key()).u64() : 0;
            }
        });
    }

    String name() {
        return name;
    }

    StoreOptions options() {
        return options;
    }

    MessageBytes bytes() {
        return bytes;
    }

    ChangeFeed feed() {
        return feed;
    }

    boolean available() {
        return kv.available();
    }

    KvStore kv() {
        return kv;
    }

    Committer committer() {
        return committer;
    }

    Eraser eraser() {
        return eraser;
    }

    /** A name for octets that was never used; until {@link #spoolClosed} its file may be without a row. */
    long nextBytesId() {
        lock.lock();
        try {
            long id = nextBytesId++;
            spools.add(id);
            return id;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Deletes a file that no row came to name. Not after the account was closed: it may be open again as another, which
     * swept the file and uses its name for something else.
     */
    void deleteSpooled(Path file) throws IOException {
        boolean over;
        lock.lock();
        try {
            over = closed;
        } finally {
            lock.unlock();
        }
        if (!over) {
            options.files().delete(file);
        }
    }

    /** A spool's file is gone or named by a row. */
    void spoolClosed(long bytesId, boolean deleted) {
        lock.lock();
        try {
            spools.remove(bytesId);
            if (deleted) {
                unsynced.add(bytes.directory(bytesId));
            }
        } finally {
            lock.unlock();
        }
    }

    <T> T read(Database.ReadWork<T> work) throws IOException {
        try {
            return kv.read(snapshot -> work.run(new ReadTx(snapshot)));
        } catch (KvException e) {
            throw new StoreException(String.valueOf(e.getMessage()), e);
        }
    }

    <T> T readMail(Account.ReadWork<T> work) throws IOException {
        RowCache.Reading reading = rows.reading();
        return read(tx -> work.run(new MailReader(tx, options.limits(), reading)));
    }

    /** A write that nobody is told of. */
    <T> T background(Database.WriteWork<T> work) throws IOException {
        return committer.write(transaction -> work.run(alone(transaction)));
    }

    /** The rows that the writes of a transaction share. */
    private PendingRows pending(KvWrite transaction) {
        PendingRows rows = pending;
        if (rows == null || !rows.areOf(transaction)) {
            rows = new PendingRows(new Tx(transaction));
            pending = rows;
        }
        return rows;
    }

    /** The tables, for work that finds and leaves all rows in them. */
    private Tx alone(KvWrite transaction) {
        settle(transaction);
        return new Tx(transaction);
    }

    /** Writes what is pending in a transaction. */
    private void settle(KvWrite transaction) {
        PendingRows rows = pending;
        pending = null;
        if (rows != null && rows.areOf(transaction)) {
            rows.flush();
        }
    }

    <T> T write(long origin, Account.WriteWork<T> work) throws IOException {
        Write<T> write = new Write<>(origin, work);
        boolean known = false;
        try {
            T result = committer.write(write);
            known = true;
            return result;
        } finally {
            if (!known) {
                rows.forget();
            }
            // When the store broke during the commit, the rows may be there: only the next opening knows.
            if (!known && !kv.available()) {
                write.taken.forEach(placed -> placed.taken = true);
            }
        }
    }

    private final class Write<T> implements Committer.Job<T> {
        private final long origin;
        private final Account.WriteWork<T> work;
        private List<SpooledMessage.Placed> taken = List.of();
        private @Nullable Commit commit;
        private boolean removed;

        Write(long origin, Account.WriteWork<T> work) {
            this.origin = origin;
            this.work = work;
        }

        @Override
        public T run(KvWrite transaction) throws IOException {
            AccountTx account = new AccountTx(pending(transaction), options.limits(), now());
            T result = work.run(new MailWriter(OpenAccount.this, account));
            taken = account.taken();
            commit = account.commit(origin);
            removed = account.removed();
            return result;
        }

        @Override
        public void committed() {
            taken.forEach(placed -> placed.taken = true);
            Commit told = commit;
            if (told != null) {
                if (removed) {
                    feed.removed(told.modSeq());
                }
                feed.publish(told);
            }
            if (removed) {
                eraser.start();
            }
        }
    }

    MessageContent content(long messageId) throws IOException {
        record Found(DetailsRow details, BytesRow bytes, byte @Nullable [] octets) {}
        Found found = read(tx -> {
            DetailsRow details = tx.get(Tables.DETAILS, Key.of(messageId))
                    .orElseThrow(() -> new FileNotFoundException("message " + messageId + " is gone"));
            BytesRow row = tx.get(Tables.BYTES, Key.of(details.bytesId()))
                    .orElseThrow(() -> new FileNotFoundException("message " + messageId + " has no octets"));
            return new Found(details, row, row.where() == BytesRow.Where.ROWS ? MessageBytes.read(tx.kv(), row) : null);
        });
        MessageContent octets = found.octets == null ? bytes.open(found.bytes) : MessageContent.of(found.octets);
        byte[] prefix = found.details.prefixOctets();
        return prefix.length == 0 ? octets : new JoinedContent(prefix, octets);
    }

    /** Ends everything; what was acknowledged is durable already. */
    void close() throws IOException {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        rows.forget();
        filling.stop();
        eraser.stop();
        try {
            noteSwept();
        } finally {
            committer.close();
            kv.close();
        }
    }

    /** Spares the next opening to look at files that can't be a crash's leftovers. */
    private void noteSwept() throws IOException {
        long below;
        Set<Path> directories;
        lock.lock();
        try {
            below = spools.isEmpty() ? nextBytesId : spools.first();
            directories = Set.copyOf(unsynced);
        } finally {
            lock.unlock();
        }
        if (below > sweptBelow && kv.available()) {
            // A file that was deleted and comes back with the power must not be below.
            for (Path directory : directories) {
                options.files().syncDirectory(directory);
            }
            background(tx -> {
                AccountState state = tx.get(Tables.STATE, Key.of(1)).orElseThrow();
                state.sweptBelow = below;
                return tx.put(Tables.STATE, state);
            });
        }
    }

    /** Bytes ids of spools that are open. */
    List<Long> openSpools() {
        lock.lock();
        try {
            return List.copyOf(spools);
        } finally {
            lock.unlock();
        }
    }

    /** Bytes ids whose files exist. */
    List<Long> files() throws IOException {
        List<Long> ids = new ArrayList<>();
        for (Path directory : options.files().list(bytes.directory())) {
            for (Path file : options.files().list(directory)) {
                ids.add(MessageBytes.id(file));
            }
        }
        return ids;
    }
}
