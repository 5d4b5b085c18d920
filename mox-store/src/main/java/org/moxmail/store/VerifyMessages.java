package org.moxmail.store;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.UidSet;
import org.moxmail.store.kv.KvCursor;

/** Checks the messages of one mailbox, which may change and even be deleted meanwhile. */
final class VerifyMessages {
    /** So many blocks of UIDs are looked at again in the snapshot that compares counts; more after each attempt. */
    private static final int FEW = 8;

    /** What a block of UIDs holds. */
    private record Totals(long messages, long unseen, long deleted, long sizeBytes, long deletedSizeBytes) {
        static final Totals NONE = new Totals(0, 0, 0, 0, 0);

        Totals plus(Totals more) {
            return new Totals(
                    messages + more.messages,
                    unseen + more.unseen,
                    deleted + more.deleted,
                    sizeBytes + more.sizeBytes,
                    deletedSizeBytes + more.deletedSizeBytes);
        }

        static Totals of(Counters counters) {
            return new Totals(
                    counters.messages,
                    counters.unseen,
                    counters.deleted,
                    counters.sizeBytes,
                    counters.deletedSizeBytes);
        }
    }

    private final OpenAccount account;
    private final Findings findings;
    private final Slices slices;
    private final MailboxRow mailbox;
    private final Map<Long, Totals> blocks = new TreeMap<>();

    // What is the same for all rows of a snapshot.
    private @Nullable ReadTx seen;
    private @Nullable Counters counters;
    private Map<Long, String> words = Map.of();
    private @Nullable UidSet uids;

    VerifyMessages(OpenAccount account, Findings findings, Slices slices, MailboxRow mailbox) {
        this.account = account;
        this.findings = findings;
        this.slices = slices;
        this.mailbox = mailbox;
    }

    private void expect(boolean good, Rule rule, String words, Object... values) {
        if (!good) {
            findings.expect(false, rule, mailbox.name() + ": " + words, values);
        }
    }

    void check() throws IOException {
        long since = account.read(tx -> {
            enter(tx);
            return counters == null ? 0 : counters.highestModSeq;
        });
        blocks();
        compareCounts(since);
        slices.mailbox("messages of " + mailbox.name(), Tables.MESSAGES, mailbox.id(), (tx, key, at) -> {
            if (enter(tx)) {
                message(tx, NarrowRow.uid(key), at.value());
            }
        });
        slices.mailbox("mod-sequences of " + mailbox.name(), Tables.BY_MODSEQ, mailbox.id(), (tx, key, at) -> {
            if (enter(tx)) {
                modSeq(tx, new RowReader(key, 4).u64(), NarrowRow.uid(key));
            }
        });
        slices.mailbox("expunges of " + mailbox.name(), Tables.EXPUNGED, mailbox.id(), (tx, key, at) -> {
            if (enter(tx)) {
                expunges(tx, new RowReader(key, 4).u64(), ExpungeHistory.uids(at.value()));
            }
        });
    }

    /** Reads what holds for a whole snapshot, once; false when the mailbox is gone, or its counters are. */
    @SuppressWarnings("ReferenceEquality") // A snapshot is itself only.
    private boolean enter(ReadTx tx) {
        if (tx != seen) {
            seen = tx;
            Key key = MailboxRow.key(mailbox.id());
            byte[] value = tx.has(Tables.MAILBOXES, key) ? tx.kv().get(Tables.COUNTERS.number(), key.octets()) : null;
            counters = value == null
                    ? null
                    : Verify.readable(Tables.COUNTERS, value).orElse(null);
            words = keywords(tx);
            uids = null;
        }
        return counters != null;
    }

    private Map<Long, String> keywords(ReadTx tx) {
        Map<Long, String> all = new HashMap<>();
        byte[] from = MailboxRow.key(mailbox.id()).octets();
        try (KvCursor cursor = tx.kv().ascend(Tables.KEYWORDS.number(), from, UidBitmaps.end(mailbox.id()))) {
            while (cursor.next()) {
                Verify.readable(Tables.KEYWORDS, cursor.value()).ifPresent(row -> all.put(row.number(), row.word()));
            }
        }
        return all;
    }

    private NarrowRow row() {
        return new NarrowRow(new NarrowRow.Words(words), id -> {
            throw new IllegalStateException();
        });
    }

