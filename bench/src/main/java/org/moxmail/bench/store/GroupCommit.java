package org.moxmail.bench.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import jetbrains.exodus.ArrayByteIterable;
import jetbrains.exodus.env.Environment;
import jetbrains.exodus.env.EnvironmentConfig;
import jetbrains.exodus.env.Environments;
import jetbrains.exodus.env.Store;
import jetbrains.exodus.env.StoreConfig;
import jetbrains.exodus.env.Transaction;
import org.jspecify.annotations.Nullable;

/** A Xodus environment with group commit, as the store has it. */
final class GroupCommit implements AutoCloseable {
    /** Rows that name one message: what a delivery writes besides the octets. */
    private static final int[] INDEX_ROWS = {40, 0, 60, 300, 120};

    interface Work {
        void run(Transaction txn) throws IOException;
    }

    private static final class Waiting {
        final Work work;
        boolean done;

        Waiting(Work work) {
            this.work = work;
        }
    }

    final Environment environment;
    final Store store;
    private final BeforeCommit beforeCommit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition finished = lock.newCondition();
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private boolean running;
    private @Nullable Throwable failure;
    private long commits;

    /** Runs once per group, before its commit. */
    interface BeforeCommit {
        void run() throws IOException;
    }

    GroupCommit(Path directory, BeforeCommit beforeCommit) throws IOException {
        this.beforeCommit = beforeCommit;
        Files.createDirectories(directory);
        EnvironmentConfig config = new EnvironmentConfig();
        config.setLogDurableWrite(true);
        config.setMemoryUsage(64L << 20);
        config.setLogFileSize(4096);
        config.setLogCacheUseNio(false);
        config.setManagementEnabled(false);
        environment = Environments.newInstance(directory.toFile(), config);
        store = environment.computeInExclusiveTransaction(
                txn -> environment.openStore("tables", StoreConfig.WITHOUT_DUPLICATES, txn));
    }

    long commits() {
        return commits;
    }

    static ArrayByteIterable key(int table, long id, int chunk) {
        byte[] key = new byte[11];
        key[0] = (byte) table;
        for (int i = 0; i < 8; i++) {
            key[1 + i] = (byte) (id >>> 56 - 8 * i);
        }
        key[9] = (byte) (chunk >> 8);
        key[10] = (byte) chunk;
        return new ArrayByteIterable(key);
    }

    void putIndexRows(Transaction txn, long id) {
        for (int table = 0; table < INDEX_ROWS.length; table++) {
            store.put(txn, key(table, id, 0), new ArrayByteIterable(new byte[INDEX_ROWS[table]]));
        }
    }

    void deleteIndexRows(Transaction txn, long id) {
        for (int table = 0; table < INDEX_ROWS.length; table++) {
            store.delete(txn, key(table, id, 0));
        }
    }

    void write(Work work) throws IOException {
        Waiting waiting = new Waiting(work);
        lock.lock();
        try {
            queue.add(waiting);
            if (!running) {
                running = true;
                Thread.ofVirtual().start(this::run);
            }
            while (!waiting.done) {
                finished.awaitUninterruptibly();
            }
            if (failure != null) {
                throw new IOException(failure);
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (true) {
            List<Waiting> group;
            lock.lock();
            try {
                if (queue.isEmpty()) {
                    running = false;
                    return;
                }
                group = new ArrayList<>(queue);
                queue.clear();
            } finally {
                lock.unlock();
            }
            Throwable failed = commit(group);
            lock.lock();
            try {
                failure = failed == null ? failure : failed;
                group.forEach(waiting -> waiting.done = true);
                finished.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private @Nullable Throwable commit(List<Waiting> group) {
        Transaction txn = environment.beginExclusiveTransaction();
        try {
            for (Waiting waiting : group) {
                waiting.work.run(txn);
            }
            beforeCommit.run();
            txn.commit();
            commits++;
            return null;
        } catch (IOException | RuntimeException e) {
            txn.abort();
            return e;
        }
    }

    void copyTo(Path target) throws IOException {
        Files.createDirectories(target);
        environment.suspendGC();
        try (var files = Files.list(Path.of(environment.getLocation()))) {
            List<Path> logs = files.filter(file -> file.toString().endsWith(".xd"))
                    .sorted()
                    .toList();
            for (Path file : logs) {
                if (Files.size(file) == 4096L << 10) {
                    Files.createLink(target.resolve(file.getFileName()), file);
                } else {
                    Files.copy(file, target.resolve(file.getFileName()));
                }
            }
        } finally {
            environment.resumeGC();
        }
    }

    @Override
    public void close() {
        environment.close();
    }
}
