package org.moxmail.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.moxmail.store.Fixture.DATE;
import static org.moxmail.store.Fixture.done;
import static org.moxmail.store.Fixture.fill;
import static org.moxmail.store.Fixture.flags;
import static org.moxmail.store.Fixture.large;
import static org.moxmail.store.Fixture.message;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.moxmail.message.mailbox.FlagEdit;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.Spool;
import org.moxmail.message.mailbox.UidSet;
import org.moxmail.store.kv.KvEngine;
import org.moxmail.store.testing.FaultyFiles;
import org.moxmail.time.testing.FakeTiming;

/** Disks that are full, protected, slow or damaged, under the engine's log too. */
@Timeout(60)
final class DiskTest {
    private static final long CACHE = 16 << 20;

    @TempDir
    Path temporary;

    private final FakeTiming timing = FakeTiming.at("2026-01-01T00:00:00Z");
    private final FaultyFiles files = new FaultyFiles();
    private final StoreOptions options = StoreOptions.standard()
            .withLimits(Fixture.limits())
            .withTiming(timing)
            .withFiles(files)
            .withEngine(KvEngine.xodus(CACHE, timing, files));

    private interface Step {
        void run() throws IOException;
    }

    private static Delivered deliver(Account account, String text, String key) throws IOException {
        try (Spool spool = fill(account.spool(), text)) {
            return done(
                    account.deliver(spool, new DeliveryRequest(MailboxName.INBOX, "", Flags.NONE, DATE, "", "", key)));
        }
    }

    private static long inbox(Account account) throws IOException {
        return account.read(
                view -> view.mailbox(MailboxName.INBOX).orElseThrow().id());
    }

    /** Every way to write. */
    private static Map<String, Step> writes(Account account) throws IOException {
        long inbox = inbox(account);
        UidSet first = UidSet.of(1);
        FlagEdit edit = new FlagEdit(FlagEdit.Mode.ADD, flags("\\Deleted", "k"));
        Map<String, Step> writes = new TreeMap<>();
        writes.put("small", () -> deliver(account, message("small"), "small"));
        writes.put("large", () -> deliver(account, large("large"), "large"));
        writes.put("flags", () -> account.write(view -> view.store(inbox, first, edit, -1)));
        writes.put("copy", () -> account.write(view -> view.copy(inbox, first, inbox)));
        writes.put("move", () -> account.write(view -> view.move(inbox, first, inbox)));
        writes.put("create", () -> account.write(view -> view.create(MailboxName.of("new"), Set.of())));
        writes.put("rename", () -> account.write(view -> view.rename(MailboxName.of("Sent"), MailboxName.of("S"))));
        writes.put("delete", () -> account.write(view -> view.delete(MailboxName.of("Trash"))));
        return writes;
    }

    @Test
    void aFullDiskRefusesEveryWriteAndReadingGoesOnAndSpaceIsUsedWhenItReturns() throws IOException {
        try (Store store = Store.open(Fixture.DIRECTORY, options);
                Account account = store.account("ada")) {
            long id = deliver(account, message("there"), "there").message().messageId();
            files.fill();
            for (Map.Entry<String, Step> write : writes(account).entrySet()) {
                IOException refused = assertThrows(IOException.class, write.getValue()::run, write.getKey());
                assertTrue(StorageFullException.causes(refused), () -> write.getKey() + ": " + refused);
                assertEquals(message("there"), Fixture.content(account, id), write.getKey());
                assertEquals(List.of(), account.verify(), write.getKey());
            }
            files.heal();
            for (Map.Entry<String, Step> write : writes(account).entrySet()) {
                write.getValue().run();
            }
            assertFalse(deliver(account, message("more"), "more").repeated());
            assertTrue(deliver(account, message("small"), "small").repeated());
            assertEquals(List.of(), account.verify());
        }
        files.assertNothingOpen();
    }

