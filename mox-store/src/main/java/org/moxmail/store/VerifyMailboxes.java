package org.moxmail.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.SpecialUse;
import org.moxmail.store.kv.KvCursor;

/** Checks what there is of mailboxes, without their messages: few rows, all in one snapshot. */
final class VerifyMailboxes {
    /** Their keys begin with a mailbox's id. */
    private static final List<Integer> BELONGING = List.of(
            Tables.MESSAGES,
            Tables.BY_MODSEQ,
            Tables.UIDS,
            Tables.UNSEEN,
            Tables.DELETED,
            Tables.EXPUNGED,
            Tables.KEYWORDS.number());

    private final OpenAccount account;
    private final Findings findings;

    VerifyMailboxes(OpenAccount account, Findings findings) {
        this.account = account;
        this.findings = findings;
    }

    /** The mailboxes that could be read. */
    List<MailboxRow> check() throws IOException {
        return account.read(tx -> {
            List<MailboxRow> rows = rows(tx);
            AccountState state = Verify.state(tx);
            checkRows(tx, rows, state);
            checkNames(tx, rows);
            checkCounters(tx, rows, state);
            checkStrays(tx, rows);
            return rows;
        });
    }

    private static List<MailboxRow> rows(ReadTx tx) {
        List<MailboxRow> rows = new ArrayList<>();
        try (KvCursor cursor = tx.kv().ascend(Tables.MAILBOXES.number(), Key.EMPTY.octets(), null)) {
            while (cursor.next()) {
                Optional<MailboxRow> row = Verify.readable(Tables.MAILBOXES, cursor.value());
                row.ifPresent(rows::add);
            }
        }
        return rows;
    }

    private void checkRows(ReadTx tx, List<MailboxRow> rows, AccountState state) {
        Set<MailboxName> names = new HashSet<>();
        Set<SpecialUse> uses = new HashSet<>();
        Set<Long> validities = new HashSet<>();
        for (MailboxRow row : rows) {
            findings.expect(names.add(row.name()), Rule.NAMES, "two mailboxes are called %s", row.name());
            findings.expect(
                    validities.add(row.uidValidity()),
                    Rule.UID_VALIDITY,
                    "two mailboxes have UIDVALIDITY %d",
                    row.uidValidity());
            findings.expect(
                    row.uidValidity() < state.nextUidValidity,
                    Rule.UID_VALIDITY,
                    "%s has one of the future, %d",
                    row.name(),
                    row.uidValidity());
            row.uses()
                    .forEach(use -> findings.expect(uses.add(use), Rule.SPECIAL_USES, "two mailboxes are for %s", use));
            findings.expect(row.id() < state.nextMailboxId, Rule.IDS, "%s has an id of the future", row.name());
        }
        for (MailboxRow row : rows) {
            boolean hasParent = row.name().parent().map(names::contains).orElse(true);
            findings.expect(hasParent, Rule.PARENTS, "%s has no parent", row.name());
        }
        Set<String> words = new HashSet<>();
        try (KvCursor cursor = tx.kv().ascend(Tables.KEYWORDS.number(), Key.EMPTY.octets(), null)) {
            while (cursor.next()) {
                Verify.readable(Tables.KEYWORDS, cursor.value())
                        .ifPresent(row -> findings.expect(
                                words.add(row.mailboxId() + " " + row.word()),
                                Rule.KEYWORDS,
                                "mailbox %d has %s twice",
                                row.mailboxId(),
                                row.word()));
            }
        }
    }

    private void checkNames(ReadTx tx, List<MailboxRow> rows) {
        int index = Tables.MAILBOX_BY_NAME.number();
        Map<Key, MailboxName> entries = new HashMap<>();
        for (MailboxRow row : rows) {
            Key primary = MailboxRow.key(row.id());
            Tables.MAILBOX_BY_NAME
                    .keys(row)
                    .forEach(key -> entries.put(new Key(Index.entry(key, primary)), row.name()));
        }
        try (KvCursor cursor = tx.kv().ascend(index, Key.EMPTY.octets(), null)) {
            while (cursor.next()) {
                Key key = new Key(cursor.key());
                findings.expect(entries.remove(key) != null, Rule.NAMES, "the index has a stray %s", key);
            }
        }
        entries.values()
                .forEach(name -> findings.expect(false, Rule.NAMES, "mailbox %s isn't found by its name", name));
    }

    private void checkCounters(ReadTx tx, List<MailboxRow> rows, AccountState state) {
        Map<Long, Counters> counters = new HashMap<>();
        long used = 0;
        try (KvCursor cursor = tx.kv().ascend(Tables.COUNTERS.number(), Key.EMPTY.octets(), null)) {
            while (cursor.next()) {
                Verify.readable(Tables.COUNTERS, cursor.value()).ifPresent(row -> counters.put(row.mailboxId, row));
            }
        }
        for (MailboxRow row : rows) {
            Counters counted = counters.remove(row.id());
            findings.expect(counted != null, Rule.COUNTERS, "%s has none", row.name());
            if (counted != null) {
                used += counted.sizeBytes;
                findings.expect(
                        row.createModSeq() > 0
                                && row.createModSeq() <= counted.highestModSeq
                                && counted.highestModSeq <= state.lastModSeq,
                        Rule.MOD_SEQUENCES,
                        "%s: %d, %d, %d aren't in order",
                        row.name(),
                        row.createModSeq(),
                        counted.highestModSeq,
                        state.lastModSeq);
            }
        }
        counters.keySet().forEach(id -> findings.expect(false, Rule.COUNTERS, "mailbox %d doesn't exist", id));
        findings.expect(
                used == state.usedBytes, Rule.QUOTA, "%d octets are used and %d counted", used, state.usedBytes);
    }

    private void checkStrays(ReadTx tx, List<MailboxRow> rows) {
        Set<Long> known = new HashSet<>();
        rows.forEach(row -> known.add(row.id()));
        try (KvCursor cursor = tx.kv().ascend(Tables.PURGES, Key.EMPTY.octets(), null)) {
            while (cursor.next()) {
                RowReader key = new RowReader(cursor.key());
                long modSeq = key.u64();
                long mailboxId = key.u64();
                findings.expect(
                        modSeq <= Verify.state(tx).lastModSeq && !known.contains(mailboxId),
                        Rule.REMOVALS,
                        "the purge of mailbox %d at %d",
                        mailboxId,
                        modSeq);
                known.add(mailboxId);
            }
        }
        for (int table : BELONGING) {
            for (long id : owners(tx, table)) {
                findings.expect(known.contains(id), Rule.STRAYS, "table %d has rows of mailbox %d", table, id);
            }
        }
    }

    /** Ids with which keys of a table begin; looks at one key of each. */
    private static List<Long> owners(ReadTx tx, int table) {
        List<Long> owners = new ArrayList<>();
        byte[] from = Key.EMPTY.octets();
        while (from != null) {
            try (KvCursor cursor = tx.kv().ascend(table, from, null)) {
                if (!cursor.next()) {
                    return owners;
                }
                byte[] prefix = Arrays.copyOf(cursor.key(), 4);
                owners.add(NarrowRow.uid(prefix));
                from = Key.end(prefix);
            }
        }
        return owners;
    }
}
