package org.moxmail.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.moxmail.store.Fixture.large;
import static org.moxmail.store.Fixture.message;
import static org.moxmail.store.Fixture.text;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.moxmail.message.MessageContent;
import org.moxmail.message.mailbox.Change;
import org.moxmail.message.mailbox.Commit;
import org.moxmail.message.mailbox.FlagEdit;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.UidSet;

final class ChangesTest {
    private Fixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new Fixture();
    }

    @AfterEach
    void close() throws IOException {
        fixture.close();
    }

    private void erasedNow(long messageId) throws IOException {
        fixture.awaitErased();
        assertThrows(FileNotFoundException.class, () -> fixture.content(messageId));
    }

    @Test
    void aCursorTellsWhatWasCommittedAfterItWasOpenedInOrder() throws IOException {
        fixture.append("Inbox", message("before"));
        try (ChangeCursor cursor = fixture.account.changes()) {
            assertEquals(List.of(), cursor.poll());
            fixture.append("Inbox", message("one"), "\\Seen", "k");
            fixture.store("Inbox", FlagEdit.Mode.ADD, UidSet.of(1, 2), "\\Deleted");
            fixture.account.write(view -> view.subscribe(MailboxName.of("s")));
            assertEquals(
                    "4: keywords [k], added 2 \\Seen k; 5: flags 1 \\Deleted 2 \\Seen \\Deleted k; 5: subscribed s",
                    text(cursor.poll()));
            assertEquals(List.of(), cursor.poll());
        }
    }

    @Test
    void everyHandleHasAnOriginThatItsWritesCarry() throws IOException {
        try (Account other = fixture.store.account("ada");
                ChangeCursor mine = fixture.account.changes();
                ChangeCursor theirs = other.changes()) {
            assertNotEquals(mine.origin(), theirs.origin());
            fixture.account.write(view -> view.subscribe(MailboxName.of("a")));
            other.write(view -> view.subscribe(MailboxName.of("b")));
            List<Commit> commits = mine.poll();
            assertEquals(commits, theirs.poll());
            assertEquals(
                    List.of(mine.origin(), theirs.origin()),
                    commits.stream().map(Commit::origin).toList());
        }
    }

    @Test
    void aRefusedOrFailedWriteIsNotTold() throws IOException {
        try (ChangeCursor cursor = fixture.account.changes()) {
            fixture.delete("Inbox");
            assertThrows(
                    IllegalStateException.class,
                    () -> fixture.account.write(view -> {
                        view.subscribe(MailboxName.of("x"));
                        throw new IllegalStateException();
                    }));
            assertEquals(List.of(), cursor.poll());
        }
    }

    @Test
    void manyWritersAreToldInCommitOrder() throws Exception {
        long id = fixture.id("Inbox");
        try (ChangeCursor cursor = fixture.account.changes();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                int number = i;
                all.add(threads.submit(() -> fixture.append("Inbox", message("m" + number))));
            }
            for (Future<?> each : all) {
                each.get();
            }
            List<Commit> commits = cursor.poll();
            assertEquals(16, commits.size());
            for (int i = 0; i < 16; i++) {
                assertEquals(3 + i, commits.get(i).modSeq());
                assertEquals(
                        List.of(new Change.Added(
                                id, List.of(new Change.Entry(1 + i, org.moxmail.message.mailbox.Flags.NONE)))),
                        commits.get(i).changes());
            }
        }
    }

    @Test
    void tooManyWaitingChangesBecomeOneOverflow() throws IOException {
        try (ChangeCursor cursor = fixture.account.changes()) {
            for (int i = 0; i < 20; i++) {
                fixture.append("Inbox", message("m" + i));
            }
            assertEquals(20, cursor.poll().size());
            for (int i = 0; i < 22; i++) {
                fixture.append("Inbox", message("m" + i));
            }
            List<Commit> commits = cursor.poll();
            assertEquals("44: overflow", text(commits));
            assertInstanceOf(Change.Overflow.class, commits.get(0).changes().get(0));
            fixture.append("Inbox", message("after"));
            assertEquals("45: added 43", text(cursor.poll()));
        }
    }

    @Test
    void oneLargeCommitIsNoOverflow() throws IOException {
        for (int i = 0; i < 30; i++) {
            fixture.append("Inbox", message("m" + i));
        }
        try (ChangeCursor cursor = fixture.account.changes()) {
            fixture.store("Inbox", FlagEdit.Mode.ADD, UidSet.EVERY, "\\Seen");
            assertEquals(1, cursor.poll().size());
            fixture.store("Inbox", FlagEdit.Mode.REMOVE, UidSet.EVERY, "\\Seen");
            fixture.append("Inbox", message("more"));
            assertTrue(text(cursor.poll()).endsWith("overflow"));
        }
    }

    @Test
    void awaitReturnsWhenSomethingComesOrWhenWokenOrWhenTimeIsUp() throws Exception {
        ChangeCursor cursor = fixture.account.changes();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<Commit>> waiting = threads.submit(() -> cursor.await(Duration.ofHours(1)));
            fixture.timing.awaitWaiters(1);
            fixture.append("Inbox", message("one"));
            assertEquals("3: added 1", text(waiting.get()));
            Future<List<Commit>> woken = threads.submit(() -> cursor.await(Duration.ofHours(1)));
            fixture.timing.awaitWaiters(1);
            cursor.wake();
            assertEquals(List.of(), woken.get());
            // A wake before the wait ends the next one.
            cursor.wake();
            assertEquals(List.of(), cursor.await(Duration.ofHours(1)));
            Future<List<Commit>> late = threads.submit(() -> cursor.await(Duration.ofMinutes(5)));
            fixture.timing.awaitWaiters(1);
            fixture.timing.advance(Duration.ofMinutes(5));
            assertEquals(List.of(), late.get());
            Future<List<Commit>> closed = threads.submit(() -> cursor.await(Duration.ofHours(1)));
            fixture.timing.awaitWaiters(1);
            cursor.close();
            assertEquals(List.of(), closed.get());
        }
    }

    @Test
    void octetsStayUntilEveryCursorHasAcknowledged() throws IOException {
        for (String text : List.of(message("small"), large("large"))) {
            long messageId = fixture.append("Inbox", text).messageId();
            ChangeCursor first = fixture.account.changes();
            ChangeCursor second = fixture.account.changes();
            fixture.expunge("Inbox", UidSet.EVERY);
            long modSeq = fixture.account.read(MailReader::highestModSeq);
            assertFalse(fixture.account.read(view -> view.message(messageId)).isPresent());
            assertEquals(text, fixture.content(messageId));
            first.acknowledge(modSeq);
            second.acknowledge(modSeq - 1);
            fixture.verify();
            assertEquals(text, fixture.content(messageId));
            second.acknowledge(modSeq);
            erasedNow(messageId);
            first.close();
            second.close();
        }
    }

    @Test
    void rowsOfRemovedMessagesStayUntilEveryCursorHasAcknowledged() throws IOException {
        fixture.append("Inbox", message("one"), "\\Seen", "k");
        fixture.append("Inbox", message("two"));
        fixture.append("Inbox", message("three"));
        long inbox = fixture.id("Inbox");
        long archive = fixture.id("Archive");
        long before = fixture.account.read(MailReader::highestModSeq);
        try (ChangeCursor cursor = fixture.account.changes()) {
            fixture.account.write(view -> view.move(inbox, UidSet.of(1), archive));
            fixture.expunge("Inbox", UidSet.of(3));
            assertEquals("1 \\Seen k, 3 \\Deleted", removed(inbox, UidSet.EVERY, before));
            assertEquals("3 \\Deleted", removed(inbox, UidSet.range(2, 9), before));
            assertEquals("3 \\Deleted", removed(inbox, UidSet.EVERY, before + 1));
            assertEquals("", removed(archive, UidSet.EVERY, before));
            cursor.acknowledge(Long.MAX_VALUE);
            fixture.awaitErased();
            assertEquals("", removed(inbox, UidSet.EVERY, before));
        }
    }

    private String removed(long mailboxId, UidSet uids, long since) throws IOException {
        List<String> rows = new ArrayList<>();
        fixture.account.read(view -> {
            view.removed(mailboxId, uids, since, row -> rows.add(row.uid() + " " + row.flags()));
            return true;
        });
        return String.join(", ", rows);
    }

    @Test
    void closingACursorLetsGoOfEverything() throws IOException {
        long messageId = fixture.append("Inbox", large("one")).messageId();
        ChangeCursor cursor = fixture.account.changes();
        fixture.expunge("Inbox", UidSet.EVERY);
        assertEquals(large("one"), fixture.content(messageId));
        cursor.close();
        erasedNow(messageId);
    }

    @Test
    void withoutCursorsOctetsGoAtOnceAndAnOpenContentStaysReadable() throws IOException {
        long messageId = fixture.append("Inbox", large("one")).messageId();
        try (MessageContent content = fixture.account.content(messageId)) {
            fixture.expunge("Inbox", UidSet.EVERY);
            erasedNow(messageId);
            byte[] start = new byte[5];
            assertEquals(5, content.read(0, start, 0, 5));
        }
    }

    @Test
    void aDeletedMailboxIsPurgedWhenEveryCursorHasAcknowledged() throws IOException {
        fixture.create("a");
        long messageId = fixture.append("a", large("one"), "k").messageId();
        for (int i = 0; i < Eraser.BATCH + 10; i++) {
            fixture.append("a", message("m" + i));
        }
        fixture.expunge("a", UidSet.of(7));
        try (ChangeCursor cursor = fixture.account.changes()) {
            fixture.delete("a");
            fixture.verify();
            assertEquals(large("one"), fixture.content(messageId));
            cursor.acknowledge(Long.MAX_VALUE);
            erasedNow(messageId);
        }
        fixture.account.read(view -> {
            for (int table : new int[] {Tables.MESSAGES, Tables.BY_MODSEQ, Tables.UIDS, Tables.EXPUNGED}) {
                try (var rows = view.tables().kv().ascend(table, new byte[0], null)) {
                    assertFalse(rows.next(), "table " + table);
                }
            }
            return true;
        });
    }

    @Test
    void whatWasNotErasedWhenTheAccountClosedIsErasedAtTheNextOpening() throws IOException {
        long messageId = fixture.append("Inbox", large("one")).messageId();
        ChangeCursor cursor = fixture.account.changes();
        fixture.expunge("Inbox", UidSet.EVERY);
        assertEquals(large("one"), fixture.content(messageId));
        fixture.reopen();
        erasedNow(messageId);
        cursor.close();
    }
}
