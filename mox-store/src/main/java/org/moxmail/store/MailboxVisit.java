package org.moxmail.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.mailbox.UidSet;
import org.moxmail.store.kv.KvCursor;
import org.moxmail.store.kv.KvRead;

/** One visit to a mailbox's messages, which {@link MailReader#messages} describes. */
final class MailboxVisit {
    /** Between two wanted UIDs that are closer than this it is cheaper to pass over rows than to search again. */
    private static final int GAP = 64;

    private final KvRead kv;
    private final long mailboxId;
    private final long above;
    private final NarrowRow row;
    private final MailReader.RowVisitor visitor;

    /** @param above a mod-sequence */
    MailboxVisit(KvRead kv, long mailboxId, long above, NarrowRow row, MailReader.RowVisitor visitor) {
        this.kv = kv;
        this.mailboxId = mailboxId;
        this.above = above;
        this.row = row;
        this.visitor = visitor;
    }

    /** Takes what can be had from memory, and has more of it there afterwards; the rest is read. */
    void use(MailboxRows known, UidSet wanted, int many, NarrowRow.Words words) throws IOException {
        if (wanted.isEmpty()) {
            return;
        }
        long unread = wanted.min();
        long last = known.number(wanted.max());
        for (long number = known.number(wanted.min()); number <= last; number++) {
            UidSet part = wanted.between(known.first(number), known.last(number));
            KnownRow[] rows = part.isEmpty() ? null : known.known(number);
            if (rows == null && part.size() >= many) {
                rows = known.load(kv, number, words);
            }
            if (rows != null) {
                if (!read(wanted.between(unread, known.first(number) - 1)) || !visit(rows, part)) {
                    return;
                }
                unread = known.last(number) + 1;
            }
        }
        read(wanted.between(unread, wanted.max()));
    }

    private boolean visit(KnownRow[] rows, UidSet wanted) throws IOException {
        int at = 0;
        for (int range = 0; range < wanted.ranges(); range++) {
            at = search(rows, at, wanted.first(range));
            long last = wanted.last(range);
            while (at < rows.length && rows[at].uid() <= last) {
                KnownRow next = rows[at++];
                if (next.modSeq() > above) {
                    row.load(next);
                    if (!visitor.visit(row)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** The first row from {@code low} on whose UID isn't below. */
    private static int search(KnownRow[] rows, int low, long uid) {
        int from = low;
        int to = rows.length;
        while (from < to) {
            int middle = from + to >>> 1;
            if (rows[middle].uid() < uid) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** Reads rows from the tables; false when the visitor has seen enough. */
    boolean read(UidSet wanted) throws IOException {
        for (int i = 0; i < wanted.ranges(); ) {
            int next = i + 1;
            while (next < wanted.ranges() && wanted.first(next) - wanted.last(next - 1) < GAP) {
                next++;
            }
            if (!read(wanted, i, next)) {
                return false;
            }
            i = next;
        }
        return true;
    }

    /** Visits ranges {@code from} to {@code to}, excluded, of a set. */
    private boolean read(UidSet wanted, int from, int to) throws IOException {
        long first = wanted.first(from);
        long last = wanted.last(to - 1);
        if (first == last) {
            byte @Nullable [] value = kv.get(Tables.MESSAGES, NarrowRow.key(mailboxId, first));
            return value == null || visit(first, value);
        }
        byte[] end = last == UidSet.MAX ? UidBitmaps.end(mailboxId) : NarrowRow.key(mailboxId, last + 1);
        int range = from;
        try (KvCursor cursor = kv.ascend(Tables.MESSAGES, NarrowRow.key(mailboxId, first), end)) {
            while (cursor.next()) {
                long uid = NarrowRow.uid(cursor.key());
                while (uid > wanted.last(range)) {
                    range++;
                }
                if (uid >= wanted.first(range) && !visit(uid, cursor.value())) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean visit(long uid, byte[] value) throws IOException {
        row.load(uid, value);
        return row.modSeq() <= above || visitor.visit(row);
    }
}
