package org.moxmail.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.moxmail.store.Fixture.DATE;
import static org.moxmail.store.Fixture.done;
import static org.moxmail.store.Fixture.fill;
import static org.moxmail.store.Fixture.flags;
import static org.moxmail.store.Fixture.large;
import static org.moxmail.store.Fixture.message;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.moxmail.message.mailbox.FlagEdit;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.Outcome;
import org.moxmail.message.mailbox.Spool;
import org.moxmail.message.mailbox.UidSet;
import org.moxmail.store.kv.KvEngine;
import org.moxmail.store.testing.FaultyFiles;
import org.moxmail.time.testing.FakeTiming;

/**
 * Every operation on files fails once, the engine's own included, and the power goes at every one, dropping or tearing
 * what wasn't synced, file by file at random. What was acknowledged is there afterwards, what is delivered again with its
 * key is there once, and the verifier finds nothing. {@code -Dmox.faultSeeds=50} cuts the power in fifty ways at each
 * operation.
 */
final class FaultTest {
    private static final int MOST = 3_000;
    private static final long CACHE = 16 << 20;
    private static final int SEEDS = Integer.getInteger("mox.faultSeeds", 1);

    enum Engine {
        MEMORY,
        XODUS
    }

    /** A delivery that was tried. */
    private record Tried(String account, String key, String text) {}

    private final FakeTiming timing = FakeTiming.at("2026-01-01T00:00:00Z");
    private FaultyFiles files = new FaultyFiles();
    private StoreOptions options = StoreOptions.standard();
    /** Ids of deliveries that were acknowledged; 0 for those that weren't. */
    private final Map<Tried, Long> tried = new HashMap<>();
    /** Texts of messages that are there by account and message id, as was acknowledged. */
    private final Map<String, String> acknowledged = new HashMap<>();
    /** Texts of which an expunge or a copy was begun; how often they are there isn't known. */
    private final List<String> touched = new ArrayList<>();

    private boolean flagged;

    private void fresh(Engine engine) throws IOException {
        files = new FaultyFiles();
        tried.clear();
        acknowledged.clear();
        touched.clear();
        flagged = false;
        options = StoreOptions.standard()
                .withLimits(Fixture.limits())
                .withTiming(timing)
                .withFiles(files)
                .withEngine(engine == Engine.MEMORY ? KvEngine.memory(timing) : KvEngine.xodus(CACHE, timing, files));
        // Something is there before the trouble begins, and an index that is to be filled.
        try (Store store = Store.open(Fixture.DIRECTORY, options)) {
            deliver(store, List.of("one"), large("first"), "first");
            deliver(store, List.of("one"), message("second"), "second");
            try (Account account = store.account("one")) {
                account.write(view -> {
                    Tx tx = view.account().tx();
                    byte[] index = Key.builder()
                            .u8(Tables.DELIVERIES_BY_AGE.number())
                            .build()
                            .octets();
                    tx.writeKv().delete(ReadTx.INDEX_STATES, index);
                    tx.writeKv()
                            .delete(Tables.DELIVERIES_BY_AGE.number(), Key.of(1).octets());
                    return true;
                });
            }
        }
    }

    private void deliver(Store store, List<String> accounts, String text, String key) throws IOException {
        try (Spool spool = fill(store.spool(), text)) {
            for (String name : accounts) {
                Tried delivery = new Tried(name, key, text);
                tried.putIfAbsent(delivery, 0L);
                long id = deliver(store, delivery, spool).message().messageId();
                tried.put(delivery, id);
                acknowledged.put(name + " " + id, text);
            }
        }
    }

    private static Delivered deliver(Store store, Tried delivery, Spool spool) throws IOException {
        try (Account account = store.account(delivery.account)) {
            Outcome<Delivered> outcome = account.deliver(
                    spool, new DeliveryRequest(MailboxName.INBOX, "", Flags.NONE, DATE, "", "", delivery.key));
            return done(outcome);
        }
    }

    private static long id(Account account, String mailbox) throws IOException {
        return account.read(
                view -> view.mailbox(MailboxName.of(mailbox)).orElseThrow().id());
    }

