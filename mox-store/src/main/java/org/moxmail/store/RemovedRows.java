package org.moxmail.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.mailbox.UidSet;
import org.moxmail.store.kv.KvCursor;
import org.moxmail.store.kv.KvRead;
import org.moxmail.store.kv.KvWrite;

/**
 * Rows of messages that left a mailbox, as they were last, for listeners who don't know it yet. Keys are the removal's
 * mod-sequence, the mailbox and the UID; values are {@link NarrowRow}s. The {@link Eraser} takes those away that nobody
 * waits for.
 */
final class RemovedRows {
    private RemovedRows() {}

    /** Keeps the row of a message that is about to leave its mailbox. */
    static void keep(KvWrite kv, long modSeq, long mailboxId, long uid) {
        byte @Nullable [] row = kv.get(Tables.MESSAGES, NarrowRow.key(mailboxId, uid));
        if (row != null) {
            kv.put(Tables.REMOVED, Key.of(modSeq, mailboxId, uid).octets(), row);
        }
    }

    /** The rows of a mailbox's messages that were removed after {@code since}, by UID. */
    static Map<Long, byte[]> since(KvRead kv, long mailboxId, UidSet uids, long since) {
        Map<Long, byte[]> rows = new TreeMap<>();
        if (since == Long.MAX_VALUE) {
            return rows;
        }
        try (KvCursor cursor = kv.ascend(Tables.REMOVED, Key.of(since + 1).octets(), null)) {
            while (cursor.next()) {
                RowReader key = new RowReader(cursor.key());
                key.u64();
                long from = key.u64();
                long uid = key.u64();
                if (from == mailboxId && uids.contains(uid)) {
                    rows.put(uid, cursor.value());
                }
            }
        }
        return rows;
    }

    /** Whether there is one that was removed by {@code upTo}. */
    static boolean pending(KvRead kv, long upTo) {
        return !keys(kv, upTo, 1).isEmpty();
    }

    /** Takes some of those away that were removed by {@code upTo}; says how many. */
    static int erase(KvWrite kv, long upTo, int most) {
        List<byte[]> keys = keys(kv, upTo, most);
        keys.forEach(key -> kv.delete(Tables.REMOVED, key));
        return keys.size();
    }

    private static List<byte[]> keys(KvRead kv, long upTo, int most) {
        List<byte[]> keys = new ArrayList<>();
        try (KvCursor cursor = kv.ascend(Tables.REMOVED, Key.EMPTY.octets(), null)) {
            while (keys.size() < most && cursor.next() && new RowReader(cursor.key()).u64() <= upTo) {
                keys.add(cursor.key());
            }
        }
        return keys;
    }
}
