package org.moxmail.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.moxmail.store.kv.KvCursor;

/** Checks what messages are made of: details, links of threads, octets and files. */
final class VerifyContents {
    private final OpenAccount account;
    private final Findings findings;
    private final Slices slices;
    private final Shares shares = new Shares();
    private final Set<Long> unplaced = new HashSet<>();
    /** Messages with smaller ids were looked at; erasing waits, so none of them can go, and none come. */
    private long nextMessageId;

    // What is the same for all rows of a snapshot.
    private @Nullable ReadTx seen;
    private AccountState state = new AccountState();
    private Set<Long> purged = Set.of();

    VerifyContents(OpenAccount account, Findings findings, Slices slices) {
        this.account = account;
        this.findings = findings;
        this.slices = slices;
    }

    void check() throws IOException {
        slices.each("messages", Tables.DETAILS.number(), (tx, key, at) -> {
            enter(tx);
            details(tx, key);
        });
        findUnplaced();
        for (int table : List.of(Tables.THREAD_LINKS, Tables.THREAD_TOPICS)) {
            slices.each("threads", table, (tx, key, at) -> link(tx, table, key, at.value()));
        }
        slices.each("octets", Tables.BYTES.number(), (tx, key, at) -> {
            if (enter(tx)) {
                catchUp(tx);
            }
            octets(tx, Tables.BYTES.decode(at.value()));
        });
        strayOctets();
        removals();
        strayFiles();
    }

    /** Reads what holds for a whole snapshot; true when it is a new one. */
    @SuppressWarnings("ReferenceEquality") // A snapshot is itself only.
    private boolean enter(ReadTx tx) {
        if (tx == seen) {
            return false;
        }
        seen = tx;
        state = Verify.state(tx);
        purged = new HashSet<>();
        try (KvCursor cursor = tx.kv().ascend(Tables.PURGES, Key.EMPTY.octets(), null)) {
            while (cursor.next()) {
                purged.add(new RowReader(cursor.key(), 8).u64());
            }
        }
        return true;
    }

    /** Looks at the details of messages that came since they were looked at, so that all of a snapshot are known. */
    private void catchUp(ReadTx tx) throws IOException {
        byte[] from = Key.of(nextMessageId).octets();
        try (KvCursor cursor = tx.kv().ascend(Tables.DETAILS.number(), from, null)) {
            while (cursor.next()) {
                byte[] key = cursor.key();
                try {
                    details(tx, key);
                } catch (StoreException e) {
                    slices.unreadable(Tables.DETAILS.number(), key, e);
                }
            }
        }
    }

    private void details(ReadTx tx, byte[] key) {
        Key primary = new Key(Arrays.copyOf(key, key.length - 2));
        if (key[key.length - 1] != 0 || key[key.length - 2] != 0) {
            findings.expect(tx.has(Tables.DETAILS, primary), Rule.READABLE, "details %s have no beginning", primary);
            return;
        }
        DetailsRow row = tx.get(Tables.DETAILS, primary).orElseThrow();
        long id = row.messageId();
        nextMessageId = id + 1;
        shares.add(row.bytesId());
        findings.expect(Key.of(id).equals(primary), Rule.READABLE, "details of message %d stand at %s", id, primary);
        findings.expect(id < state.nextMessageId, Rule.IDS, "message %d is of the future", id);
        if (!purged.contains(row.mailboxId()) && !isPlaced(tx, row)) {
            unplaced.add(id);
        }
        findings.expect(
                row.threadId() > 0 && row.threadId() <= id && row.emailId() > 0 && row.emailId() <= id,
                Rule.THREADS,
                "message %d: thread %d, e-mail %d",
                id,
                row.threadId(),
                row.emailId());
        for (Threads.Link link : Threads.links(row)) {
            findings.expect(
                    Threads.has(tx.kv(), link), Rule.THREAD_LINKS, "message %d has none in table %d", id, link.table());
        }
        sizes(tx, row);
    }

    private static boolean isPlaced(ReadTx tx, DetailsRow row) {
        byte[] value = tx.kv().get(Tables.MESSAGES, NarrowRow.key(row.mailboxId(), row.uid()));
        if (value == null || !tx.has(Tables.MAILBOXES, MailboxRow.key(row.mailboxId()))) {
            return false;
        }
        NarrowRow narrow = new NarrowRow(new NarrowRow.Words(Map.of()), id -> {
            throw new IllegalStateException();
        });
        narrow.load(row.uid(), value);
        return narrow.messageId() == row.messageId();
    }

    private void sizes(ReadTx tx, DetailsRow row) {
        Optional<BytesRow> bytes = tx.get(Tables.BYTES, Key.of(row.bytesId()));
        findings.expect(
                bytes.isPresent() && bytes.get().sizeBytes() + row.prefixOctets().length == row.sizeBytes(),
                Rule.SIZES,
                "message %d of %d octets has %d in front and %s",
                row.messageId(),
                row.sizeBytes(),
                row.prefixOctets().length,
                bytes.map(BytesRow::toString).orElse("none"));
        var part = row.details().structure();
        findings.expect(
                part.bodyOffset() >= 0 && part.bodyOffset() + part.bodySize() <= row.sizeBytes(),
                Rule.SIZES,
                "message %d of %d octets has a body that goes on",
                row.messageId(),
                row.sizeBytes());
    }

