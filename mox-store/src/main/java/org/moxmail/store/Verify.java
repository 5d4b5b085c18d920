package org.moxmail.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks that everything in an account agrees with everything else: the {@link Rule}s. Nothing is mended.
 *
 * <p>An account in use can be checked, however large it is: rows are looked at in many short snapshots, and each rule is
 * decided within one of them, so that what is written between two makes nothing look wrong. What only holds for many rows
 * together (counts, shares) is added up over snapshots; the last one, in which it is compared, first makes good what changed
 * since. Erasing waits meanwhile: nothing but new rows of messages, details and octets appear while it is checked, and
 * removed ones stay.
 */
final class Verify {
    private Verify() {}

    static List<Finding> check(OpenAccount account, Progress progress) throws IOException {
        Findings findings = new Findings();
        account.eraser().pause();
        try {
            Slices slices = new Slices(account, findings, progress);
            readable(slices, findings);
            VerifyMailboxes mailboxes = new VerifyMailboxes(account, findings);
            for (MailboxRow row : mailboxes.check()) {
                new VerifyMessages(account, findings, slices, row).check();
            }
            new VerifyContents(account, findings, slices).check();
            deliveries(slices, findings);
        } finally {
            account.eraser().resume();
        }
        return findings.all();
    }

    private static void readable(Slices slices, Findings findings) throws IOException {
        for (Table<?> table : Tables.DECLARED) {
            if (!table.large()) {
                readable(table, slices, findings);
            }
        }
    }

    private static <R> void readable(Table<R> table, Slices slices, Findings findings) throws IOException {
        slices.each("rows of " + table, table.number(), (tx, key, at) -> {
            R row = table.decode(at.value());
            findings.expect(
                    table.key(row).equals(new Key(key)),
                    Rule.READABLE,
                    "table %d, row %s: it belongs elsewhere",
                    table.number(),
                    new Key(key));
        });
    }

    private static void deliveries(Slices slices, Findings findings) throws IOException {
        Index<DeliveryRow> byAge = Tables.DELIVERIES_BY_AGE;
        slices.each("deliveries", Tables.DELIVERIES.number(), (tx, key, at) -> {
            DeliveryRow row = Tables.DELIVERIES.decode(at.value());
            findings.expect(
                    row.number() < state(tx).nextDelivery, Rule.IDS, "delivery %d is of the future", row.number());
            // An index that is being filled doesn't know all yet.
            boolean known = !tx.ready(byAge)
                    || tx.kv().get(byAge.number(), Index.entry(byAge.keys(row).get(0), new Key(key))) != null;
            findings.expect(known, Rule.DELIVERIES, "delivery %d isn't found by its age", row.number());
        });
        slices.each("deliveries by age", byAge.number(), (tx, key, at) -> {
            Key primary = new Key(at.value());
            List<Key> entries = new ArrayList<>();
            tx.get(Tables.DELIVERIES, primary)
                    .ifPresent(row ->
                            byAge.keys(row).forEach(each -> entries.add(new Key(Index.entry(each, primary)))));
            findings.expect(
                    entries.contains(new Key(key)), Rule.DELIVERIES, "entry %s names no delivery", new Key(key));
        });
    }

    /** A row, unless it can't be read, which is told of when all rows are looked at. */
    static <R> Optional<R> readable(Table<R> table, byte[] value) {
        try {
            return Optional.of(table.decode(value));
        } catch (StoreException e) {
            return Optional.empty();
        }
    }

    static AccountState state(ReadTx tx) {
        return tx.get(Tables.STATE, Key.of(1)).orElseThrow(() -> new StoreException("the account has no state"));
    }
}
