package org.moxmail.store.kv;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.NoSuchElementException;
import jetbrains.exodus.ArrayByteIterable;
import jetbrains.exodus.ByteIterable;
import jetbrains.exodus.ExodusException;
import jetbrains.exodus.backup.BackupStrategy;
import jetbrains.exodus.backup.VirtualFileDescriptor;
import jetbrains.exodus.env.Cursor;
import jetbrains.exodus.env.Environment;
import jetbrains.exodus.env.EnvironmentConfig;
import jetbrains.exodus.env.Environments;
import jetbrains.exodus.env.Store;
import jetbrains.exodus.env.StoreConfig;
import jetbrains.exodus.env.Transaction;
import org.jspecify.annotations.Nullable;
import org.moxmail.time.Timing;

/**
 * Tables in a Xodus environment: one Xodus store whose keys begin with the table's number. One tree instead of twenty
 * means that a commit rewrites one root and no catalogue.
 *
 * <p>Why the settings are what they are:
 *
 * <ul>
 *   <li>Durable write is off by default, and everything here promises it.
 *   <li>Exclusive transactions: optimistic ones lose against each other as soon as writers compete.
 *   <li>No memory-mapped reading: unmapping needs access to JDK internals.
 *   <li>Memory use must be said: by default each environment takes a share of the heap.
 *   <li>Closing is forced, because a reader that hangs must not keep a damaged store from being reopened.
 * </ul>
 *
 * <p>A thread that is interrupted while it commits makes the environment inoperative unless the JVM runs with {@code
 * --add-opens java.base/sun.nio.ch=ALL-UNNAMED}; hence the rule that only threads that nobody interrupts write.
 */
final class XodusStore implements KvStore {
    private static final String TABLES = "tables";
    /** Octets of one log file: the unit of cleaning, and what a backup can hard-link once it is full. */
    private static final long FILE_KIB = 4096;
    /** How long to wait for another process to let go of a store. */
    private static final long LOCK_WAIT_MILLIS = 1000;

    private final Environment environment;
    private final Store tables;
    private final Timing timing;
    private volatile boolean failed;

    private XodusStore(Environment environment, Store tables, Timing timing) {
        this.environment = environment;
        this.tables = tables;
        this.timing = timing;
    }

    static XodusStore open(Path directory, long cacheBytes, Timing timing) {
        return open(directory, config(cacheBytes), timing);
    }

    static EnvironmentConfig config(long cacheBytes) {
        EnvironmentConfig config = new EnvironmentConfig();
        config.setLogDurableWrite(true);
        config.setMemoryUsage(cacheBytes);
        config.setLogFileSize(FILE_KIB);
        config.setLogLockTimeout(LOCK_WAIT_MILLIS);
        config.setLogCacheUseNio(false);
        config.setEnvCloseForcedly(true);
        config.setManagementEnabled(false);
        config.setEnvGatherStatistics(false);
        return config;
    }

    static XodusStore open(Path directory, EnvironmentConfig config, Timing timing) {
        try {
            Environment environment = Environments.newInstance(directory.toFile(), config);
            Store tables = environment.computeInExclusiveTransaction(
                    txn -> environment.openStore(TABLES, StoreConfig.WITHOUT_DUPLICATES, txn));
            return new XodusStore(environment, tables, timing);
        } catch (ExodusException e) {
            throw new KvException("can't open the store in " + directory + ": " + e.getMessage(), e);
        }
    }

    EnvironmentConfig settings() {
        return environment.getEnvironmentConfig();
    }

    @Override
    public <T, E extends Exception> T read(ReadWork<T, E> work) throws E {
        requireAvailable();
        View view;
        try {
            view = new View(environment.beginReadonlyTransaction());
        } catch (ExodusException e) {
            throw new KvException("the store can't be read", e);
        }
        try {
            return work.run(view);
        } catch (ExodusException e) {
            throw new KvException("the store can't be read", e);
        } finally {
            view.end();
        }
    }

    @Override
    public <T, E extends Exception> T write(WriteWork<T, E> work) throws E {
        while (true) {
            requireAvailable();
            Change change;
            try {
                change = new Change(environment.beginExclusiveTransaction());
            } catch (ExodusException e) {
                throw new KvException("the store can't be written", e);
            }
            try {
                T result = work.run(change);
                if (commit(change)) {
                    return result;
                }
            } catch (ExodusException e) {
                failed = true;
                throw new KvException("a write failed; the store must be reopened", e);
            } finally {
                change.end();
            }
        }
    }

    /** False when the work must run again. */
    private boolean commit(Change change) {
        try {
            return change.txn.commit();
        } catch (RuntimeException | Error e) {
            failed = true;
            throw new KvException("a commit failed; the store must be reopened", e);
        }
    }

    private void requireAvailable() {
        if (!available()) {
            throw new KvException(failed ? "the store is unavailable after a failed commit" : "the store is closed");
        }
    }

    @Override
    public boolean available() {
        return !failed && environment.isOpen();
    }

    @Override
    public void backup(Path directory) {
        requireAvailable();
        BackupStrategy strategy = environment.getBackupStrategy();
        try {
            strategy.beforeBackup();
            try {
                for (VirtualFileDescriptor file : strategy.getContents()) {
                    long size = strategy.acceptFile(file);
                    if (size > 0 && file.hasContent()) {
                        copy(file, size, directory.resolve(file.getName()));
                    }
                }
            } finally {
                strategy.afterBackup();
            }
        } catch (Exception e) {
            throw new KvException("the backup to " + directory + " failed: " + e.getMessage(), e);
        }
    }

