package org.moxmail.store;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.moxmail.store.Fixture.DATE;
import static org.moxmail.store.Fixture.done;
import static org.moxmail.store.Fixture.flags;
import static org.moxmail.store.Fixture.large;
import static org.moxmail.store.Fixture.message;
import static org.moxmail.store.Fixture.refused;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.moxmail.message.mailbox.AppendResult;
import org.moxmail.message.mailbox.Change;
import org.moxmail.message.mailbox.CopyResult;
import org.moxmail.message.mailbox.FlagEdit;
import org.moxmail.message.mailbox.MailboxInfo;
import org.moxmail.message.mailbox.MessageDetails;
import org.moxmail.message.mailbox.Refusal;
import org.moxmail.message.mailbox.Spool;
import org.moxmail.message.mailbox.StoreResult;
import org.moxmail.message.mailbox.UidSet;

final class MessageTest {
    private Fixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new Fixture();
    }

    @AfterEach
    void close() throws IOException {
        fixture.close();
    }

    private UidSet uids(String mailbox) throws IOException {
        long id = fixture.id(mailbox);
        return fixture.account.read(view -> view.uids(id));
    }

    @Test
    void appendTellsWhereTheMessageIsAndCountsIt() throws IOException {
        AppendResult one = fixture.append("Inbox", message("one"), "\\Seen");
        AppendResult two = fixture.append("Inbox", large("two"), "\\Deleted", "blue");
        MailboxInfo info = fixture.info("Inbox");
        assertEquals(new AppendResult(info.uidValidity(), 1, 3, 1), one);
        assertEquals(new AppendResult(info.uidValidity(), 2, 4, 2), two);
        assertEquals(3, info.uidNext());
        assertEquals(4, info.highestModSeq());
        assertEquals(List.of("blue"), info.keywords());
        assertEquals(List.of(2L, 1L, 1L), List.of(info.messages(), info.unseen(), info.deleted()));
        assertEquals(message("one").length() + large("two").length(), info.sizeBytes());
        assertEquals(large("two").length(), info.deletedSizeBytes());
        assertEquals("1 \\Seen, 2 \\Deleted blue", fixture.messages("Inbox"));
        assertEquals(message("one"), fixture.content(1));
        assertEquals(large("two"), fixture.content(2));
        assertEquals(info.sizeBytes(), fixture.account.read(MailReader::quota).usedBytes());
    }

    @Test
    void aRowHasDatesSizesAndDetails() throws IOException {
        fixture.timing.advance(Duration.ofDays(1));
        fixture.append("Inbox", message("one"));
        long id = fixture.id("Inbox");
        fixture.account.read(view -> {
            view.messages(id, UidSet.EVERY, 0, row -> {
                assertEquals(DATE.toEpochMilli(), row.internalDateMillis());
                assertEquals(fixture.timing.millis(), row.saveDateMillis());
                assertEquals(message("one").length(), row.sizeBytes());
                assertEquals(3, row.modSeq());
                MessageDetails details = row.details();
                assertEquals(
                        "one", requireNonNull(details.structure().envelope()).subject());
                assertEquals("Hello, one.", requireNonNull(details.preview()).strip());
                assertEquals(row.messageId(), details.emailId());
                assertEquals(row.messageId(), details.threadId());
                return true;
            });
            return true;
        });
        StoredMessage stored = fixture.account.read(view -> view.message(1).orElseThrow());
        assertEquals(List.of(id, 1L), List.of(stored.mailboxId(), stored.uid()));
        assertTrue(fixture.account.read(view -> view.message(2)).isEmpty());
    }

    @Test
    void everyOperationOnAMissingMailboxIsRefused() throws IOException {
        try (Spool spool = fixture.spool(message("one"))) {
            long inbox = fixture.id("Inbox");
            fixture.account.write(view -> {
                assertEquals(Refusal.NONEXISTENT, refused(view.append(99, spool, flags(), DATE)));
                assertEquals(Refusal.NONEXISTENT, refused(view.expunge(99, UidSet.EVERY)));
                assertEquals(Refusal.NONEXISTENT, refused(view.copy(inbox, UidSet.EVERY, 99)));
                assertEquals(Refusal.NONEXISTENT, refused(view.copy(99, UidSet.EVERY, inbox)));
                assertEquals(Refusal.NONEXISTENT, refused(view.move(inbox, UidSet.EVERY, 0)));
                FlagEdit edit = new FlagEdit(FlagEdit.Mode.ADD, flags("\\Seen"));
                assertEquals(Refusal.NONEXISTENT, refused(view.store(-1, UidSet.EVERY, edit, -1)));
                return true;
            });
        }
    }

    @Test
    void storeReplacesAddsAndRemoves() throws IOException {
        fixture.append("Inbox", message("one"), "\\Seen", "a");
        fixture.append("Inbox", message("two"), "\\Flagged");
        fixture.append("Inbox", message("three"));
        StoreResult added = fixture.store("Inbox", FlagEdit.Mode.ADD, UidSet.of(1, 2, 9), "\\Flagged", "b");
        assertEquals(
                List.of(
                        new Change.Entry(1, flags("\\Seen", "\\Flagged", "a", "b")),
                        new Change.Entry(2, flags("\\Flagged", "b"))),
                added.changed());
        assertEquals(6, added.modSeq());
        StoreResult removed = fixture.store("Inbox", FlagEdit.Mode.REMOVE, UidSet.range(1, 3), "\\Flagged", "zzz");
        assertEquals(UidSet.of(3), removed.unchanged());
        assertEquals(7, removed.modSeq());
        fixture.store("Inbox", FlagEdit.Mode.REPLACE, UidSet.of(1), "\\Draft", "c");
        assertEquals("1 \\Draft c, 2 b, 3", fixture.messages("Inbox"));
        assertEquals(List.of("a", "b", "c"), fixture.info("Inbox").keywords());
        StoreResult nothing = fixture.store("Inbox", FlagEdit.Mode.REPLACE, UidSet.of(3));
        assertEquals(List.of(), nothing.changed());
        assertEquals(UidSet.of(3), nothing.unchanged());
        assertEquals(8, nothing.modSeq());
        assertEquals(8, fixture.account.read(MailReader::highestModSeq));
    }

    @Test
    void storeWithAGuardLeavesLaterChangesAlone() throws IOException {
        // RFC 7162 §3.1.3
        fixture.append("Inbox", message("one"));
        fixture.append("Inbox", message("two"));
        long id = fixture.id("Inbox");
        FlagEdit edit = new FlagEdit(FlagEdit.Mode.ADD, flags("\\Seen"));
        StoreResult result = done(fixture.account.write(view -> view.store(id, UidSet.range(1, 2), edit, 3)));
        assertEquals(UidSet.of(2), result.conflicts());
        assertEquals(1, result.changed().size());
        assertEquals("1 \\Seen, 2", fixture.messages("Inbox"));
    }

    @Test
    void keywordsOfAMailboxAreBounded() throws IOException {
        fixture.append("Inbox", message("one"), "a", "b", "c", "d");
        long id = fixture.id("Inbox");
        FlagEdit two = new FlagEdit(FlagEdit.Mode.ADD, flags("d", "e", "f"));
        assertEquals(Refusal.LIMIT, refused(fixture.account.write(view -> view.store(id, UidSet.of(1), two, -1))));
        try (Spool spool = fixture.spool(message("two"))) {
            assertEquals(
                    Refusal.LIMIT,
                    refused(fixture.account.write(view -> view.append(id, spool, flags("e", "f"), DATE))));
        }
        fixture.store("Inbox", FlagEdit.Mode.ADD, UidSet.of(1), "e");
        // Nothing is changed, so no keyword is needed.
        assertEquals(
                List.of(),
                fixture.store("Inbox", FlagEdit.Mode.ADD, UidSet.of(7), "f").changed());
        assertEquals("1 a b c d e", fixture.messages("Inbox"));
        assertEquals(1, fixture.info("Inbox").messages());
    }

    @Test
    void copiesShareOctetsAndIdentityAndKeepDatesAndFlags() throws IOException {
        fixture.append("Inbox", large("one"), "\\Flagged", "x");
        fixture.append("Inbox", message("two"));
        long from = fixture.id("Inbox");
        long to = fixture.id("Archive");
        long files = fixture.files.syncs();
        CopyResult result = done(fixture.account.write(view -> view.copy(from, UidSet.range(1, 5), to)));
        assertEquals(files, fixture.files.syncs());
        assertEquals(
                new CopyResult(fixture.info("Archive").uidValidity(), UidSet.range(1, 2), UidSet.range(1, 2), 5),
                result);
        assertEquals("1 \\Flagged x, 2", fixture.messages("Archive"));
        assertEquals("1 \\Flagged x, 2", fixture.messages("Inbox"));
        assertEquals(large("one"), fixture.content(3));
        StoredMessage copy = fixture.account.read(view -> view.message(3).orElseThrow());
        assertEquals(1, copy.details().emailId());
        fixture.expunge("Inbox", UidSet.EVERY);
        fixture.awaitErased();
        assertEquals(large("one"), fixture.content(3));
        assertEquals(message("two"), fixture.content(4));
    }

    @Test
    void copyingToTheSameMailboxDoubles() throws IOException {
        fixture.append("Inbox", message("one"));
        long id = fixture.id("Inbox");
        done(fixture.account.write(view -> view.copy(id, UidSet.of(1), id)));
        assertEquals("1, 2", fixture.messages("Inbox"));
    }

    @Test
    void copyAndMoveOfNothingChangeNothing() throws IOException {
        long from = fixture.id("Inbox");
        long to = fixture.id("Archive");
        try (ChangeCursor cursor = fixture.account.changes()) {
            CopyResult copied = done(fixture.account.write(view -> view.copy(from, UidSet.of(7), to)));
            CopyResult moved = done(fixture.account.write(view -> view.move(from, UidSet.EMPTY, to)));
            assertEquals(UidSet.EMPTY, copied.source());
            assertEquals(UidSet.EMPTY, moved.target());
            assertEquals(List.of(), cursor.poll());
        }
        assertEquals(2, fixture.account.read(MailReader::highestModSeq));
    }

    @Test
    void movedMessagesKeepTheirIdsAndLeaveHistory() throws IOException {
        fixture.append("Inbox", message("one"));
        fixture.append("Inbox", large("two"), "k");
        fixture.append("Inbox", message("three"));
        long from = fixture.id("Inbox");
        long to = fixture.id("Archive");
        fixture.timing.advance(Duration.ofHours(1));
        CopyResult result = done(fixture.account.write(view -> view.move(from, UidSet.of(2, 3), to)));
        assertEquals(UidSet.range(2, 3), result.source());
        assertEquals(UidSet.range(1, 2), result.target());
        assertEquals("1", fixture.messages("Inbox"));
        assertEquals("1 k, 2", fixture.messages("Archive"));
        assertEquals(
                "2:3", fixture.account.read(view -> view.expungedSince(from, 5)).toString());
        assertEquals(large("two"), fixture.content(2));
        StoredMessage moved = fixture.account.read(view -> view.message(2).orElseThrow());
        assertEquals(List.of(to, 1L), List.of(moved.mailboxId(), moved.uid()));
        fixture.account.read(view -> {
            view.messages(to, UidSet.of(1), 0, row -> {
                assertEquals(fixture.timing.millis(), row.saveDateMillis());
                assertEquals(DATE.toEpochMilli(), row.internalDateMillis());
                return true;
            });
            return true;
        });
    }

    @Test
    void expungeTakesOnlyWhatIsDeletedAndInTheSet() throws IOException {
        for (int i = 0; i < 5; i++) {
            fixture.append("Inbox", message("m" + i));
        }
        fixture.store("Inbox", FlagEdit.Mode.ADD, UidSet.of(1, 3, 5), "\\Deleted");
        long id = fixture.id("Inbox");
        assertEquals(UidSet.of(3, 5), done(fixture.account.write(view -> view.expunge(id, UidSet.range(2, 9)))));
        assertEquals(UidSet.EMPTY, done(fixture.account.write(view -> view.expunge(id, UidSet.range(2, 9)))));
        assertEquals("1 \\Deleted, 2, 4", fixture.messages("Inbox"));
        assertEquals(UidSet.of(1, 2, 4), uids("Inbox"));
        assertEquals(1, fixture.info("Inbox").deleted());
        assertEquals(6, fixture.append("Inbox", message("later")).uid());
    }

    @Test
    void changedSinceAndExpungedSinceTellWhatChangedLater() throws IOException {
        for (int i = 0; i < 130; i++) {
            fixture.append("Inbox", message("m" + i));
        }
        long before = fixture.account.read(MailReader::highestModSeq);
        assertEquals("", fixture.messages("Inbox", before));
        fixture.store("Inbox", FlagEdit.Mode.ADD, UidSet.of(2, 120), "\\Seen");
        long middle = fixture.account.read(MailReader::highestModSeq);
        fixture.expunge("Inbox", UidSet.of(5, 6));
        fixture.append("Inbox", message("new"));
        assertEquals("2 \\Seen, 120 \\Seen, 131", fixture.messages("Inbox", before));
        assertEquals("131", fixture.messages("Inbox", middle));
        long id = fixture.id("Inbox");
        assertEquals(UidSet.of(5, 6), fixture.account.read(view -> view.expungedSince(id, middle)));
        long last = fixture.account.read(MailReader::highestModSeq);
        assertEquals(UidSet.EMPTY, fixture.account.read(view -> view.expungedSince(id, last)));
        assertEquals(UidSet.EMPTY, fixture.account.read(view -> view.expungedSince(id, Long.MAX_VALUE)));
        assertEquals("", fixture.messages("Inbox", Long.MAX_VALUE));
    }

    @Test
    void aVisitEndsWhenTheVisitorHasSeenEnoughAndSkipsWhatWasNotAskedFor() throws IOException {
        for (int i = 0; i < 10; i++) {
            fixture.append("Inbox", message("m" + i));
        }
        long id = fixture.id("Inbox");
        StringBuilder seen = new StringBuilder();
        fixture.account.read(view -> {
            view.messages(id, UidSet.of(2, 3, 5, 9, 200), 0, row -> {
                seen.append(row.uid()).append(' ');
                return row.uid() < 5;
            });
            return true;
        });
        assertEquals("2 3 5 ", seen.toString());
    }

    @Test
    void firstUnseenIsTheSmallest() throws IOException {
        long id = fixture.id("Inbox");
        assertEquals(0L, fixture.account.<Long>read(view -> view.firstUnseen(id)));
        for (int i = 0; i < 3; i++) {
            fixture.append("Inbox", message("m" + i));
        }
        assertEquals(1L, fixture.account.<Long>read(view -> view.firstUnseen(id)));
        fixture.store("Inbox", FlagEdit.Mode.ADD, UidSet.of(1, 2), "\\Seen");
        assertEquals(3L, fixture.account.<Long>read(view -> view.firstUnseen(id)));
        assertEquals(UidSet.of(3), fixture.account.read(view -> view.unseen(id)));
        fixture.store("Inbox", FlagEdit.Mode.REMOVE, UidSet.of(2), "\\Seen");
        assertEquals(2L, fixture.account.<Long>read(view -> view.firstUnseen(id)));
    }

    @Test
    void aWriteSeesItsOwnChangesAndHasOneModSeq() throws IOException {
        long inbox = fixture.id("Inbox");
        long archive = fixture.id("Archive");
        try (Spool spool = fixture.spool(message("one"))) {
            fixture.account.write(view -> {
                AppendResult added = done(view.append(inbox, spool, flags(), DATE));
                assertEquals(UidSet.of(1), view.uids(inbox));
                assertEquals(1, view.firstUnseen(inbox));
                assertEquals(1, view.mailbox(inbox).orElseThrow().messages());
                assertEquals(added.modSeq(), view.highestModSeq());
                assertEquals(spool.size(), view.quota().usedBytes());
                CopyResult copied = done(view.copy(inbox, UidSet.EVERY, archive));
                assertEquals(added.modSeq(), copied.modSeq());
                FlagEdit edit = new FlagEdit(FlagEdit.Mode.ADD, flags("\\Seen"));
                assertEquals(
                        added.modSeq(),
                        done(view.store(inbox, UidSet.EVERY, edit, -1)).modSeq());
                assertEquals(0, view.firstUnseen(inbox));
                return true;
            });
        }
        assertEquals("1 \\Seen", fixture.messages("Inbox"));
        assertEquals("1", fixture.messages("Archive"));
    }

    @Test
    void oneSpoolCanBecomeSeveralMessages() throws IOException {
        for (String text : List.of(message("one"), large("two"))) {
            long inbox = fixture.id("Inbox");
            try (Spool spool = fixture.spool(text)) {
                AppendResult first = done(fixture.account.write(view -> view.append(inbox, spool, flags(), DATE)));
                AppendResult second = done(fixture.account.write(view -> view.append(inbox, spool, flags(), DATE)));
                fixture.expunge("Inbox", UidSet.of(first.uid()));
                fixture.awaitErased();
                assertEquals(text, fixture.content(second.messageId()));
            }
        }
    }

    @Test
    void aWriteThatThrowsDidNothing() throws IOException {
        long inbox = fixture.id("Inbox");
        try (Spool spool = fixture.spool(large("one"))) {
            IOException failure = assertThrows(
                    IOException.class,
                    () -> fixture.account.write(view -> {
                        done(view.append(inbox, spool, flags("x"), DATE));
                        throw new IOException("no");
                    }));
            assertEquals("no", failure.getMessage());
        }
        assertEquals("", fixture.messages("Inbox"));
        assertEquals(2, fixture.account.read(MailReader::highestModSeq));
        assertEquals(List.of(), fixture.info("Inbox").keywords());
    }

    @Test
    void quotaCountsEveryCopyAndNoMove() throws IOException {
        fixture.account.write(view -> {
            view.quotaLimit(3L * message("x").length());
            return true;
        });
        fixture.append("Inbox", message("a"));
        long inbox = fixture.id("Inbox");
        long archive = fixture.id("Archive");
        done(fixture.account.write(view -> view.copy(inbox, UidSet.of(1), archive)));
        done(fixture.account.write(view -> view.copy(inbox, UidSet.of(1), archive)));
        assertEquals(
                Refusal.OVER_QUOTA, refused(fixture.account.write(view -> view.copy(inbox, UidSet.of(1), archive))));
        done(fixture.account.write(view -> view.move(inbox, UidSet.of(1), archive)));
        try (Spool spool = fixture.spool(message("b"))) {
            assertEquals(
                    Refusal.OVER_QUOTA,
                    refused(fixture.account.write(view -> view.append(inbox, spool, flags(), DATE))));
            fixture.expunge("Archive", UidSet.of(1));
            done(fixture.account.write(view -> view.append(inbox, spool, flags(), DATE)));
        }
    }

    @Test
    void quotaLimitZeroIsTheStoresAndNegativeIsNone() throws IOException {
        Fixture.done(fixture.account.write(
                view -> view.create(org.moxmail.message.mailbox.MailboxName.of("q"), java.util.Set.of())));
        assertEquals(-1, fixture.account.read(MailReader::quota).limitBytes());
        try (Fixture limited = new Fixture(Fixture.limits(50, 100))) {
            assertEquals(new QuotaUse(0, 50), limited.account.read(MailReader::quota));
            limited.account.write(view -> {
                view.quotaLimit(-1);
                return true;
            });
            assertEquals(-1, limited.account.read(MailReader::quota).limitBytes());
        }
    }

    @Test
    void oneCallTouchesABoundedNumberOfMessages() throws IOException {
        try (Fixture limited = new Fixture(Fixture.limits(0, 3))) {
            for (int i = 0; i < 4; i++) {
                limited.append("Inbox", message("m" + i));
            }
            long inbox = limited.id("Inbox");
            long archive = limited.id("Archive");
            FlagEdit edit = new FlagEdit(FlagEdit.Mode.ADD, flags("\\Deleted"));
            assertEquals(
                    Refusal.LIMIT, refused(limited.account.write(view -> view.store(inbox, UidSet.EVERY, edit, -1))));
            assertEquals(
                    Refusal.LIMIT, refused(limited.account.write(view -> view.copy(inbox, UidSet.EVERY, archive))));
            assertEquals(Refusal.LIMIT, refused(limited.rename("Inbox", "x")));
            done(limited.account.write(view -> view.store(inbox, UidSet.range(1, 3), edit, -1)));
            done(limited.account.write(view -> view.store(inbox, UidSet.of(4), edit, -1)));
            assertEquals(Refusal.LIMIT, refused(limited.account.write(view -> view.expunge(inbox, UidSet.EVERY))));
            done(limited.account.write(view -> view.expunge(inbox, UidSet.range(1, 3))));
        }
    }
}
