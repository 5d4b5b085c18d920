package org.moxmail.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.moxmail.store.Fixture.large;
import static org.moxmail.store.Fixture.message;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.SpecialUse;
import org.moxmail.message.mailbox.Spool;
import org.moxmail.message.mailbox.UidSet;
import org.moxmail.store.kv.KvCursor;
import org.moxmail.store.kv.KvStore;

/** The verifier has a rule for everything, and each is found to be broken when just that is. */
final class RulesTest {
    private static final Path TABLES = Fixture.DIRECTORY.resolve("accounts/ada/db");
    private static final Path FILES = Fixture.DIRECTORY.resolve("accounts/ada/msg/0");
    private static final byte[] NOTHING = new byte[0];

    private Fixture fixture;
    private long inbox;
    private long child;

    /** Inbox has one (seen, with a keyword) and two (deleted, a file), and had three; a/b has one, delivered under a key. */
    @BeforeEach
    void fill() throws IOException {
        fixture = new Fixture();
        fixture.append("Inbox", message("one"), "\\Seen", "k");
        fixture.append("Inbox", large("two"), "\\Deleted");
        fixture.append("Inbox", message("three"));
        fixture.expunge("Inbox", UidSet.of(3));
        try (Spool spool = fixture.spool("Message-ID: <x@y>\r\nSubject: four\r\n\r\nz\r\n")) {
            Fixture.done(fixture.account.deliver(
                    spool,
                    new DeliveryRequest(
                            MailboxName.of("a/b"), "", Fixture.flags(), Fixture.DATE, "trace", "", "queue-1")));
        }
        fixture.awaitErased();
        fixture.verify();
        inbox = fixture.id("Inbox");
        child = fixture.id("a/b");
    }

    @AfterEach
    void close() throws IOException {
        fixture.account.close();
        fixture.store.close();
    }

    /** Changes what is stored, behind the store's back. */
    private interface Damage {
        void done(Tx tx) throws IOException;
    }

    private void damage(Damage damage) throws IOException {
        fixture.account.close();
        fixture.store.close();
        try (KvStore kv = fixture.options.engine().open(TABLES)) {
            kv.write(tx -> {
                damage.done(new Tx(tx));
                return true;
            });
        }
        fixture.open();
    }

    private Set<Rule> broken() throws IOException {
        return fixture.account.verify().stream()
                .map(Finding::rule)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Rule.class)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void aRuleIsFoundBrokenWhenJustItIs(Rule rule) throws IOException {
        switch (rule) {
            case FILES -> fixture.files.delete(FILES.resolve("2"));
            case STRAY_FILES -> {
                try (StoreFiles.NewFile stray = fixture.files.create(FILES.resolve("999"))) {
                    stray.write(1);
                }
            }
            case REMOVALS -> {
                removalOfTheFutureIsFound();
                return;
            }
            default -> damage(tx -> damage(rule, tx));
        }
        assertEquals(Set.of(rule), broken());
    }

    /** What waits for a cursor isn't erased before the verifier sees it. */
    private void removalOfTheFutureIsFound() throws IOException {
        ChangeCursor cursor = fixture.account.changes();
        try {
            fixture.account.write(view -> {
                view.account()
                        .tx()
                        .writeKv()
                        .put(Tables.ERASE, Key.of(1000, 999).octets(), NOTHING);
                return true;
            });
            assertEquals(Set.of(Rule.REMOVALS), broken());
        } finally {
            cursor.close();
        }
    }

    static Stream<Rule> all() {
        return EnumSet.allOf(Rule.class).stream();
    }

    private void damage(Rule rule, Tx tx) throws IOException {
        switch (rule) {
            case READABLE -> tx.writeKv().put(Tables.SUBSCRIPTIONS.number(), first(tx, 17), new byte[] {99});
            case NAMES -> loseFirst(tx, Tables.MAILBOX_BY_NAME.number());
            case PARENTS -> {
                MailboxRow parent =
                        tx.first(Tables.MAILBOX_BY_NAME, Key.of("a")).orElseThrow();
                tx.put(Tables.MAILBOXES, parent.withName(MailboxName.of("z")));
            }
            case IDS -> state(tx, state -> state.nextMessageId = 1);
            case UID_VALIDITY ->
                tx.put(
                        Tables.MAILBOXES,
                        mailbox(tx, child).withUidValidity(mailbox(tx, inbox).uidValidity()));
            case SPECIAL_USES -> tx.put(Tables.MAILBOXES, mailbox(tx, child).withUses(Set.of(SpecialUse.JUNK)));
            case COUNTERS -> tx.put(Tables.COUNTERS, new Counters(999));
            case COUNTS -> counters(tx, inbox, counters -> counters.unseen++);
            case QUOTA -> state(tx, state -> state.usedBytes++);
            case UID_NEXT -> counters(tx, child, counters -> counters.uidNext = 1);
            case MOD_SEQUENCES ->
                counters(
                        tx,
                        child,
                        counters -> counters.highestModSeq = mailbox(tx, child).createModSeq() - 1);
            case MOD_SEQUENCE_INDEX -> loseFirst(tx, Tables.BY_MODSEQ);
            case UIDS -> loseFirst(tx, Tables.UIDS);
            case UNSEEN -> loseFirst(tx, Tables.UNSEEN);
            case DELETED -> loseFirst(tx, Tables.DELETED);
            case KEYWORDS -> loseFirst(tx, Tables.KEYWORDS.number());
            case EXPUNGES -> ExpungeHistory.add(tx.writeKv(), child, 2, UidSet.of(1));
            case STRAYS -> tx.writeKv().put(Tables.UIDS, NarrowRow.key(999, 0), new byte[] {1, 1, 0});
            case DETAILS -> tx.put(Tables.DETAILS, with(details(tx, 1), 1, "x", 1));
            case PLACES -> {
                DetailsRow row = details(tx, 1);
                state(tx, state -> state.nextMessageId = 100);
                tx.put(
                        Tables.DETAILS,
                        new DetailsRow(
                                50,
                                inbox,
                                1,
                                row.bytesId(),
                                row.sizeBytes(),
                                1,
                                1,
                                "",
                                "",
                                "",
                                "",
                                NOTHING,
                                row.structure()));
                shares(tx, row.bytesId(), 1);
            }
            case THREADS -> {
                DetailsRow row = details(tx, 1);
                Threads.remove(tx, row);
                DetailsRow changed = with(row, 1000, "", 0);
                tx.put(Tables.DETAILS, changed);
                Threads.add(tx, changed);
            }
            case THREAD_LINKS -> loseFirst(tx, Tables.THREAD_LINKS);
            case SIZES -> tx.put(Tables.DETAILS, with(details(tx, 1), 1, "x", 0));
            case SHARES -> shares(tx, details(tx, 1).bytesId(), 1);
            case OCTETS -> loseFirst(tx, Tables.OCTETS);
            case DELIVERIES -> loseFirst(tx, Tables.DELIVERIES_BY_AGE.number());
            case REMOVALS, FILES, STRAY_FILES -> throw new AssertionError("no row that is there when it opens");
        }
    }