    /** Those in no mailbox have to wait to be erased; that stays so as long as erasing waits. */
    private void findUnplaced() throws IOException {
        if (unplaced.isEmpty()) {
            return;
        }
        slices.each("removed messages", Tables.ERASE, (tx, key, at) -> unplaced.remove(new RowReader(key, 8).u64()));
        unplaced.forEach(id -> findings.expect(false, Rule.PLACES, "message %d is nowhere", id));
    }

    private void link(ReadTx tx, int table, byte[] key, byte[] value) {
        long id = Threads.messageId(key);
        boolean asked = tx.get(Tables.DETAILS, Key.of(id))
                .map(row -> Threads.links(row).stream()
                        .anyMatch(link -> link.table() == table
                                && Arrays.equals(link.key(), key)
                                && Arrays.equals(link.value(), value)))
                .orElse(false);
        findings.expect(asked, Rule.THREAD_LINKS, "table %d has one for message %d that it has not", table, id);
    }

    private void octets(ReadTx tx, BytesRow row) throws IOException {
        long id = row.bytesId();
        findings.expect(
                shares.of(id) == row.messages(),
                Rule.SHARES,
                "octets %d are counted for %d messages, and %d have them",
                id,
                row.messages(),
                shares.of(id));
        if (row.where() == BytesRow.Where.FILE) {
            long size = account.bytes().files().size(account.bytes().file(id));
            findings.expect(
                    size == row.sizeBytes(),
                    Rule.FILES,
                    "the file of octets %d has %d of %d",
                    id,
                    size,
                    row.sizeBytes());
            return;
        }
        long size = 0;
        byte[] value = tx.kv().get(Tables.OCTETS, MessageBytes.partKey(id, 0));
        for (int part = 1; value != null; part++) {
            size += value.length;
            value = size < row.sizeBytes() ? tx.kv().get(Tables.OCTETS, MessageBytes.partKey(id, part)) : null;
        }
        findings.expect(size == row.sizeBytes(), Rule.OCTETS, "octets %d are %d of %d", id, size, row.sizeBytes());
    }

    private void strayOctets() throws IOException {
        long[] last = {-1};
        slices.each("octets in rows", Tables.OCTETS, (tx, key, at) -> {
            RowReader in = new RowReader(key);
            long id = in.u64();
            if (id != last[0]) {
                last[0] = id;
                boolean known = tx.get(Tables.BYTES, Key.of(id))
                        .map(row -> row.where() == BytesRow.Where.ROWS)
                        .orElse(false);
                findings.expect(known, Rule.OCTETS, "octets %d in rows belong to nothing", id);
            }
        });
    }

    private void removals() throws IOException {
        slices.each("removed messages", Tables.ERASE, (tx, key, at) -> {
            enter(tx);
            RowReader in = new RowReader(key);
            long modSeq = in.u64();
            long id = in.u64();
            boolean placed = tx.get(Tables.DETAILS, Key.of(id))
                    .map(row -> isPlaced(tx, row))
                    .orElse(false);
            findings.expect(
                    modSeq <= state.lastModSeq && !placed,
                    Rule.REMOVALS,
                    "message %d, removed at %d, %s",
                    id,
                    modSeq,
                    placed ? "is in a mailbox" : "in the future");
        });
        slices.each("removed rows", Tables.REMOVED, (tx, key, at) -> {
            enter(tx);
            long modSeq = new RowReader(key).u64();
            findings.expect(modSeq <= state.lastModSeq, Rule.REMOVALS, "a row removed in the future, at %d", modSeq);
        });
        slices.each("files to delete", Tables.DOOMED, (tx, key, at) -> {
            long id = new RowReader(key).u64();
            findings.expect(!tx.has(Tables.BYTES, Key.of(id)), Rule.REMOVALS, "the file of octets %d is needed", id);
        });
    }

    private void strayFiles() throws IOException {
        StoreFiles files = account.bytes().files();
        for (Path directory : files.list(account.bytes().directory())) {
            List<Path> listed = files.list(directory);
            // In this order: a spool stays open until a row names its file or the file is gone.
            Set<Long> spools = new HashSet<>(account.openSpools());
            for (Path file : listed) {
                long id = MessageBytes.id(file);
                boolean known = id >= 0 && (spools.contains(id) || account.named(id)) || files.size(file) < 0;
                findings.expect(known, Rule.STRAY_FILES, "%s belongs to nothing", file.getFileName());
            }
        }
    }

    /** How many messages have which octets. */
    private static final class Shares {
        private static final int BITS = 12;

        private final Map<Long, int[]> pages = new HashMap<>();

        void add(long bytesId) {
            pages.computeIfAbsent(bytesId >>> BITS, page -> new int[1 << BITS])[(int) bytesId & (1 << BITS) - 1]++;
        }

        long of(long bytesId) {
            int[] page = pages.get(bytesId >>> BITS);
            return page == null ? 0 : page[(int) bytesId & (1 << BITS) - 1];
        }
    }
}