    @Test
    void aProtectedDiskCanBeReadByThoseWhoHaveTheStoreAndIsToldInOneLineToOthers() throws IOException {
        try (Store store = Store.open(Fixture.DIRECTORY, options);
                Account account = store.account("ada")) {
            long id = deliver(account, large("there"), "there").message().messageId();
            files.writeProtect();
            for (Map.Entry<String, Step> write : writes(account).entrySet()) {
                Exception refused = assertThrows(Exception.class, write.getValue()::run, write.getKey());
                assertTrue(
                        refused instanceof IOException || refused instanceof StoreException,
                        () -> write.getKey() + ": " + refused);
                assertEquals(large("there"), Fixture.content(account, id), write.getKey());
            }
            files.heal();
            deliver(account, message("more"), "more");
            assertEquals(List.of(), account.verify());
        }
        files.writeProtect();
        DataDirectoryException refused =
                assertThrows(DataDirectoryException.class, () -> Store.open(Path.of("/elsewhere"), options));
        assertEquals(1, String.valueOf(refused.getMessage()).lines().count());
    }

    @Test
    void whileADiskSyncsSlowlyOthersReadAndWrite() throws Exception {
        try (Store store = Store.open(Fixture.DIRECTORY, options);
                Account slow = store.account("slow");
                Account quick = store.account("quick")) {
            deliver(slow, message("there"), "there");
            long inbox = inbox(slow);
            CountDownLatch syncing = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            files.atSync(() -> {
                files.atSync(null);
                syncing.countDown();
                boolean interrupted = false;
                while (go.getCount() > 0) {
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
                assertFalse(interrupted);
            });
            Thread writer = Thread.ofVirtual().start(() -> {
                try {
                    deliver(slow, message("slow"), "slow");
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            syncing.await();
            assertEquals(1, slow.read(view -> view.uids(inbox)).size());
            assertEquals(message("there"), Fixture.content(slow, 1));
            deliver(quick, message("quick"), "quick");
            assertTrue(writer.isAlive());
            go.countDown();
            writer.join();
            assertEquals(2, slow.read(view -> view.uids(inbox)).size());
        }
    }

    /** Whatever octets of an account's log are damaged: it is told by name or not touched, and others go on. */
    @Test
    void aDamagedLogIsNamedAndNobodyElsesTrouble() throws IOException {
        StoreOptions real = StoreOptions.standard().withLimits(Fixture.limits());
        Path data = temporary.resolve("data");
        try (Store store = Store.open(data, real);
                Account bad = store.account("bad");
                Account good = store.account("good")) {
            for (int i = 0; i < 20; i++) {
                deliver(bad, message("m" + i), "k" + i);
                deliver(good, message("m" + i), "k" + i);
            }
        }
        Path log = data.resolve("accounts/bad/db/00000000000.xd");
        byte[] octets = Files.readAllBytes(log);
        int told = 0;
        for (int i = 0; i < 6; i++) {
            byte[] damaged = octets.clone();
            for (int at = octets.length / 8 * (i + 1); at < octets.length / 8 * (i + 2); at++) {
                damaged[at] ^= 0x55;
            }
            // Under another name, for the engine still caches what it read.
            Path copy = data.resolve("accounts/bad" + i + "/db");
            Files.createDirectories(copy);
            Files.write(copy.resolve("00000000000.xd"), damaged);
            Files.copy(log.resolveSibling("begun"), copy.resolve("begun"));
            try (Store store = Store.open(data, real)) {
                told += problem(store, "bad" + i) ? 1 : 0;
                try (Account good = store.account("good")) {
                    assertEquals(
                            20 + i, good.read(view -> view.uids(inbox(good))).size());
                    assertFalse(deliver(good, message("after" + i), "after" + i).repeated());
                    assertEquals(
                            20 + i + 1,
                            good.read(view -> view.uids(inbox(good))).size());
                    good.write(view -> view.store(
                            inbox(good), UidSet.of(1), new FlagEdit(FlagEdit.Mode.ADD, flags("\\Seen")), -1));
                }
            }
        }
        assertEquals(6, told, "damage was told");
    }

    /** Whether opening or verifying the damaged account tells. */
    private static boolean problem(Store store, String name) throws IOException {
        try (Account bad = store.account(name)) {
            return !bad.verify().isEmpty();
        } catch (StoreException e) {
            assertEquals(1, String.valueOf(e.getMessage()).lines().count(), e::toString);
            return true;
        }
    }
}
