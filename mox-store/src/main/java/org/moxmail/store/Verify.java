package org.moxmail.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.SpecialUse;
import org.moxmail.message.mailbox.UidSet;
import org.moxmail.store.kv.KvCursor;

/** Checks that everything in an account agrees with everything else. What it finds is told in words; nothing is mended. */
final class Verify {
    private final ReadTx tx;
    private final MailReader reader;
    private final List<String> problems = new ArrayList<>();
    /** Message ids by where their rows are. */
    private final Map<Long, String> placed = new HashMap<>();
    /** Mailboxes that exist, and deleted ones that are still being purged. */
    private final Set<Long> mailboxes = new HashSet<>();

    private final Set<Long> purging = new HashSet<>();
    private final Set<Long> erasing = new HashSet<>();
    private final AccountState state;

    private Verify(ReadTx tx, StoreLimits limits) {
        this.tx = tx;
        reader = new MailReader(tx, limits);
        state = reader.state();
    }

    static List<String> check(OpenAccount account) throws IOException {
        // A file that is erased between looking at its row and looking for it would be told as missing.
        account.eraser().pause();
        try {
            return account.read(tx -> {
                Verify verify = new Verify(tx, account.options().limits());
                verify.run();
                verify.files(account);
                return verify.problems;
            });
        } finally {
            account.eraser().resume();
        }
    }

    private void expect(boolean good, String problem, Object... values) {
        if (!good) {
            problems.add(String.format(Locale.ROOT, problem, values));
        }
    }

    private void run() throws IOException {
        pending(Tables.ERASE, erasing);
        pending(Tables.PURGES, purging);
        for (MailboxRow row : reader.rows()) {
            mailboxes.add(row.id());
        }
        checkMailboxes();
        strays();
        details();
        octets();
        checkDeliveries();
    }

    private void pending(int table, Set<Long> ids) {
        try (KvCursor cursor = tx.kv().ascend(table, Key.EMPTY.octets(), null)) {
            while (cursor.next()) {
                RowReader key = new RowReader(cursor.key());
                long modSeq = key.u64();
                ids.add(key.u64());
                expect(modSeq <= state.lastModSeq, "a removal is from the future: %d", modSeq);
            }
        }
    }

    private void checkMailboxes() throws IOException {
        Set<MailboxName> names = new HashSet<>();
        Set<SpecialUse> uses = new HashSet<>();
        Set<Long> validities = new HashSet<>();
        long used = 0;
        List<MailboxRow> rows = reader.rows();
        for (MailboxRow row : rows) {
            expect(names.add(row.name()), "two mailboxes are called %s", row.name());
            expect(validities.add(row.uidValidity()), "two mailboxes have UIDVALIDITY %d", row.uidValidity());
            row.uses().forEach(use -> expect(uses.add(use), "two mailboxes are for %s", use));
            expect(row.uidValidity() < state.nextUidValidity, "%s has a UIDVALIDITY of the future", row.name());
            expect(row.id() < state.nextMailboxId, "%s has an id of the future", row.name());
            expect(
                    reader.row(row.name()).map(MailboxRow::id).equals(Optional.of(row.id())),
                    "%s isn't found by its name",
                    row.name());
            used += mailbox(row);
        }
        for (MailboxRow row : rows) {
            expect(
                    row.name().parent().isEmpty()
                            || names.contains(row.name().parent().get()),
                    "%s has no parent",
                    row.name());
        }
        expect(count(Tables.MAILBOX_BY_NAME.number()) == rows.size(), "the index by name has strays");
        expect(count(Tables.COUNTERS.number()) == rows.size(), "the counters have strays");
        expect(used == state.usedBytes, "%d octets are used and %d counted", used, state.usedBytes);
    }

    private long count(int table) {
        long count = 0;
        try (KvCursor cursor = tx.kv().ascend(table, Key.EMPTY.octets(), null)) {
            while (cursor.next()) {
                count++;
            }
        }
        return count;
    }

