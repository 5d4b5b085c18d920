package org.moxmail.store.kv;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Ordered key-value tables, each named by a number from 0 to 255. Keys are ordered as unsigned octets, a prefix before
 * what it begins.
 *
 * <p>Reads see one snapshot: what was committed when they began. Writes run one after another, see their own changes, and
 * are durable when {@link #write} returns. A commit that fails didn't happen, and the store goes on when it can; when it
 * can't, it refuses everything until it is closed and opened again, and only then it is known whether the write happened.
 *
 * <p>Interrupts: {@link #write} must be called by a thread that nobody interrupts. {@link #read} may be called by any.
 */
public interface KvStore extends AutoCloseable {
    /** Most octets of a key. */
    int MAX_KEY = 2_000;
    /** Most octets of a value. */
    int MAX_VALUE = 100_000;
    /** Most octets of keys and values that one write puts or deletes. */
    int MAX_WRITE = 64 << 20;
    /** How long one piece of work may take; what it does later is refused. */
    Duration MAX_TIME = Duration.ofSeconds(20);

    /**
     * Runs work on a snapshot.
     *
     * @throws KvException when the store is closed or damaged
     */
    <T, E extends Exception> T read(ReadWork<T, E> work) throws E;

    /**
     * Runs work that may change something, alone, and commits it durably. The work may be run again: it has no effects
     * outside. When it throws, nothing happened, the exception is passed on, and the store stays as it was.
     *
     * @throws KvException when the store is closed or damaged, or the commit failed
     */
    <T, E extends Exception> T write(WriteWork<T, E> work) throws E;

    /** Whether reads and writes are possible. */
    boolean available();

    /**
     * Copies what is committed into an empty directory, while the store is in use. Opening the copy yields the state at
     * some moment during the call.
     */
    void backup(Path directory);

    /** Releases everything. Work that runs meanwhile fails. Closing twice does nothing. */
    @Override
    void close();

    /** Work on a snapshot. */
    @FunctionalInterface
    interface ReadWork<T, E extends Exception> {
        T run(KvRead snapshot) throws E;
    }

    /** Work that changes something. */
    @FunctionalInterface
    interface WriteWork<T, E extends Exception> {
        T run(KvWrite transaction) throws E;
    }
}
