package org.moxmail.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.moxmail.store.kv.KvStore;

/**
 * Fills indexes that are younger than their tables' rows. An index's state is a row: absent (never seen), {@code 1}
 * (complete), or {@code 0} and the primary key up to which it is filled. Each batch puts the entries of the next rows and
 * moves that key in the same transaction, so that a stop at any moment loses nothing.
 */
final class IndexFilling {
    static final int BATCH = 500;

    private final String name;
    private final KvStore kv;
    private final Committer committer;
    private final List<Table<?>> tables;
    private final StoreOptions options;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private boolean running;
    private boolean stopped;

    IndexFilling(String name, KvStore kv, Committer committer, List<Table<?>> tables, StoreOptions options) {
        this.name = name;
        this.kv = kv;
        this.committer = committer;
        this.tables = List.copyOf(tables);
        this.options = options;
        checkNumbers();
    }

    private void checkNumbers() {
        Map<Integer, String> used = new HashMap<>();
        for (Table<?> table : tables) {
            claim(used, table.number(), table.name());
            table.indexes().forEach(index -> claim(used, index.number(), index.name()));
        }
    }

    private static void claim(Map<Integer, String> used, int number, String name) {
        String other = used.put(number, name);
        if (other != null) {
            throw new IllegalArgumentException(name + " has the number " + number + " of " + other);
        }
    }

    private List<Index<?>> unready() {
        return kv.read(snapshot -> {
            ReadTx tx = new ReadTx(snapshot);
            List<Index<?>> unready = new ArrayList<>();
            for (Table<?> table : tables) {
                for (Index<?> index : table.indexes()) {
                    if (!tx.ready(index)) {
                        unready.add(index);
                    }
                }
            }
            return unready;
        });
    }

    /** Declares the indexes of empty tables complete, and starts to fill the others. */
    void begin() throws IOException {
        List<Index<?>> unready = unready();
        if (unready.isEmpty()) {
            return;
        }
        boolean left = committer.write(transaction -> {
            Tx tx = new Tx(transaction);
            boolean rows = false;
            for (Index<?> index : unready) {
                if (tx.first(index.table(), Key.EMPTY).isEmpty()) {
                    tx.setReady(index);
                } else {
                    rows = true;
                }
            }
            return rows;
        });
        if (left) {
            lock.lock();
            try {
                running = true;
            } finally {
                lock.unlock();
            }
            options.threads().newThread(this::run).start();
        }
    }

    private void run() {
        try {
            for (Index<?> index : unready()) {
                boolean more = true;
                while (more && !isStopped()) {
                    more = committer.write(transaction -> batch(new Tx(transaction), index));
                }
            }
        } catch (IOException | RuntimeException e) {
            options.events().backgroundFailed(name, e);
        } finally {
            lock.lock();
            try {
                running = false;
                ended.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private boolean isStopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    private static <R> boolean batch(Tx tx, Index<R> index) throws IOException {
        byte[] state = Key.builder().u8(index.number()).build().octets();
        byte[] before = tx.kv().get(ReadTx.INDEX_STATES, state);
        // The first key behind the one that was filled last is that key with a zero octet.
        Key from = before == null ? Key.EMPTY : new Key(Arrays.copyOfRange(before, 1, before.length + 1));
        List<R> rows = new ArrayList<>();
        tx.range(index.table(), from, null, row -> {
            rows.add(row);
            return rows.size() < BATCH;
        });
        Key last = null;
        for (R row : rows) {
            tx.fill(index, row);
            last = index.table().key(row);
        }
        if (rows.size() < BATCH || last == null) {
            tx.setReady(index);
            return false;
        }
        tx.writeKv()
                .put(ReadTx.INDEX_STATES, state, building(last, index.table().large()));
        return true;
    }

    private static byte[] building(@Nullable Key last, boolean large) {
        Key.Builder state = Key.builder().u8(0);
        if (last != null) {
            state.octets(last.octets());
            if (large) {
                // Behind the last of a large row's entries.
                state.u16(0xffff);
            }
        }
        return state.build().octets();
    }

    /** Ends the filling after its present batch. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            while (running) {
                ended.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