    /** Octets of a mailbox's messages. */
    private long mailbox(MailboxRow box) throws IOException {
        Counters counted = reader.counters(box.id());
        Counters found = new Counters(box.id());
        UidSet.Builder uids = new UidSet.Builder();
        UidSet.Builder unseen = new UidSet.Builder();
        UidSet.Builder deleted = new UidSet.Builder();
        TreeSet<String> byModSeq = new TreeSet<>();
        Set<String> words = new HashSet<>(reader.keywords(box.id()).values());
        expect(
                box.createModSeq() <= counted.highestModSeq && counted.highestModSeq <= state.lastModSeq,
                "%s: mod-sequences %d, %d, %d aren't in order",
                box.name(),
                box.createModSeq(),
                counted.highestModSeq,
                state.lastModSeq);
        reader.messages(box.id(), UidSet.EVERY, 0, row -> {
            long uid = row.uid();
            uids.add(uid);
            found.messages++;
            found.sizeBytes += row.sizeBytes();
            if (!row.flags().has(Flags.SEEN)) {
                found.unseen++;
                unseen.add(uid);
            }
            if (row.flags().has(Flags.DELETED)) {
                found.deleted++;
                found.deletedSizeBytes += row.sizeBytes();
                deleted.add(uid);
            }
            byModSeq.add(row.modSeq() + " " + uid);
            expect(uid < counted.uidNext, "%s: UID %d isn't below UIDNEXT", box.name(), uid);
            expect(
                    row.modSeq() <= counted.highestModSeq && row.modSeq() > 0,
                    "%s: UID %d has mod-sequence %d",
                    box.name(),
                    uid,
                    row.modSeq());
            expect(words.containsAll(row.flags().keywords()), "%s: UID %d has unknown keywords", box.name(), uid);
            String before = placed.put(row.messageId(), box.id() + " " + uid + " " + row.sizeBytes());
            expect(before == null, "message %d is at two places", row.messageId());
            return true;
        });
        UidSet all = uids.build();
        expect(all.equals(reader.uids(box.id())), "%s: the set of UIDs is wrong", box.name());
        expect(unseen.build().equals(reader.unseen(box.id())), "%s: the set of unseen is wrong", box.name());
        expect(deleted.build().equals(reader.deleted(box.id())), "%s: the set of deleted is wrong", box.name());
        UidSet gone = reader.expungedSince(box.id(), 0);
        expect(gone.intersect(all).isEmpty(), "%s: an expunged message is there", box.name());
        expect(gone.isEmpty() || gone.max() < counted.uidNext, "%s: an expunge of the future", box.name());
        expect(byModSeq.equals(modSeqs(box.id())), "%s: the index by mod-sequence is wrong", box.name());
        expect(same(found, counted), "%s: counts are wrong", box.name());
        return found.sizeBytes;
    }

    private static boolean same(Counters one, Counters other) {
        return one.messages == other.messages
                && one.unseen == other.unseen
                && one.deleted == other.deleted
                && one.sizeBytes == other.sizeBytes
                && one.deletedSizeBytes == other.deletedSizeBytes;
    }

    private Set<String> modSeqs(long mailboxId) {
        Set<String> entries = new TreeSet<>();
        try (KvCursor cursor =
                tx.kv().ascend(Tables.BY_MODSEQ, MailboxRow.key(mailboxId).octets(), UidBitmaps.end(mailboxId))) {
            while (cursor.next()) {
                byte[] key = cursor.key();
                entries.add(new RowReader(key, 4).u64() + " " + NarrowRow.uid(key));
            }
        }
        return entries;
    }

    /** Rows of mailboxes that there aren't. */
    private void strays() {
        for (int table : new int[] {
            Tables.MESSAGES,
            Tables.BY_MODSEQ,
            Tables.UIDS,
            Tables.UNSEEN,
            Tables.DELETED,
            Tables.EXPUNGED,
            Tables.KEYWORDS.number()
        }) {
            try (KvCursor cursor = tx.kv().ascend(table, Key.EMPTY.octets(), null)) {
                while (cursor.next()) {
                    long mailboxId = NarrowRow.uid(Arrays.copyOf(cursor.key(), 4));
                    expect(
                            mailboxes.contains(mailboxId) || purging.contains(mailboxId),
                            "table %d has rows of mailbox %d, which doesn't exist",
                            table,
                            mailboxId);
                }
            }
        }
    }

