package org.moxmail.store.kv;

import org.jspecify.annotations.Nullable;

/** A view of all tables. The arrays it is given and gives are not kept and not shared. */
public interface KvRead {
    /** The value of a key, or null. */
    byte @Nullable [] get(int table, byte[] key);

    /**
     * A cursor before the first entry of a range, over keys from {@code from} up to but not including {@code to}.
     *
     * @param to null for the end of the table
     */
    KvCursor ascend(int table, byte[] from, byte @Nullable [] to);

    /** Like {@link #ascend}, from the range's last entry down to its first. */
    KvCursor descend(int table, byte[] from, byte @Nullable [] to);
}
