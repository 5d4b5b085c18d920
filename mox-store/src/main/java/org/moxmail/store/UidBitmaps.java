package org.moxmail.store;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.mailbox.UidSet;
import org.moxmail.store.kv.KvCursor;
import org.moxmail.store.kv.KvRead;
import org.moxmail.store.kv.KvWrite;

/**
 * Sets of UIDs per mailbox, cut into rows of 4,096 consecutive UIDs. A mailbox of a million messages is some 250 rows, so
 * that reading all its UIDs takes milliseconds, the smallest UID is one row away, and adding or removing one touches a
 * row of at most 513 octets, however large the mailbox.
 *
 * <p>A row is, after its format octet, either 1: the runs of members as pairs of numbers (gap before, length minus one),
 * or 2: the bitmap without its trailing zero octets, whichever is shorter. An empty row isn't kept.
 *
 * <p>Changes are collected and written once by {@link #flush}: a write that flags ten thousand messages writes three rows.
 */
final class UidBitmaps {
    static final int BITS = 12;
    private static final int UIDS = 1 << BITS;
    static final int WORDS = UIDS / 64;
    private static final int RUNS = 1;
    private static final int BITMAP = 2;

    private record Row(int table, long mailboxId, long number) {}

    private final KvWrite kv;
    private final Map<Row, long[]> changed = new LinkedHashMap<>();

    UidBitmaps(KvWrite kv) {
        this.kv = kv;
    }

    private static byte[] key(long mailboxId, long number) {
        return NarrowRow.key(mailboxId, number);
    }

    /** Adds or removes a UID. */
    void set(int table, long mailboxId, long uid, boolean member) {
        long[] words = changed.computeIfAbsent(
                new Row(table, mailboxId, uid >>> BITS), row -> words(kv, table, mailboxId, row.number));
        int bit = (int) uid & UIDS - 1;
        if (member) {
            words[bit >>> 6] |= 1L << bit;
        } else {
            words[bit >>> 6] &= ~(1L << bit);
        }
    }

    /** Writes what was changed. */
    void flush() {
        changed.forEach((row, words) -> {
            byte[] value = encode(words);
            if (value == null) {
                kv.delete(row.table, key(row.mailboxId, row.number));
            } else {
                kv.put(row.table, key(row.mailboxId, row.number), value);
            }
        });
        changed.clear();
    }

    /** The members of one row, as bits. */
    static long[] words(KvRead kv, int table, long mailboxId, long number) {
        byte[] value = kv.get(table, key(mailboxId, number));
        return value == null ? new long[WORDS] : decode(value);
    }

    /** All members. */
    static UidSet read(KvRead kv, int table, long mailboxId) {
        UidSet.Builder builder = new UidSet.Builder();
        try (KvCursor cursor = kv.ascend(table, key(mailboxId, 0), end(mailboxId))) {
            while (cursor.next()) {
                addRuns(builder, NarrowRow.uid(cursor.key()) << BITS, decode(cursor.value()));
            }
        }
        return builder.build();
    }

    /** The smallest member, or 0. */
    static long first(KvRead kv, int table, long mailboxId) {
        try (KvCursor cursor = kv.ascend(table, key(mailboxId, 0), end(mailboxId))) {
            if (!cursor.next()) {
                return 0;
            }
            long[] words = decode(cursor.value());
            return (NarrowRow.uid(cursor.key()) << BITS) + next(words, 0, true);
        }
    }

    static byte @Nullable [] end(long mailboxId) {
        return Key.end(MailboxRow.key(mailboxId).octets());
    }

    private static void addRuns(UidSet.Builder builder, long base, long[] words) {
        for (int from = next(words, 0, true); from < UIDS; ) {
            int to = next(words, from, false);
            builder.add(base + from, base + to - 1);
            from = next(words, to, true);
        }
    }

    /** The first bit from {@code from} that is set or clear; 4,096 when there is none. */
    private static int next(long[] words, int from, boolean set) {
        int index = from >>> 6;
        if (index >= WORDS) {
            return UIDS;
        }
        long word = (set ? words[index] : ~words[index]) & -1L << from;
        while (word == 0) {
            if (++index == WORDS) {
                return UIDS;
            }
            word = set ? words[index] : ~words[index];
        }
        return (index << 6) + Long.numberOfTrailingZeros(word);
    }

    /** Null for an empty set. */
    static byte @Nullable [] encode(long[] words) {
        RowWriter runs = new RowWriter();
        runs.u8(RUNS);
        int count = 0;
        int end = 0;
        for (int from = next(words, 0, true); from < UIDS; from = next(words, end, true)) {
            int before = end;
            end = next(words, from, false);
            if (++count > UIDS / 16) {
                return bitmap(words);
            }
            runs.number(from - before).number(end - from - 1);
        }
        if (count == 0) {
            return null;
        }
        byte[] asRuns = runs.toOctets();
        byte[] asBitmap = bitmap(words);
        return asRuns.length <= asBitmap.length ? asRuns : asBitmap;
    }

    private static byte[] bitmap(long[] words) {
        int last = WORDS * 8 - 1;
        while (last > 0 && (byte) (words[last >>> 3] >>> 8 * (last & 7)) == 0) {
            last--;
        }
        byte[] value = new byte[last + 2];
        value[0] = BITMAP;
        for (int i = 0; i <= last; i++) {
            value[i + 1] = (byte) (words[i >>> 3] >>> 8 * (i & 7));
        }
        return value;
    }

    static long[] decode(byte[] value) {
        try {
            RowReader in = new RowReader(value);
            long[] words = new long[WORDS];
            switch (in.u8()) {
                case RUNS -> {
                    int position = 0;
                    while (!in.atEnd()) {
                        int from = position + in.count();
                        position = from + in.count() + 1;
                        setRun(words, from, position);
                    }
                }
                case BITMAP -> {
                    for (int i = 0; !in.atEnd(); i++) {
                        words[i >>> 3] |= (long) in.u8() << 8 * (i & 7);
                    }
                }
                default -> throw new IllegalArgumentException("unknown format");
            }
            return words;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new StoreException("a row of UIDs can't be read: " + e.getMessage(), e);
        }
    }

    private static void setRun(long[] words, int from, int to) {
        if (to > UIDS || to <= from) {
            throw new IllegalArgumentException("a run that ends at " + to);
        }
        for (int bit = from; bit < to; ) {
            if ((bit & 63) == 0 && to - bit >= 64) {
                words[bit >>> 6] = -1;
                bit += 64;
            } else {
                words[bit >>> 6] |= 1L << bit;
                bit++;
            }
        }
    }
}