    private void details() throws IOException {
        Map<Long, Long> sharing = new HashMap<>();
        Set<Long> known = new HashSet<>();
        long[] links = new long[1];
        tx.each(Tables.DETAILS, Key.EMPTY, row -> {
            known.add(row.messageId());
            sharing.merge(row.bytesId(), 1L, Long::sum);
            links[0] += row.linkKey().length > 0 ? 1 : 0;
            expect(row.messageId() < state.nextMessageId, "message %d is of the future", row.messageId());
            String where = placed.get(row.messageId());
            if (where == null) {
                expect(
                        erasing.contains(row.messageId()) || purging.contains(row.mailboxId()),
                        "message %d is nowhere",
                        row.messageId());
            } else {
                expect(
                        where.equals(row.mailboxId() + " " + row.uid() + " " + row.sizeBytes()),
                        "message %d: the wide row disagrees with the narrow one",
                        row.messageId());
                expect(row.threadId() > 0 && row.emailId() > 0, "message %d has no thread", row.messageId());
                row.details();
            }
            Optional<BytesRow> bytes = tx.get(Tables.BYTES, Key.of(row.bytesId()));
            expect(
                    bytes.isPresent() && bytes.get().sizeBytes() + row.prefixOctets().length == row.sizeBytes(),
                    "message %d: its octets are missing or have another size",
                    row.messageId());
            return true;
        });
        placed.keySet().forEach(id -> expect(known.contains(id), "message %d has no details", id));
        tx.each(Tables.BYTES, Key.EMPTY, row -> {
            expect(
                    sharing.getOrDefault(row.bytesId(), 0L) == row.messages(),
                    "octets %d are shared by %d messages and not by %d",
                    row.bytesId(),
                    sharing.getOrDefault(row.bytesId(), 0L),
                    row.messages());
            return true;
        });
        expect(count(Tables.THREAD_LINKS) == links[0], "threads have stray or missing links");
    }

    private void octets() throws IOException {
        Map<Long, Long> sizes = new HashMap<>();
        try (KvCursor cursor = tx.kv().ascend(Tables.OCTETS, Key.EMPTY.octets(), null)) {
            while (cursor.next()) {
                sizes.merge(new RowReader(cursor.key()).u64(), (long) cursor.value().length, Long::sum);
            }
        }
        tx.each(Tables.BYTES, Key.EMPTY, row -> {
            if (row.where() == BytesRow.Where.ROWS) {
                long size = Optional.ofNullable(sizes.remove(row.bytesId())).orElse(0L);
                expect(size == row.sizeBytes(), "octets %d are %d", row.bytesId(), size);
            }
            return true;
        });
        sizes.keySet().forEach(id -> expect(false, "octets %d belong to nobody", id));
    }

    private void files(OpenAccount account) throws IOException {
        Set<Long> there = new HashSet<>(account.files());
        tx.each(Tables.BYTES, Key.EMPTY, row -> {
            if (row.where() == BytesRow.Where.FILE) {
                there.remove(row.bytesId());
                long size = account.bytes().files().size(account.bytes().file(row.bytesId()));
                expect(size == row.sizeBytes(), "the file of octets %d has %d", row.bytesId(), size);
            }
            return true;
        });
        there.removeAll(account.openSpools());
        for (long id : there) {
            boolean doomed = id >= 0 && tx.kv().get(Tables.DOOMED, Key.of(id).octets()) != null;
            expect(doomed, "the file of octets %d belongs to nobody", id);
        }
    }

    private void checkDeliveries() throws IOException {
        long[] rows = new long[1];
        tx.each(Tables.DELIVERIES, Key.EMPTY, row -> {
            rows[0]++;
            expect(row.number() < state.nextDelivery, "a delivery of the future");
            return true;
        });
        if (!tx.ready(Tables.DELIVERIES_BY_AGE)) {
            // It is being filled.
            return;
        }
        long[] found = new long[1];
        tx.each(Tables.DELIVERIES_BY_AGE, Key.EMPTY, row -> {
            found[0]++;
            return true;
        });
        expect(rows[0] == found[0], "the index of deliveries by age is wrong");
    }
}
