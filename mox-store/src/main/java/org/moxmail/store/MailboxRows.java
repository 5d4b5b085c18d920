package org.moxmail.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.mailbox.UidSet;
import org.moxmail.store.kv.KvCursor;
import org.moxmail.store.kv.KvRead;

/**
 * Rows of a mailbox as they are at one mod-sequence, in pieces of consecutive UIDs, each there once somebody wanted it. Safe
 * for many threads, which all have snapshots of that mod-sequence; see {@link RowCache}.
 */
final class MailboxRows {
    /**
     * Rows in ascending order.
     *
     * @param stale they are of an earlier mod-sequence, and there only for their forms
     */
    private record Piece(KnownRow[] rows, boolean stale) {}

    private final long mailboxId;
    private final long version;
    private final int pieceBits;
    private final RowCache.Weight weight;
    /** So many changed messages are looked up one by one; after more of them pieces are read again when they are wanted. */
    private final int mostChanges;

    private final Map<Long, Piece> pieces = new ConcurrentHashMap<>();

    MailboxRows(long mailboxId, long version, int pieceBits, RowCache.Weight weight) {
        this.mailboxId = mailboxId;
        this.version = version;
        this.pieceBits = pieceBits;
        this.weight = weight;
        mostChanges = 1 << pieceBits - 1;
    }

    /** The mailbox's mod-sequence. */
    long version() {
        return version;
    }

    RowCache.Weight weight() {
        return weight;
    }

    /** The number of the piece in which a UID is. */
    long number(long uid) {
        return uid >>> pieceBits;
    }

    long first(long number) {
        return Math.max(1, number << pieceBits);
    }

    long last(long number) {
        return Math.min(UidSet.MAX, (number + 1 << pieceBits) - 1);
    }

    /** All rows of a piece, or null when they aren't known. */
    KnownRow @Nullable [] known(long number) {
        Piece piece = pieces.get(number);
        return piece == null || piece.stale ? null : piece.rows;
    }

    /** Reads a piece; null when there is no room for it. */
    KnownRow @Nullable [] load(KvRead kv, long number, NarrowRow.Words words) {
        Piece before = pieces.get(number);
        KnownRow[] old = before == null ? new KnownRow[0] : before.rows;
        // Room for what there can be is asked for first: what is read in vain costs more than what is kept.
        long most = (long) KnownRow.WEIGHT << pieceBits;
        if (!weight.add(most)) {
            return null;
        }
        List<KnownRow> rows = new ArrayList<>();
        NarrowRow row = new NarrowRow(words);
        int at = 0;
        long end = last(number);
        try (KvCursor cursor = kv.ascend(
                Tables.MESSAGES,
                NarrowRow.key(mailboxId, first(number)),
                end == UidSet.MAX ? UidBitmaps.end(mailboxId) : NarrowRow.key(mailboxId, end + 1))) {
            while (cursor.next()) {
                row.load(NarrowRow.uid(cursor.key()), cursor.value());
                while (at < old.length && old[at].uid() < row.uid()) {
                    at++;
                }
                rows.add(row.known(forms(at < old.length ? old[at] : null, row)));
            }
        }
        KnownRow[] all = rows.toArray(new KnownRow[0]);
        pieces.put(number, new Piece(all, false));
        weight.remove(most - weight(all.length - old.length));
        return all;
    }

    private static long weight(int rows) {
        return (long) rows * KnownRow.WEIGHT;
    }

    /** Those that the message has already, else none. */
    private KnownRow.Forms forms(@Nullable KnownRow before, NarrowRow now) {
        return before != null && before.uid() == now.uid() && before.messageId() == now.messageId()
                ? before.forms()
                : new KnownRow.Forms(weight);
    }

    /** These rows as a later snapshot has them. */
    MailboxRows upgrade(KvRead kv, long to, NarrowRow.Words words) {
        MailboxRows upgraded = new MailboxRows(mailboxId, to, pieceBits, weight);
        long[] changed = changed(kv);
        UidSet removed = ExpungeHistory.since(kv, mailboxId, version);
        pieces.forEach((number, piece) -> {
            Piece now = changed.length > mostChanges || piece.stale
                    ? new Piece(piece.rows, true)
                    : upgrade(kv, number, piece, changed, removed, words);
            upgraded.pieces.put(number, now);
        });
        return upgraded;
    }

    /** UIDs of what changed since, ascending; one more than {@link #mostChanges} at most. */
    private long[] changed(KvRead kv) {
        long[] uids = new long[16];
        int count = 0;
        try (KvCursor cursor = kv.ascend(
                Tables.BY_MODSEQ, NarrowRow.modSeqKey(mailboxId, version + 1, 0), UidBitmaps.end(mailboxId))) {
            while (count <= mostChanges && cursor.next()) {
                if (count == uids.length) {
                    uids = Arrays.copyOf(uids, 2 * count);
                }
                uids[count++] = NarrowRow.uid(cursor.key());
            }
        }
        long[] changed = Arrays.copyOf(uids, count);
        Arrays.sort(changed);
        return changed;
    }

    private Piece upgrade(KvRead kv, long number, Piece piece, long[] changed, UidSet removed, NarrowRow.Words words) {
        int at = Arrays.binarySearch(changed, first(number));
        at = at < 0 ? -at - 1 : at;
        long last = last(number);
        boolean touched = at < changed.length && changed[at] <= last;
        if (!touched && removed.between(first(number), last).isEmpty()) {
            return piece;
        }
        List<KnownRow> rows = new ArrayList<>(piece.rows.length + 16);
        NarrowRow row = new NarrowRow(words);
        long less = 0;
        for (KnownRow old : piece.rows) {
            while (at < changed.length && changed[at] < old.uid()) {
                addTo(rows, kv, row, changed[at++], null);
            }
            if (at < changed.length && changed[at] == old.uid()) {
                addTo(rows, kv, row, changed[at++], old);
            } else if (removed.contains(old.uid())) {
                less += old.forms().octets();
            } else {
                rows.add(old);
            }
        }
        while (at < changed.length && changed[at] <= last) {
            addTo(rows, kv, row, changed[at++], null);
        }
        less += weight(piece.rows.length - rows.size());
        if (less < 0 && !weight.add(-less)) {
            return new Piece(piece.rows, true);
        }
        if (less > 0) {
            weight.remove(less);
        }
        return new Piece(rows.toArray(new KnownRow[0]), false);
    }

    private void addTo(List<KnownRow> rows, KvRead kv, NarrowRow row, long uid, @Nullable KnownRow before) {
        byte[] value = kv.get(Tables.MESSAGES, NarrowRow.key(mailboxId, uid));
        if (value == null) {
            throw new StoreException("message " + uid + " of mailbox " + mailboxId + " is in an index only");
        }
        row.load(uid, value);
        rows.add(row.known(forms(before, row)));
    }
}