    /** Full log files never change again, so they can share their octets with the copy. */
    private static void copy(VirtualFileDescriptor file, long size, Path target) throws IOException {
        File source = file.getFile();
        if (source != null && size == FILE_KIB << 10 && source.length() == size && link(source.toPath(), target)) {
            return;
        }
        try (var in = file.getInputStream();
                var out = new java.io.FileOutputStream(target.toFile())) {
            long left = size;
            byte[] buffer = new byte[64 << 10];
            while (left > 0) {
                int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (count < 0) {
                    // The size counts whole pages; the last file's last page isn't written to its end.
                    break;
                }
                out.write(buffer, 0, count);
                left -= count;
            }
            out.getFD().sync();
        }
    }

    private static boolean link(Path source, Path target) throws IOException {
        try {
            Files.createLink(target, source);
            return true;
        } catch (UnsupportedOperationException | IOException e) {
            // Another file system or none that links: a copy does as well.
            Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
            return true;
        }
    }

    @Override
    public void close() {
        if (!environment.isOpen()) {
            return;
        }
        try {
            environment.close();
        } catch (RuntimeException e) {
            if (!failed) {
                throw new KvException("closing a store failed", e);
            }
            // Closing writes, which a store whose commit failed refuses. What was committed before is on disk.
            System.getLogger(XodusStore.class.getName())
                    .log(System.Logger.Level.WARNING, "A store was closed after a failed commit", e);
        }
    }

    private static ArrayByteIterable entryKey(int table, byte[] key) {
        byte[] octets = new byte[key.length + 1];
        octets[0] = (byte) table;
        System.arraycopy(key, 0, octets, 1, key.length);
        return new ArrayByteIterable(octets);
    }

    private static byte[] octets(ByteIterable iterable) {
        return Arrays.copyOf(iterable.getBytesUnsafe(), iterable.getLength());
    }

    private class View implements KvRead {
        final Bounds bounds = new Bounds(timing);
        final Transaction txn;

        View(Transaction txn) {
            this.txn = txn;
        }

        void end() {
            bounds.end();
            if (!txn.isFinished()) {
                txn.abort();
            }
        }

        void check(int table, byte[] key) {
            bounds.step();
            bounds.table(table);
            bounds.key(key);
        }

        @Override
        public byte @Nullable [] get(int table, byte[] key) {
            check(table, key);
            ByteIterable value = tables.get(txn, entryKey(table, key));
            return value == null ? null : octets(value);
        }

        @Override
        public KvCursor ascend(int table, byte[] from, byte @Nullable [] to) {
            check(table, from);
            return new Ascent(bounds, tables.openCursor(txn), table, from, to);
        }

        @Override
        public KvCursor descend(int table, byte[] from, byte @Nullable [] to) {
            check(table, from);
            return new Descent(bounds, tables.openCursor(txn), table, from, to);
        }
    }

    private final class Change extends View implements KvWrite {
        Change(Transaction txn) {
            super(txn);
        }

        @Override
        public void put(int table, byte[] key, byte[] value) {
            bounds.change(table, key, value);
            tables.put(txn, entryKey(table, key), new ArrayByteIterable(value.clone()));
        }

        @Override
        public boolean delete(int table, byte[] key) {
            bounds.change(table, key);
            return tables.delete(txn, entryKey(table, key));
        }

        @Override
        public long written() {
            return bounds.written();
        }
    }

    /** The end of a range as a whole key; null for the end of all tables. */
    private static @Nullable ArrayByteIterable endKey(int table, byte @Nullable [] to) {
        if (to != null) {
            return entryKey(table, to);
        }
        return table == 255 ? null : new ArrayByteIterable(new byte[] {(byte) (table + 1)});
    }

    private abstract static class Walk implements KvCursor {
        final Bounds bounds;
        final Cursor cursor;
        boolean started;
        private boolean at;

        Walk(Bounds bounds, Cursor cursor) {
            this.bounds = bounds;
            this.cursor = cursor;
        }

        /** Moves the cursor; false when there is nothing more in the range. */
        abstract boolean move();

        @Override
        public boolean next() {
            bounds.step();
            at = (at || !started) && move();
            started = true;
            return at;
        }

        @Override
        public byte[] key() {
            require();
            ByteIterable key = cursor.getKey();
            return Arrays.copyOfRange(key.getBytesUnsafe(), 1, key.getLength());
        }

        @Override
        public byte[] value() {
            require();
            return octets(cursor.getValue());
        }

        private void require() {
            if (!at) {
                throw new NoSuchElementException();
            }
        }

        @Override
        public void close() {
            at = false;
            cursor.close();
        }
    }

    private static final class Ascent extends Walk {
        private final ByteIterable from;
        private final @Nullable ByteIterable to;

        Ascent(Bounds bounds, Cursor cursor, int table, byte[] from, byte @Nullable [] to) {
            super(bounds, cursor);
            this.from = entryKey(table, from);
            this.to = endKey(table, to);
        }

        @Override
        boolean move() {
            boolean found = started ? cursor.getNext() : cursor.getSearchKeyRange(from) != null;
            return found && (to == null || cursor.getKey().compareTo(to) < 0);
        }
    }

    private static final class Descent extends Walk {
        private final ByteIterable from;
        private final @Nullable ByteIterable to;

        Descent(Bounds bounds, Cursor cursor, int table, byte[] from, byte @Nullable [] to) {
            super(bounds, cursor);
            this.from = entryKey(table, from);
            this.to = endKey(table, to);
        }

        @Override
        boolean move() {
            boolean found;
            if (started) {
                found = cursor.getPrev();
            } else if (to != null && cursor.getSearchKeyRange(to) != null) {
                found = cursor.getPrev();
            } else {
                found = cursor.getLast();
            }
            return found && cursor.getKey().compareTo(from) >= 0;
        }
    }
}
