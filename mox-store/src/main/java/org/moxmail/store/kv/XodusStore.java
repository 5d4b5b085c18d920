package org.moxmail.store.kv;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.ReentrantLock;
import jetbrains.exodus.ArrayByteIterable;
import jetbrains.exodus.ByteIterable;
import jetbrains.exodus.backup.BackupStrategy;
import jetbrains.exodus.backup.VirtualFileDescriptor;
import jetbrains.exodus.env.Cursor;
import jetbrains.exodus.env.Environment;
import jetbrains.exodus.env.EnvironmentConfig;
import jetbrains.exodus.env.Environments;
import jetbrains.exodus.env.Store;
import jetbrains.exodus.env.StoreConfig;
import jetbrains.exodus.env.Transaction;
import jetbrains.exodus.log.LogConfig;
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
 *   <li>Small pages of cache: a search reads some dozen octets here and there in the log. With pages of 64 KiB, the
 *       default, each of them is read and kept with its useless neighbours, and ten times the memory caches less.
 *   <li>Closing is forced, because a reader that hangs must not keep a damaged store from being reopened.
 * </ul>
 *
 * <p>A commit that fails, for want of space or of a disk, is cut off the log, and the environment is opened again: it
 * didn't happen, reading goes on, and the next write succeeds when the disk does.
 */
final class XodusStore implements KvStore {
    private static final String TABLES = "tables";
    /** Octets of one log file: the unit of cleaning, and what a backup can hard-link once it is full. */
    private static final long FILE_KIB = 4096;
    /** Octets of the log that are read and cached at once. */
    private static final int PAGE = 4096;

    /** An environment that is open. */
    private record Open(Environment environment, Store tables, XodusStoreDisk.Writer writer) {}

    private final Closeable held;
    private final XodusStoreDisk disk;
    private final EnvironmentConfig config;
    private final Timing timing;
    /** Held while a failed environment is opened again. */
    private final ReentrantLock reopening = new ReentrantLock();

    private volatile Open open;
    private volatile boolean failed;
    private volatile boolean closed;

    private XodusStore(Closeable held, XodusStoreDisk disk, EnvironmentConfig config, Timing timing, Open open) {
        this.held = held;
        this.disk = disk;
        this.config = config;
        this.timing = timing;
        this.open = open;
    }

    static XodusStore open(Path directory, long cacheBytes, KvFiles files, Timing timing) {
        return open(directory, config(cacheBytes), files, timing);
    }

    static EnvironmentConfig config(long cacheBytes) {
        EnvironmentConfig config = new EnvironmentConfig();
        config.setLogDurableWrite(true);
        config.setMemoryUsage(cacheBytes);
        config.setLogFileSize(FILE_KIB);
        config.setLogCachePageSize(PAGE);
        config.setLogCacheUseNio(false);
        config.setEnvCloseForcedly(true);
        config.setManagementEnabled(false);
        config.setEnvGatherStatistics(false);
        return config;
    }

    static XodusStore open(Path directory, EnvironmentConfig config, KvFiles files, Timing timing) {
        Closeable held = null;
        boolean good = false;
        try {
            files.createDirectories(directory);
            held = files.tryLock(directory);
            if (held == null) {
                throw new KvException("another store has it");
            }
            XodusStoreDisk disk = new XodusStoreDisk(directory, files);
            Open open = first(disk, config);
            good = true;
            return new XodusStore(held, disk, config, timing, open);
        } catch (IOException | RuntimeException e) {
            // Whatever a damaged log makes of the engine: told in one line, and nobody else's trouble.
            throw new KvException("can't open the store in " + directory + ": " + oneLine(e), e);
        } finally {
            if (!good && held != null) {
                release(held);
            }
        }
    }

    private static void release(Closeable held) {
        try {
            held.close();
        } catch (IOException e) {
            throw new KvException("a store's directory can't be released: " + e.getMessage(), e);
        }
    }

    /** Opens the environment, or makes it when there is none; a crash may have left one that was half made. */
    private static Open first(XodusStoreDisk disk, EnvironmentConfig config) throws IOException {
        disk.guard();
        Open open;
        try {
            open = begin(disk, config);
        } catch (RuntimeException e) {
            if (!disk.forgetUnbegun()) {
                throw e;
            }
            open = begin(disk, config);
        }
        disk.opened();
        boolean good = false;
        try {
            if (!disk.begun()) {
                disk.noteBegun();
            }
            good = true;
            return open;
        } finally {
            if (!good) {
                end(open);
            }
        }
    }

    private static Open begin(XodusStoreDisk disk, EnvironmentConfig config) {
        XodusStoreDisk.Writer writer = disk.writer();
        boolean good = false;
        try {
            LogConfig log = new LogConfig().setReaderWriter(disk.reader(), writer);
            Environment environment = Environments.newInstance(log, config);
            Store tables = environment.computeInExclusiveTransaction(
                    txn -> environment.openStore(TABLES, StoreConfig.WITHOUT_DUPLICATES, txn));
            good = true;
            return new Open(environment, tables, writer);
        } finally {
            if (!good) {
                writer.abandon();
            }
        }
    }