    private static DetailsRow with(DetailsRow row, long threadId, String prefix, int moreOctets) {
        return new DetailsRow(
                row.messageId(),
                row.mailboxId(),
                row.uid(),
                row.bytesId(),
                row.sizeBytes() + moreOctets,
                row.emailId(),
                threadId,
                row.traceId(),
                prefix,
                row.facts(),
                row.preview(),
                row.linkKey(),
                row.structure());
    }

    private static byte[] first(ReadTx tx, int table) {
        try (KvCursor cursor = tx.kv().ascend(table, NOTHING, null)) {
            assertTrue(cursor.next(), "table " + table + " is empty");
            return cursor.key();
        }
    }

    private static void loseFirst(Tx tx, int table) {
        assertTrue(tx.writeKv().delete(table, first(tx, table)));
    }

    private static MailboxRow mailbox(ReadTx tx, long id) {
        return tx.get(Tables.MAILBOXES, MailboxRow.key(id)).orElseThrow();
    }

    private static DetailsRow details(ReadTx tx, long messageId) {
        return tx.get(Tables.DETAILS, Key.of(messageId)).orElseThrow();
    }

    private static void shares(Tx tx, long bytesId, int more) {
        BytesRow row = tx.get(Tables.BYTES, Key.of(bytesId)).orElseThrow();
        tx.put(Tables.BYTES, row.withMessages(row.messages() + more));
    }

    private static void state(Tx tx, Consumer<AccountState> change) {
        AccountState state = tx.get(Tables.STATE, Key.of(1)).orElseThrow();
        change.accept(state);
        tx.put(Tables.STATE, state);
    }

    private static void counters(Tx tx, long mailboxId, Consumer<Counters> change) {
        Counters counters = tx.get(Tables.COUNTERS, MailboxRow.key(mailboxId)).orElseThrow();
        change.accept(counters);
        tx.put(Tables.COUNTERS, counters);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 20, 21, 25})
    void eachLostRowIsNoticed(int table) throws IOException {
        damage(tx -> loseFirst(tx, table));
        assertTrue(!broken().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 5, 6, 8, 9, 10, 11, 12, 13, 17, 19, 21, 25})
    void aRowThatCannotBeReadIsNamedAndTheOthersAreChecked(int table) throws IOException {
        damage(tx -> {
            tx.writeKv().put(table, first(tx, table), new byte[] {99});
            tx.put(Tables.COUNTERS, new Counters(999));
        });
        List<Finding> findings = fixture.account.verify();
        Set<Rule> rules = findings.stream().map(Finding::rule).collect(Collectors.toSet());
        assertTrue(rules.contains(Rule.COUNTERS), findings::toString);
        assertTrue(
                rules.contains(Rule.READABLE) || table >= 21 && rules.contains(Rule.THREAD_LINKS), findings::toString);
    }

    @Test
    void aDamagedFileIsOneOfAnotherSize() throws IOException {
        fixture.files.delete(FILES.resolve("2"));
        try (StoreFiles.NewFile shorter = fixture.files.create(FILES.resolve("2"))) {
            shorter.write(1);
        }
        assertEquals(Set.of(Rule.FILES), broken());
    }

    @Test
    void manyFindingsByOneRuleAreCountedAndNotKept() throws IOException {
        damage(tx -> {
            for (int i = 0; i < 2_500; i++) {
                tx.put(Tables.COUNTERS, new Counters(1000 + i));
            }
        });
        List<Finding> findings = fixture.account.verify();
        assertEquals(1_001, findings.size());
        assertEquals("counters: and 1500 more", findings.get(1_000).toString());
    }
}
