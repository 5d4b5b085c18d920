package org.moxmail.store.kv;

/** Walks over a range of one table. */
public interface KvCursor extends AutoCloseable {
    /** Goes to the next entry in the cursor's direction; false at the end. */
    boolean next();

    /** The key at which it stands. The array is the caller's. */
    byte[] key();

    /** The value at which it stands. The array is the caller's. */
    byte[] value();

    @Override
    void close();
}
