package org.moxmail.store;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.moxmail.store.kv.KvCursor;

/**
 * Walks over tables of any size, one short snapshot after the other: none is long enough to be refused, or to keep the
 * engine from cleaning up. What a check looks up in its row's snapshot is consistent with the row; between slices others
 * write.
 */
final class Slices {
    private static final int ROWS = 2_000;
    private static final Duration TIME = Duration.ofSeconds(1);
    /** Reading the clock costs as much as a small read. */
    private static final int ROWS_PER_LOOK = 16;

    /** Sees a row. */
    @FunctionalInterface
    interface Check {
        /** @param at stands at the row; the check doesn't move it */
        void row(ReadTx tx, byte[] key, KvCursor at) throws IOException;
    }

    private final OpenAccount account;
    private final Findings findings;
    private final Progress progress;

    Slices(OpenAccount account, Findings findings, Progress progress) {
        this.account = account;
        this.findings = findings;
        this.progress = progress;
    }

    /** All of a table. */
    void each(String step, int table, Check check) throws IOException {
        range(step, table, Key.EMPTY.octets(), null, check);
    }

    /** The rows of a table that belong to a mailbox. */
    void mailbox(String step, int table, long mailboxId, Check check) throws IOException {
        range(step, table, MailboxRow.key(mailboxId).octets(), UidBitmaps.end(mailboxId), check);
    }

    private void range(String step, int table, byte[] first, byte @Nullable [] end, Check check) throws IOException {
        byte @Nullable [] from = first;
        long done = 0;
        while (from != null) {
            progress.at(step, done);
            Slice slice = slice(table, from, end, check);
            done += slice.rows;
            from = slice.next;
        }
    }

    /**
     * What was done.
     *
     * @param rows how many were looked at
     * @param next key to go on from; null at the end
     */
    private record Slice(int rows, byte @Nullable [] next) {}

    private Slice slice(int table, byte[] from, byte @Nullable [] end, Check check) throws IOException {
        long start = account.options().timing().nanoTime();
        try {
            return account.read(tx -> {
                int rows = 0;
                try (KvCursor cursor = tx.kv().ascend(table, from, end)) {
                    while (cursor.next()) {
                        byte[] key = cursor.key();
                        row(tx, table, key, cursor, check);
                        if (++rows == ROWS || rows % ROWS_PER_LOOK == 0 && late(start)) {
                            // The next key is this one with a zero octet behind it.
                            return new Slice(rows, Arrays.copyOf(key, key.length + 1));
                        }
                    }
                }
                return new Slice(rows, null);
            });
        } catch (StoreException e) {
            if (!account.available()) {
                throw e;
            }
            findings.expect(
                    false, Rule.READABLE, "table %d can't be read on: %s", table, String.valueOf(e.getMessage()));
            return new Slice(0, null);
        }
    }

    private boolean late(long start) {
        return account.options().timing().nanoTime() - start > TIME.toNanos();
    }

    private void row(ReadTx tx, int table, byte[] key, KvCursor cursor, Check check) throws IOException {
        try {
            check.row(tx, key, cursor);
        } catch (StoreException | IllegalArgumentException e) {
            unreadable(table, key, e);
        }
    }

    void unreadable(int table, byte[] key, RuntimeException e) {
        findings.expect(
                false,
                Rule.READABLE,
                "table %d, row %s: %s",
                table,
                HexFormat.of().formatHex(key),
                String.valueOf(e.getMessage()));
    }
}
