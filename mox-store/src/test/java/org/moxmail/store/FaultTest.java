package org.moxmail.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.moxmail.store.Fixture.DATE;
import static org.moxmail.store.Fixture.fill;
import static org.moxmail.store.Fixture.flags;
import static org.moxmail.store.Fixture.large;
import static org.moxmail.store.Fixture.message;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.moxmail.message.mailbox.FlagEdit;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.Outcome;
import org.moxmail.message.mailbox.Spool;
import org.moxmail.message.mailbox.UidSet;
import org.moxmail.store.kv.KvEngine;
import org.moxmail.store.testing.FaultyFiles;
import org.moxmail.time.testing.FakeTiming;

/** Every operation on files fails once, and the power goes at every one; what was acknowledged is there afterwards. */
final class FaultTest {
    private static final int MOST = 400;

    private final FakeTiming timing = FakeTiming.at("2026-01-01T00:00:00Z");
    private FaultyFiles files = new FaultyFiles();
    private StoreOptions options = StoreOptions.standard();
    /** Texts of the messages that were acknowledged, by account and message id, and not removed since. */
    private final Map<String, String> acknowledged = new HashMap<>();

    private void fresh() throws IOException {
        files = new FaultyFiles();
        acknowledged.clear();
        options = StoreOptions.standard()
                .withLimits(Fixture.limits())
                .withTiming(timing)
                .withFiles(files)
                .withEngine(KvEngine.memory(timing));
        // Something is there before the trouble begins.
        try (Store store = Store.open(Fixture.DIRECTORY, options)) {
            deliver(store, List.of("one"), large("first"), "first");
        }
    }

    private void deliver(Store store, List<String> accounts, String text, String key) throws IOException {
        try (Spool spool = fill(store.spool(), text)) {
            for (String name : accounts) {
                try (Account account = store.account(name)) {
                    Outcome<Delivered> outcome = account.deliver(
                            spool, new DeliveryRequest(MailboxName.INBOX, "", Flags.NONE, DATE, "", "", key + name));
                    if (outcome instanceof Outcome.Done<Delivered> done) {
                        acknowledged.put(name + " " + done.value().message().messageId(), text);
                    }
                }
            }
        }
    }

    private void work(Store store) throws IOException {
        deliver(store, List.of("one", "two"), large("shared"), "a");
        deliver(store, List.of("two"), message("small"), "b");
        try (Account account = store.account("one")) {
            long inbox = account.read(
                    view -> view.mailbox(MailboxName.INBOX).orElseThrow().id());
            long archive = account.read(view ->
                    view.mailbox(MailboxName.of("Archive")).orElseThrow().id());
            try (Spool spool = fill(account.spool(), large("appended"))) {
                long id = Fixture.done(account.write(view -> view.append(archive, spool, flags(), DATE)))
                        .messageId();
                acknowledged.put("one " + id, large("appended"));
            }
            account.write(view -> {
                FlagEdit edit = new FlagEdit(FlagEdit.Mode.ADD, flags("\\Deleted"));
                view.store(inbox, UidSet.of(1), edit, -1);
                view.expunge(inbox, UidSet.of(1));
                return true;
            });
            acknowledged.remove("one 1");
            account.verify();
        }
    }

    private void check(String what) throws IOException {
        try (Store store = Store.open(Fixture.DIRECTORY, options)) {
            for (String name : store.accounts()) {
                try (Account account = store.account(name)) {
                    assertEquals(List.of(), account.verify(), what);
                }
            }
            for (Map.Entry<String, String> entry : acknowledged.entrySet()) {
                String[] parts = entry.getKey().split(" ");
                try (Account account = store.account(parts[0])) {
                    assertEquals(entry.getValue(), Fixture.content(account, Long.parseLong(parts[1])), what);
                }
            }
        }
        // Everything is closed, so nothing is in use, and no spool is left.
        assertEquals(List.of(), files.list(Path.of("/data/tmp")), what);
        files.assertNothingOpen();
    }

    @Test
    void anyOneOperationMayFail() throws IOException {
        int n = 0;
        boolean failed = true;
        for (; failed; n++) {
            assertTrue(n < MOST, "the work comes to an end");
            fresh();
            files.failAt(n, false);
            try (Store store = Store.open(Fixture.DIRECTORY, options)) {
                work(store);
            } catch (IOException | StoreException e) {
                assertTrue(files.failed(), () -> "failed without cause: " + e);
            }
            failed = files.failed();
            files.heal();
            check("operation " + n + " failed");
        }
        assertTrue(n > 20, "operations were tried: " + n);
    }

    @Test
    void anyOperationMayBeTheLastBeforeThePowerGoes() throws IOException {
        boolean failed = true;
        for (int n = 0; failed; n++) {
            assertTrue(n < MOST, "the work comes to an end");
            fresh();
            files.failAt(n, true);
            try (Store store = Store.open(Fixture.DIRECTORY, options)) {
                work(store);
            } catch (IOException | StoreException e) {
                assertTrue(files.failed(), () -> "failed without cause: " + e);
            }
            failed = files.failed();
            files.cutPower(new Random(n));
            check("the power went at operation " + n);
        }
    }
}