    EnvironmentConfig settings() {
        return open.environment.getEnvironmentConfig();
    }

    @Override
    public <T, E extends Exception> T read(ReadWork<T, E> work) throws E {
        Open used = require();
        View view;
        try {
            view = new View(used);
        } catch (RuntimeException e) {
            throw unreadable(e);
        }
        try {
            return work.run(view);
        } finally {
            view.end();
        }
    }

    @Override
    public <T, E extends Exception> T write(WriteWork<T, E> work) throws E {
        while (true) {
            Open used = require();
            Change change;
            try {
                change = new Change(used);
            } catch (RuntimeException e) {
                throw new KvException("the store can't be written: " + e.getMessage(), e);
            }
            try {
                T result = work.run(change);
                if (commit(change)) {
                    return result;
                }
            } finally {
                change.end();
                if (failed) {
                    recover();
                }
            }
        }
    }

    /** False when the work must run again. */
    private boolean commit(Change change) {
        try {
            return change.txn.commit();
        } catch (RuntimeException | Error e) {
            failed = true;
            throw new KvException("a commit failed: " + e.getMessage(), e);
        }
    }

    /** Opens the environment again after a failure, without what wasn't durable; false when that failed too. */
    private boolean recover() {
        reopening.lock();
        try {
            if (!failed || closed) {
                return !closed;
            }
            end(open);
            disk.dropUnsynced();
            open = begin(disk, config);
            failed = false;
            return true;
        } catch (IOException | RuntimeException e) {
            System.getLogger(XodusStore.class.getName())
                    .log(System.Logger.Level.WARNING, "A store can't be opened again after a failed commit", e);
            return false;
        } finally {
            reopening.unlock();
        }
    }

    /** Ends an environment. What was committed is on disk already, whatever comes of this. */
    private static void end(Open open) {
        try {
            if (open.environment.isOpen()) {
                open.environment.close();
            }
        } catch (RuntimeException e) {
            // Closing writes hints for the cleaner, which an environment whose commit failed and a full disk refuse.
            System.getLogger(XodusStore.class.getName())
                    .log(System.Logger.Level.DEBUG, "A store was closed without its last notes", e);
        } finally {
            open.writer.abandon();
        }
    }

    private void noteEnd() {
        try {
            disk.noteEnd();
        } catch (IOException e) {
            // It only tells damage from a crash's leftovers.
            System.getLogger(XodusStore.class.getName())
                    .log(System.Logger.Level.DEBUG, "A store was closed without noting its end", e);
        }
    }

    private Open require() {
        if (failed && !recover()) {
            throw new KvException("the store is unavailable after a failed commit");
        }
        Open used = open;
        if (closed || !used.environment.isOpen()) {
            throw new KvException("the store is closed");
        }
        return used;
    }

    @Override
    public boolean available() {
        return !failed && !closed && open.environment.isOpen();
    }

    @Override
    public void backup(Path directory) {
        BackupStrategy strategy = require().environment.getBackupStrategy();
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
        reopening.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            end(open);
            if (!failed) {
                noteEnd();
            }
        } finally {
            reopening.unlock();
        }
        release(held);
    }

    private static String oneLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** What a damaged or closed log makes of the engine is of many types. */
    private static KvException unreadable(RuntimeException cause) {
        return cause instanceof KvException known
                ? known
                : new KvException("the tables can't be read: " + oneLine(cause), cause);
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
        final Store tables;

        View(Open used) {
            this(used, used.environment.beginReadonlyTransaction());
        }

        View(Open used, Transaction txn) {
            this.txn = txn;
            tables = used.tables;
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
            try {
                ByteIterable value = tables.get(txn, entryKey(table, key));
                return value == null ? null : octets(value);
            } catch (RuntimeException e) {
                throw unreadable(e);
            }
        }

        @Override
        public KvCursor ascend(int table, byte[] from, byte @Nullable [] to) {
            check(table, from);
            return new Ascent(bounds, cursor(), table, from, to);
        }

        @Override
        public KvCursor descend(int table, byte[] from, byte @Nullable [] to) {
            check(table, from);
            return new Descent(bounds, cursor(), table, from, to);
        }

        private Cursor cursor() {
            try {
                return tables.openCursor(txn);
            } catch (RuntimeException e) {
                throw unreadable(e);
            }
        }
    }

    private final class Change extends View implements KvWrite {
        Change(Open used) {
            super(used, used.environment.beginExclusiveTransaction());
        }

        @Override
        public void put(int table, byte[] key, byte[] value) {
            bounds.change(table, key, value);
            try {
                tables.put(txn, entryKey(table, key), new ArrayByteIterable(value.clone()));
            } catch (RuntimeException e) {
                throw unreadable(e);
            }
        }

        @Override
        public boolean delete(int table, byte[] key) {
            bounds.change(table, key);
            try {
                return tables.delete(txn, entryKey(table, key));
            } catch (RuntimeException e) {
                throw unreadable(e);
            }
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
            try {
                at = (at || !started) && move();
            } catch (RuntimeException e) {
                at = false;
                throw unreadable(e);
            }
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
