package org.moxmail.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.moxmail.message.mailbox.UidSet;
import org.moxmail.store.kv.KvCursor;
import org.moxmail.store.kv.KvRead;
import org.moxmail.store.kv.KvWrite;

/**
 * Which UIDs left a mailbox and when, for VANISHED (EARLIER), RFC 7162 §3.2.5.2. A row per removal: by mailbox,
 * mod-sequence and number, as many pairs (gap before, length minus one) as fit.
 */
final class ExpungeHistory {
    private static final int FORMAT = 1;
    private static final int RANGES_PER_ROW = 4_000;

    private record Range(long first, long last) {}

    private ExpungeHistory() {}

    private static byte[] key(long mailboxId, long modSeq, long number) {
        return NarrowRow.modSeqKey(mailboxId, modSeq, number);
    }

    /** Adds what one write removed from a mailbox, which may do so several times. */
    static void add(KvWrite kv, long mailboxId, long modSeq, UidSet uids) {
        long number = nextNumber(kv, mailboxId, modSeq);
        for (int from = 0; from < uids.ranges(); from += RANGES_PER_ROW) {
            RowWriter out = new RowWriter();
            out.u8(FORMAT);
            long end = 0;
            for (int i = from; i < Math.min(uids.ranges(), from + RANGES_PER_ROW); i++) {
                out.number(uids.first(i) - end).number(uids.last(i) - uids.first(i));
                end = uids.last(i) + 1;
            }
            kv.put(Tables.EXPUNGED, key(mailboxId, modSeq, number++), out.toOctets());
        }
    }

    private static long nextNumber(KvRead kv, long mailboxId, long modSeq) {
        try (KvCursor cursor = kv.descend(Tables.EXPUNGED, key(mailboxId, modSeq, 0), key(mailboxId, modSeq + 1, 0))) {
            return cursor.next() ? NarrowRow.uid(cursor.key()) + 1 : 0;
        }
    }

    /** What left after {@code since}. */
    static UidSet since(KvRead kv, long mailboxId, long since) {
        if (since == Long.MAX_VALUE) {
            return UidSet.EMPTY;
        }
        List<Range> ranges = new ArrayList<>();
        long from = Math.max(0, since + 1);
        try (KvCursor cursor = kv.ascend(Tables.EXPUNGED, key(mailboxId, from, 0), UidBitmaps.end(mailboxId))) {
            while (cursor.next()) {
                decode(cursor.value(), ranges);
            }
        }
        return set(ranges);
    }

    /** What one row has. */
    static UidSet uids(byte[] value) {
        List<Range> ranges = new ArrayList<>();
        decode(value, ranges);
        return set(ranges);
    }

    private static UidSet set(List<Range> ranges) {
        ranges.sort(Comparator.comparingLong(Range::first));
        UidSet.Builder builder = new UidSet.Builder();
        ranges.forEach(range -> builder.add(range.first, range.last));
        return builder.build();
    }

    private static void decode(byte[] value, List<Range> into) {
        try {
            RowReader in = new RowReader(value);
            if (in.u8() != FORMAT) {
                throw new IllegalArgumentException("unknown format");
            }
            long end = 0;
            while (!in.atEnd()) {
                long first = end + in.number();
                long last = first + in.number();
                if (first < 1 || last < first || last > UidSet.MAX) {
                    throw new IllegalArgumentException(first + ":" + last);
                }
                into.add(new Range(first, last));
                end = last + 1;
            }
        } catch (IllegalArgumentException e) {
            throw new StoreException("a row of the expunge history can't be read: " + e.getMessage(), e);
        }
    }
}