    private void work(Store store) throws IOException {
        deliver(store, List.of("one", "two"), large("shared"), "a");
        deliver(store, List.of("two"), message("small"), "b");
        try (Account account = store.account("one")) {
            long inbox = id(account, "Inbox");
            long archive = id(account, "Archive");
            try (Spool spool = fill(account.spool(), large("appended"))) {
                long id = done(account.write(view -> view.append(archive, spool, flags(), DATE)))
                        .messageId();
                acknowledged.put("one " + id, large("appended"));
            }
            FlagEdit flag = new FlagEdit(FlagEdit.Mode.ADD, flags("\\Flagged", "k"));
            account.write(view -> view.store(inbox, UidSet.of(2), flag, -1));
            flagged = true;
            touched.add(large("shared"));
            account.write(view -> view.copy(inbox, UidSet.of(3), archive));
            account.write(view -> view.move(inbox, UidSet.of(2), archive));
            touched.add(large("first"));
            acknowledged.remove("one 1");
            account.write(view -> {
                FlagEdit edit = new FlagEdit(FlagEdit.Mode.ADD, flags("\\Deleted"));
                view.store(inbox, UidSet.of(1), edit, -1);
                view.expunge(inbox, UidSet.of(1));
                return true;
            });
            account.write(view -> view.rename(MailboxName.of("Drafts"), MailboxName.of("Later")));
            account.dump(new StringWriter(), Progress.NONE);
            account.verify();
        }
    }

    private void check(String what) throws IOException {
        try (Store store = Store.open(Fixture.DIRECTORY, options)) {
            verify(store, what);
            for (Map.Entry<String, String> entry : acknowledged.entrySet()) {
                String[] parts = entry.getKey().split(" ");
                try (Account account = store.account(parts[0])) {
                    assertEquals(entry.getValue(), Fixture.content(account, Long.parseLong(parts[1])), what);
                }
            }
            if (flagged) {
                try (Account account = store.account("one")) {
                    assertTrue(all(account).containsValue("\\Flagged k"), what);
                }
            }
            for (Map.Entry<Tried, Long> entry : tried.entrySet()) {
                again(store, entry.getKey(), entry.getValue(), what);
            }
            verify(store, what);
        }
        // Everything is closed, so nothing is in use, and no spool is left.
        assertEquals(List.of(), files.list(Path.of("/data/tmp")), what);
        files.assertNothingOpen();
    }

    private static void verify(Store store, String what) throws IOException {
        for (String name : store.accounts()) {
            try (Account account = store.account(name)) {
                assertEquals(List.of(), account.verify(), what);
            }
        }
    }

    /** Whoever didn't hear that its delivery was done comes again with the same key. */
    private void again(Store store, Tried delivery, long id, String what) throws IOException {
        try (Spool spool = fill(store.spool(), delivery.text)) {
            Delivered result = deliver(store, delivery, spool);
            if (id != 0) {
                assertTrue(result.repeated(), what);
                assertEquals(id, result.message().messageId(), what);
            }
        }
        if (!touched.contains(delivery.text)) {
            try (Account account = store.account(delivery.account)) {
                int count = 0;
                for (long messageId : all(account).keySet()) {
                    count += Fixture.content(account, messageId).equals(delivery.text) ? 1 : 0;
                }
                assertEquals(1, count, what + ", " + delivery);
            }
        }
    }

    /** Flags of all messages by their ids. */
    private static Map<Long, String> all(Account account) throws IOException {
        return account.read(view -> {
            Map<Long, String> all = new HashMap<>();
            for (var mailbox : view.mailboxes()) {
                view.messages(mailbox.id(), UidSet.EVERY, 0, row -> {
                    all.put(row.messageId(), row.flags().toString());
                    return true;
                });
            }
            return all;
        });
    }

    private boolean run(Engine engine, int n, boolean everyLater) throws IOException {
        fresh(engine);
        files.failAt(n, everyLater);
        try (Store store = Store.open(Fixture.DIRECTORY, options)) {
            work(store);
        } catch (IOException | StoreException e) {
            assertTrue(files.failed(), () -> "failed without cause: " + e);
        }
        return files.failed();
    }

    @ParameterizedTest
    @EnumSource
    void anyOneOperationMayFail(Engine engine) throws IOException {
        int n = 0;
        for (boolean failed = true; failed; n++) {
            assertTrue(n < MOST, "the work comes to an end");
            failed = run(engine, n, false);
            files.heal();
            check("operation " + n + " failed");
        }
        assertTrue(n > 20, "operations were tried: " + n);
    }

    @ParameterizedTest
    @EnumSource
    void anyOperationMayBeTheLastBeforeThePowerGoes(Engine engine) throws IOException {
        boolean failed = true;
        for (int n = 0; failed; n++) {
            assertTrue(n < MOST, "the work comes to an end");
            for (int seed = 0; seed < SEEDS; seed++) {
                failed = run(engine, n, true);
                files.cutPower(new Random(n + 1_000_003L * seed));
                check("the power went at operation " + n + ", seed " + seed);
            }
        }
    }
}
