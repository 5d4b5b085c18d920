package org.moxmail.imap.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.moxmail.imap.FormPrinter;
import org.moxmail.message.mailbox.UidSet;

/** Reads rows in batches, each in a snapshot of its own, so that no snapshot lasts while something is written. */
final class RowBatches {
    /** Of messages, that a batch may have in memory before it ends. */
    static final int OCTETS = 256 * 1024;

    /**
     * Some rows.
     *
     * @param missing messages that were asked for and are neither there nor readable any more
     */
    record Batch(List<FetchRow> rows, long last, boolean missing) {}

    private final Session session;
    private final long mailboxId;
    private final UidSet uids;
    private final long changedSince;
    private final FetchRow.Columns columns;
    private final int size;
    private final FormPrinter printer = new FormPrinter();
    private long next = 1;

    RowBatches(Session session, long mailboxId, UidSet uids, long changedSince, FetchRow.Columns columns, int size) {
        this.session = session;
        this.mailboxId = mailboxId;
        this.uids = uids;
        this.changedSince = changedSince;
        this.columns = columns;
        this.size = size;
    }

    boolean hasMore() {
        return !uids.isEmpty() && next <= uids.max();
    }

    /** The next rows in ascending order; may be none. */
    Batch read() throws IOException {
        UidSet rest = next == 1 ? uids : uids.between(next, UidSet.MAX);
        Batch batch = session.mail().read(view -> read(view, rest));
        next = batch.last() + 1;
        return batch;
    }

    private Batch read(ReadView view, UidSet rest) throws IOException {
        List<FetchRow> rows = new ArrayList<>((int) Math.min(size, rest.size()));
        long[] octets = {0};
        boolean[] full = {false};
        view.messages(mailboxId, rest, Math.max(0, changedSince), row -> {
            FetchRow read = FetchRow.of(row, columns, printer, false);
            rows.add(read);
            octets[0] += read.octetCount();
            full[0] = rows.size() >= size || octets[0] >= OCTETS;
            return !full[0];
        });
        long last = full[0] ? rows.getLast().uid() : rest.max();
        if (changedSince > 0) {
            return new Batch(rows, last, false);
        }
        long expected = last == rest.max() ? rest.size() : rest.indexOf(last) + 1;
        if (rows.size() == expected) {
            return new Batch(rows, last, false);
        }
        UidSet.Builder seen = new UidSet.Builder();
        rows.forEach(row -> seen.add(row.uid()));
        // RFC 2180 §4.1.2: the client hasn't been told that they are gone, so it may still have them.
        UidSet gone = rest.between(rest.min(), last).minus(seen.build());
        view.removed(mailboxId, gone, row -> rows.add(FetchRow.of(row, columns, printer, true)));
        rows.sort(Comparator.comparingLong(FetchRow::uid));
        return new Batch(rows, last, rows.size() < expected);
    }
}