    private void message(ReadTx tx, long uid, byte[] value) {
        Counters now = Objects.requireNonNull(counters);
        NarrowRow row = row();
        row.load(uid, value);
        expect(uid > 0 && uid < now.uidNext, Rule.UID_NEXT, "UID %d isn't below %d", uid, now.uidNext);
        expect(
                row.modSeq() > 0 && row.modSeq() <= now.highestModSeq,
                Rule.MOD_SEQUENCES,
                "UID %d has %d, the mailbox %d",
                uid,
                row.modSeq(),
                now.highestModSeq);
        expect(
                tx.kv().get(Tables.BY_MODSEQ, NarrowRow.modSeqKey(mailbox.id(), row.modSeq(), uid)) != null,
                Rule.MOD_SEQUENCE_INDEX,
                "UID %d isn't there with %d",
                uid,
                row.modSeq());
        try {
            row.flags();
        } catch (StoreException e) {
            expect(false, Rule.KEYWORDS, "UID %d: %s", uid, String.valueOf(e.getMessage()));
        }
        Optional<DetailsRow> details = tx.get(Tables.DETAILS, Key.of(row.messageId()));
        expect(
                details.isPresent()
                        && details.get().mailboxId() == mailbox.id()
                        && details.get().uid() == uid
                        && details.get().sizeBytes() == row.sizeBytes(),
                Rule.DETAILS,
                "UID %d, message %d: %s",
                uid,
                row.messageId(),
                details.isEmpty() ? "none" : "they are of another place or size");
    }

    private void modSeq(ReadTx tx, long modSeq, long uid) {
        byte[] value = tx.kv().get(Tables.MESSAGES, NarrowRow.key(mailbox.id(), uid));
        boolean right = false;
        if (value != null) {
            NarrowRow row = row();
            row.load(uid, value);
            right = row.modSeq() == modSeq;
        }
        expect(right, Rule.MOD_SEQUENCE_INDEX, "an entry for UID %d at %d", uid, modSeq);
    }

    private void expunges(ReadTx tx, long modSeq, UidSet gone) {
        Counters now = Objects.requireNonNull(counters);
        expect(modSeq <= now.highestModSeq, Rule.EXPUNGES, "one of the future, at %d", modSeq);
        expect(
                gone.isEmpty() || gone.max() < now.uidNext,
                Rule.EXPUNGES,
                "UIDs that weren't given yet, at %d: %s",
                modSeq,
                gone);
        UidSet there = uids;
        if (there == null) {
            there = UidBitmaps.read(tx.kv(), Tables.UIDS, mailbox.id());
            uids = there;
        }
        expect(gone.intersect(there).isEmpty(), Rule.EXPUNGES, "UIDs that are there, at %d: %s", modSeq, gone);
    }

    /** Compares the sets of UIDs with the messages, a row of the sets in a snapshot, and adds up. */
    private void blocks() throws IOException {
        for (long from = 0; from >= 0; ) {
            long first = from;
            from = account.read(tx -> {
                long block = enter(tx) ? nextBlock(tx, first) : -1;
                if (block >= 0) {
                    blocks.put(block, block(tx, block, true));
                }
                return block < 0 ? -1 : block + 1;
            });
        }
    }

    /** The next block from one on about which there is anything; -1 for none. */
    private long nextBlock(ReadTx tx, long from) {
        long next = -1;
        if (from << UidBitmaps.BITS > UidSet.MAX) {
            return next;
        }
        for (int table : List.of(Tables.MESSAGES, Tables.UIDS, Tables.UNSEEN, Tables.DELETED)) {
            boolean messages = table == Tables.MESSAGES;
            byte[] key = NarrowRow.key(mailbox.id(), messages ? from << UidBitmaps.BITS : from);
            try (KvCursor cursor = tx.kv().ascend(table, key, UidBitmaps.end(mailbox.id()))) {
                if (cursor.next()) {
                    long found = NarrowRow.uid(cursor.key()) >>> (messages ? UidBitmaps.BITS : 0);
                    next = next < 0 ? found : Math.min(next, found);
                }
            }
        }
        return next;
    }

