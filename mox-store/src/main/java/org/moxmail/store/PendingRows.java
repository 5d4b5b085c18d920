package org.moxmail.store;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.moxmail.store.kv.KvCursor;
import org.moxmail.store.kv.KvWrite;

/**
 * The rows that nearly every write to an account changes, for as long as a transaction lasts. Writes that share the
 * transaction share these, so that a group of deliveries reads and writes them once and not once each.
 *
 * <p>For the thread that runs the transaction.
 */
final class PendingRows {
    private final Tx tx;
    private final UidBitmaps bitmaps;
    private final Map<Long, Counters> counters = new LinkedHashMap<>();
    private final Map<Long, Map<String, Long>> keywordNumbers = new HashMap<>();
    private @Nullable AccountState state;

    PendingRows(Tx tx) {
        this.tx = tx;
        bitmaps = new UidBitmaps(tx.writeKv());
    }

    /** Whether these belong to a transaction, which is equal to nothing but itself. */
    @SuppressWarnings("ReferenceEquality")
    boolean areOf(KvWrite transaction) {
        return tx.writeKv() == transaction;
    }

    Tx tx() {
        return tx;
    }

    UidBitmaps bitmaps() {
        return bitmaps;
    }

    /** To be changed. */
    AccountState state() {
        AccountState loaded = state;
        if (loaded == null) {
            loaded = tx.get(Tables.STATE, Key.of(1)).orElseThrow(() -> new StoreException("the account has no state"));
            state = loaded;
        }
        return loaded;
    }

    /** A mailbox's counters, to be changed. */
    Counters counters(long mailboxId) {
        return counters.computeIfAbsent(
                mailboxId,
                id -> tx.get(Tables.COUNTERS, MailboxRow.key(id))
                        .orElseThrow(() -> new StoreException("mailbox " + id + " has no counters")));
    }

    /** Begins a mailbox's counters. */
    void add(Counters fresh) {
        counters.put(fresh.mailboxId, fresh);
    }

    /** Forgets a mailbox that goes. */
    void drop(long mailboxId) {
        bitmaps.flush();
        counters.remove(mailboxId);
        keywordNumbers.remove(mailboxId);
        tx.delete(Tables.COUNTERS, MailboxRow.key(mailboxId));
    }

    /** A mailbox's keywords and their numbers; whoever declares one adds it here too. */
    Map<String, Long> keywordNumbers(long mailboxId) {
        return keywordNumbers.computeIfAbsent(mailboxId, id -> {
            Map<String, Long> numbers = new HashMap<>();
            try (KvCursor cursor =
                    tx.kv().ascend(Tables.KEYWORDS.number(), MailboxRow.key(id).octets(), UidBitmaps.end(id))) {
                while (cursor.next()) {
                    KeywordRow row = Tables.KEYWORDS.decode(cursor.value());
                    numbers.put(row.word(), row.number());
                }
            }
            return numbers;
        });
    }

    /** Writes all that is pending. */
    void flush() {
        bitmaps.flush();
        counters.values().forEach(row -> tx.replace(Tables.COUNTERS, row));
        AccountState loaded = state;
        if (loaded != null) {
            tx.replace(Tables.STATE, loaded);
        }
    }
}
