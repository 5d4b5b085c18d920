package org.moxmail.store.kv;

import org.moxmail.time.Timing;

/** Enforces the seam's bounds for one piece of work, the same for every implementation. */
final class Bounds {
    /** Reading the clock costs as much as a small read, so only every so many operations look at it. */
    private static final int OPERATIONS_PER_LOOK = 64;

    private static final byte[] NO_VALUE = new byte[0];

    private final Timing timing;
    private final long start;
    private int operations;
    private long written;
    private boolean over;

    Bounds(Timing timing) {
        this.timing = timing;
        start = timing.nanoTime();
    }

    /** Before each operation. */
    void step() {
        if (over) {
            throw new IllegalStateException("the transaction has ended");
        }
        if (++operations % OPERATIONS_PER_LOOK == 0 && timing.nanoTime() - start > KvStore.MAX_TIME.toNanos()) {
            throw new KvTooLargeException("a transaction took longer than " + KvStore.MAX_TIME);
        }
    }

    void end() {
        over = true;
    }

    void table(int table) {
        if (table < 0 || table > 255) {
            throw new IllegalArgumentException("table " + table);
        }
    }

    void key(byte[] key) {
        if (key.length > KvStore.MAX_KEY) {
            throw new IllegalArgumentException("a key of " + key.length + " octets");
        }
    }

    void change(int table, byte[] key) {
        change(table, key, NO_VALUE);
    }

    void change(int table, byte[] key, byte[] value) {
        step();
        table(table);
        key(key);
        if (value.length > KvStore.MAX_VALUE) {
            throw new IllegalArgumentException("a value of " + value.length + " octets");
        }
        if (written + key.length + value.length > KvStore.MAX_WRITE) {
            throw new KvTooLargeException("a write of more than " + KvStore.MAX_WRITE + " octets");
        }
        written += key.length + value.length;
    }

    long written() {
        return written;
    }
}