    private Totals block(ReadTx tx, long number, boolean check) {
        long first = number << UidBitmaps.BITS;
        long end = first + (1L << UidBitmaps.BITS);
        long[] there = new long[UidBitmaps.WORDS];
        long[] unseen = new long[UidBitmaps.WORDS];
        long[] deleted = new long[UidBitmaps.WORDS];
        Totals totals = Totals.NONE;
        byte[] to = end > UidSet.MAX ? UidBitmaps.end(mailbox.id()) : NarrowRow.key(mailbox.id(), end);
        NarrowRow row = row();
        try (KvCursor cursor = tx.kv().ascend(Tables.MESSAGES, NarrowRow.key(mailbox.id(), first), to)) {
            while (cursor.next()) {
                long uid = NarrowRow.uid(cursor.key());
                try {
                    row.load(uid, cursor.value());
                } catch (StoreException e) {
                    // The walk over messages tells of it.
                    continue;
                }
                boolean isUnseen = (row.flagBits() & Flags.SEEN) == 0;
                boolean isDeleted = (row.flagBits() & Flags.DELETED) != 0;
                set(there, uid, true);
                set(unseen, uid, isUnseen);
                set(deleted, uid, isDeleted);
                totals = totals.plus(new Totals(
                        1, isUnseen ? 1 : 0, isDeleted ? 1 : 0, row.sizeBytes(), isDeleted ? row.sizeBytes() : 0));
            }
        }
        if (check) {
            compare(tx, number, Tables.UIDS, Rule.UIDS, there);
            compare(tx, number, Tables.UNSEEN, Rule.UNSEEN, unseen);
            compare(tx, number, Tables.DELETED, Rule.DELETED, deleted);
        }
        return totals;
    }

    private static void set(long[] words, long uid, boolean member) {
        if (member) {
            words[(int) uid >>> 6 & UidBitmaps.WORDS - 1] |= 1L << uid;
        }
    }

    private void compare(ReadTx tx, long number, int table, Rule rule, long[] expected) {
        byte[] key = NarrowRow.key(mailbox.id(), number);
        try {
            long[] found = UidBitmaps.words(tx.kv(), table, mailbox.id(), number);
            int word = Arrays.mismatch(found, expected);
            if (word >= 0) {
                long uid = (number << UidBitmaps.BITS)
                        + 64L * word
                        + Long.numberOfTrailingZeros(found[word] ^ expected[word]);
                expect(false, rule, "wrong from UID %d on", uid);
            }
        } catch (StoreException e) {
            slices.unreadable(table, key, e);
        }
    }

    /** Compares counts in a snapshot that first looks again at blocks that changed since they were added up. */
    private void compareCounts(long begun) throws IOException {
        long since = begun;
        for (int few = FEW; ; few *= 2) {
            int most = few;
            long from = since;
            Set<Long> changed = new HashSet<>();
            since = account.read(tx -> {
                if (!enter(tx)) {
                    return -1L;
                }
                Counters now = Objects.requireNonNull(counters);
                changed.addAll(changedBlocks(tx, from));
                if (changed.size() > most) {
                    return now.highestModSeq;
                }
                changed.forEach(number -> blocks.put(number, block(tx, number, false)));
                Totals sum = blocks.values().stream().reduce(Totals.NONE, Totals::plus);
                expect(sum.equals(Totals.of(now)), Rule.COUNTS, "counted are %s, there are %s", Totals.of(now), sum);
                return -1L;
            });
            if (since < 0) {
                return;
            }
            for (long number : changed) {
                account.read(tx -> {
                    if (enter(tx)) {
                        blocks.put(number, block(tx, number, false));
                    }
                    return number;
                });
            }
        }
    }

    private Set<Long> changedBlocks(ReadTx tx, long since) {
        Set<Long> changed = new TreeSet<>();
        byte[] from = NarrowRow.modSeqKey(mailbox.id(), since + 1, 0);
        try (KvCursor cursor = tx.kv().ascend(Tables.BY_MODSEQ, from, UidBitmaps.end(mailbox.id()))) {
            while (cursor.next()) {
                changed.add(NarrowRow.uid(cursor.key()) >>> UidBitmaps.BITS);
            }
        }
        UidSet gone = ExpungeHistory.since(tx.kv(), mailbox.id(), since);
        for (int i = 0; i < gone.ranges(); i++) {
            for (long block = gone.first(i) >>> UidBitmaps.BITS; block <= gone.last(i) >>> UidBitmaps.BITS; block++) {
                changed.add(block);
            }
        }
        return changed;
    }
}
