package org.moxmail.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.moxmail.store.kv.KvCursor;
import org.moxmail.store.kv.KvRead;

/**
 * Finds values whose keys mostly come in ascending order and close together, as those of a mailbox's messages do: moving a
 * cursor on by an entry costs a fraction of a search from the root.
 */
final class NearbyRows implements AutoCloseable {
    /** So many entries are passed over before it is cheaper to search. */
    private static final int STEPS = 4;

    private final KvRead kv;
    private final int table;
    private @Nullable KvCursor cursor;
    /** The key at which the cursor stands. */
    private byte[] at = new byte[0];

    NearbyRows(KvRead kv, int table) {
        this.kv = kv;
        this.table = table;
    }

    byte @Nullable [] get(byte[] key) {
        KvCursor open = cursor;
        if (open != null && Arrays.compareUnsigned(at, key) <= 0) {
            for (int step = 0; step < STEPS; step++) {
                int order = Arrays.compareUnsigned(at, key);
                if (order >= 0) {
                    return order == 0 ? open.value() : null;
                }
                if (!move(open)) {
                    return null;
                }
            }
        }
        close();
        open = kv.ascend(table, key, null);
        cursor = open;
        return move(open) && Arrays.equals(at, key) ? open.value() : null;
    }

    /** False at the table's end, behind which nothing is to be found. */
    private boolean move(KvCursor open) {
        if (!open.next()) {
            close();
            return false;
        }
        at = open.key();
        return true;
    }

    @Override
    public void close() {
        if (cursor != null) {
            cursor.close();
            cursor = null;
        }
    }
}
