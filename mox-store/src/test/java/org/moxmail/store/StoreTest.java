package org.moxmail.store;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.moxmail.store.Fixture.large;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.Spool;
import org.moxmail.store.kv.KvEngine;

final class StoreTest {
    private static final MailboxName NAME = MailboxName.of("x");

    @TempDir
    Path temporary;

    private Fixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new Fixture();
    }

    @AfterEach
    void close() throws IOException {
        fixture.close();
    }

    @Test
    void aSecondOpenerOfTheSameDirectoryIsToldInOneLine() throws IOException {
        try (Store first = Store.open(temporary.resolve("data"), StoreOptions.standard())) {
            assertEquals(List.of(), first.accounts());
            DataDirectoryException refused = assertThrows(
                    DataDirectoryException.class, () -> Store.open(temporary.resolve("data"), StoreOptions.standard()));
            assertEquals(1, requireNonNull(refused.getMessage()).lines().count());
            assertTrue(requireNonNull(refused.getMessage()).contains("in use"), refused.getMessage());
        }
        Store.open(temporary.resolve("data"), StoreOptions.standard()).close();
    }

    @Test
    void anotherProcessIsToldToo() throws Exception {
        try (Store mine = Store.open(temporary.resolve("data"), StoreOptions.standard())) {
            assertEquals(List.of(), mine.accounts());
            Process other =
                    ChildProcess.start(OpenOnce.class, temporary.resolve("data").toString());
            String said = new String(other.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertEquals(1, other.waitFor(), said);
            assertTrue(said.contains("in use by another process"), said);
        }
    }

    /** Opens a store and says what came of it. */
    static final class OpenOnce {
        private OpenOnce() {}

        public static void main(String[] args) throws IOException {
            try (Store store = Store.open(Path.of(args[0]), StoreOptions.standard())) {
                System.out.println("opened " + store.accounts());
            } catch (DataDirectoryException e) {
                System.out.println(e.getMessage());
                System.exit(1);
            }
        }
    }

    @Test
    void aDirectoryThatCannotBeUsedIsToldInOneLine() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));
        for (Path path : List.of(file, file.resolve("below"))) {
            DataDirectoryException refused =
                    assertThrows(DataDirectoryException.class, () -> Store.open(path, StoreOptions.standard()));
            assertTrue(requireNonNull(refused.getMessage()).contains("can't be used"), refused.getMessage());
        }
    }

    @Test
    void namesThatCouldLeaveTheDirectoryAreRefused() {
        for (String name : List.of("", ".", "..", "a/b", "a\\b", ".hidden", "a\0b", "a b", "n".repeat(201))) {
            assertThrows(IllegalArgumentException.class, () -> fixture.store.account(name), name);
        }
    }

    @Test
    void handlesShareTheAccountWhichClosesWhenIdle() throws Exception {
        WatchedEngine engine = new WatchedEngine(KvEngine.memory(fixture.timing));
        StoreOptions options = fixture.options.withEngine(engine);
        try (Store store = Store.open(Path.of("/other"), options)) {
            Account first = store.account("a");
            Account second = store.account("a");
            assertEquals(1, engine.opened.get());
            first.close();
            first.close();
            second.write(view -> view.subscribe(NAME));
            second.close();
            fixture.timing.awaitWaiters(1);
            fixture.timing.advance(options.limits().idle().dividedBy(2));
            // Used again in between: the wait begins anew.
            store.account("a").close();
            fixture.timing.advance(options.limits().idle().dividedBy(2));
            fixture.timing.awaitWaiters(1);
            assertEquals(0, engine.closed.get());
            fixture.timing.advance(options.limits().idle());
            engine.closing.await();
            try (Account again = store.account("a")) {
                assertTrue(again.read(MailReader::subscriptions).contains(NAME));
            }
            assertEquals(2, engine.opened.get());
        }
    }

    @Test
    void manyCanOpenOneAccountAtOnce() throws Exception {
        WatchedEngine engine = new WatchedEngine(KvEngine.memory(fixture.timing));
        try (Store store = Store.open(Path.of("/other"), fixture.options.withEngine(engine));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                all.add(threads.submit(() -> {
                    try (Account account = store.account("a")) {
                        return account.read(MailReader::highestModSeq);
                    }
                }));
            }
            for (Future<?> one : all) {
                assertEquals(2L, one.get());
            }
            assertEquals(1, engine.opened.get());
        }
    }

    @Test
    void anAccountWhoseCommitFailedIsUnavailableUntilItsHandlesAreClosed() throws IOException {
        WatchedEngine engine = new WatchedEngine(KvEngine.memory(fixture.timing));
        ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
        StoreOptions options = fixture.options.withEngine(engine).withEvents(new StoreEvents() {
            @Override
            public void unavailable(String account, Throwable cause) {
                told.add(account + " " + cause.getMessage());
            }
        });
        try (Store store = Store.open(Path.of("/other"), options)) {
            Account account = store.account("a");
            long inbox = account.read(
                    view -> view.mailbox(MailboxName.INBOX).orElseThrow().id());
            engine.broken = true;
            try (Spool spool = Fixture.fill(account.spool(), large("one"))) {
                assertThrows(
                        StoreException.class,
                        () -> account.write(view -> view.append(inbox, spool, Fixture.flags(), Fixture.DATE)));
            }
            assertEquals(List.of("a a commit failed"), List.copyOf(told));
            assertThrows(StoreException.class, () -> account.read(MailReader::mailboxes));
            assertThrows(StoreException.class, () -> store.account("a"));
            engine.broken = false;
            account.close();
            // The commit had happened after all: the message and its file are there.
            try (Account again = store.account("a")) {
                assertEquals(List.of(), again.verify());
                assertEquals(large("one"), Fixture.content(again, 1));
            }
        }
    }

    @Test
    void aRemovedAccountGoesWhenItsLastHandleIsClosed() throws IOException {
        fixture.append("Inbox", large("one"));
        long validity = fixture.info("Inbox").uidValidity();
        assertTrue(fixture.store.remove("ada"));
        assertFalse(fixture.store.remove("ada"));
        assertFalse(fixture.store.exists("ada"));
        assertEquals(List.of(), fixture.store.accounts());
        assertThrows(StoreException.class, () -> fixture.store.account("ada"));
        assertEquals(large("one"), fixture.content(1));
        fixture.account.close();
        assertFalse(fixture.store.exists("ada"));
        assertFalse(fixture.store.remove("ada"));
        fixture.timing.advance(java.time.Duration.ofMinutes(1));
        fixture.account = fixture.store.account("ada");
        assertEquals("", fixture.messages("Inbox"));
        assertTrue(fixture.info("Inbox").uidValidity() > validity);
    }

    @Test
    void anInterruptedRemovalIsFinishedAtTheNextOpening() throws IOException {
        assertTrue(fixture.store.remove("ada"));
        fixture.files.cutPower(new java.util.Random(1));
        // The handle was open, so only the mark was made.
        Store again = Store.open(Fixture.DIRECTORY, fixture.options);
        assertFalse(again.exists("ada"));
        assertEquals(List.of(), fixture.files.list(Fixture.DIRECTORY.resolve("accounts")));
        fixture.store = again;
        fixture.account = again.account("ada");
    }

    @Test
    void handlesAreDeadAfterClosing() throws IOException {
        Account other = fixture.store.account("ada");
        other.close();
        assertThrows(StoreException.class, () -> other.read(MailReader::mailboxes));
        Store second = Store.open(Path.of("/other"), fixture.options);
        Account account = second.account("a");
        second.close();
        second.close();
        assertThrows(StoreException.class, () -> account.read(MailReader::mailboxes));
        assertThrows(StoreException.class, () -> account.write(view -> view.subscribe(NAME)));
        assertThrows(StoreException.class, () -> second.account("b"));
        account.close();
    }

    @Test
    void secretsAreReplacedTogetherAndShowNothing() throws IOException {
        Secret hash = new Secret(SecretKind.ARGON2ID, 1, new byte[] {1, 2, 3});
        Secret scram = new Secret(SecretKind.SCRAM_SHA_256, 2, new byte[] {4});
        fixture.account.write(view -> {
            view.secrets(List.of(hash, scram));
            return true;
        });
        fixture.reopen();
        assertEquals(
                hash,
                fixture.account.read(view -> view.secret(SecretKind.ARGON2ID)).orElseThrow());
        assertEquals(
                scram,
                fixture.account
                        .read(view -> view.secret(SecretKind.SCRAM_SHA_256))
                        .orElseThrow());
        assertEquals("Secret[ARGON2ID]", hash.toString());
        fixture.account.write(view -> {
            view.secrets(List.of(scram));
            return true;
        });
        assertTrue(
                fixture.account.read(view -> view.secret(SecretKind.ARGON2ID)).isEmpty());
        assertThrows(
                IllegalArgumentException.class,
                () -> fixture.account.write(view -> {
                    view.secrets(List.of(hash, hash));
                    return true;
                }));
    }

    @Test
    void anOpenDatabaseIsOpenOnce() throws IOException {
        try (Database database = fixture.store.database("queue", List.of())) {
            assertThrows(IllegalStateException.class, () -> fixture.store.database("queue", List.of()));
            assertEquals("seven", database.read(tx -> "seven"));
        }
        fixture.store.database("queue", List.of()).close();
    }
}
