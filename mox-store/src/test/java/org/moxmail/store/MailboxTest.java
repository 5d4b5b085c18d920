package org.moxmail.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.moxmail.store.Fixture.done;
import static org.moxmail.store.Fixture.message;
import static org.moxmail.store.Fixture.refused;
import static org.moxmail.store.Fixture.text;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.moxmail.message.mailbox.MailboxInfo;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.Refusal;
import org.moxmail.message.mailbox.SpecialUse;
import org.moxmail.message.mailbox.UidSet;

final class MailboxTest {
    private static final String FIRST = "Archive Drafts Inbox Junk Sent Trash";

    private Fixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new Fixture();
    }

    @AfterEach
    void close() throws IOException {
        fixture.close();
    }

    private Set<String> subscriptions() throws IOException {
        return fixture.account.read(MailReader::subscriptions).stream()
                .map(MailboxName::toString)
                .collect(Collectors.toSet());
    }

    @Test
    void aNewAccountHasMailboxesForEverySpecialUseEachWithItsOwnUidValidity() throws IOException {
        List<MailboxInfo> all = fixture.account.read(MailReader::mailboxes);
        assertEquals(FIRST, fixture.mailboxes());
        assertEquals(6, new HashSet<>(all.stream().map(MailboxInfo::uidValidity).toList()).size());
        assertEquals(Set.of(SpecialUse.SENT), fixture.info("Sent").uses());
        assertEquals(Set.of(), fixture.info("Inbox").uses());
        assertEquals(Set.of(FIRST.split(" ")), subscriptions());
        assertTrue(all.stream().allMatch(info -> info.uidNext() == 1 && info.highestModSeq() == 2));
        assertEquals(2, fixture.account.read(MailReader::highestModSeq));
    }

    @Test
    void createMakesMissingParentsAndSubscribes() throws IOException {
        try (ChangeCursor cursor = fixture.account.changes()) {
            List<MailboxInfo> made =
                    done(fixture.account.write(view -> view.create(MailboxName.of("a/b/c"), Set.of())));
            assertEquals(
                    List.of("a", "a/b", "a/b/c"),
                    made.stream().map(info -> info.name().toString()).toList());
            assertEquals(
                    "3: created a, subscribed a, created a/b, subscribed a/b, created a/b/c, subscribed a/b/c",
                    text(cursor.poll()));
        }
        assertTrue(subscriptions().containsAll(Set.of("a", "a/b", "a/b/c")));
        assertEquals(
                Refusal.ALREADY_EXISTS,
                refused(fixture.account.write(view -> view.create(MailboxName.of("a/b"), Set.of()))));
    }

    @Test
    void aSpecialUseMovesToWhoeverGetsItLast() throws IOException {
        try (ChangeCursor cursor = fixture.account.changes()) {
            done(fixture.account.write(view -> view.create(MailboxName.of("Gone"), Set.of(SpecialUse.TRASH))));
            assertEquals("3: uses of Trash [], created Gone, subscribed Gone", text(cursor.poll()));
            done(fixture.account.write(
                    view -> view.specialUse(MailboxName.of("Junk"), Set.of(SpecialUse.TRASH, SpecialUse.JUNK))));
        }
        assertEquals(Set.of(), fixture.info("Gone").uses());
        assertEquals(
                Set.of(SpecialUse.TRASH, SpecialUse.JUNK), fixture.info("Junk").uses());
        assertEquals(
                Refusal.NONEXISTENT,
                refused(fixture.account.write(view -> view.specialUse(MailboxName.of("x"), Set.of()))));
    }

    @Test
    void mailboxesAreBounded() throws IOException {
        for (int i = 0; i < 24; i++) {
            fixture.create("m" + i);
        }
        assertEquals(
                Refusal.LIMIT,
                refused(fixture.account.write(view -> view.create(MailboxName.of("one more"), Set.of()))));
        assertEquals(Refusal.LIMIT, refused(fixture.rename("m1", "p/q")));
        assertEquals(MailboxName.of("m1b"), done(fixture.rename("m1", "m1b")));
    }

    @Test
    void deleteRefusesInboxParentsAndWhatIsMissing() throws IOException {
        fixture.create("a/b");
        assertEquals(Refusal.CANNOT, refused(fixture.delete("Inbox")));
        assertEquals(Refusal.HAS_CHILDREN, refused(fixture.delete("a")));
        assertEquals(Refusal.NONEXISTENT, refused(fixture.delete("b")));
        fixture.create("Inbox/child");
        done(fixture.delete("Inbox/child"));
        done(fixture.delete("a/b"));
        done(fixture.delete("a"));
        assertEquals(FIRST, fixture.mailboxes());
    }

    @Test
    void deleteTakesMessagesAndKeepsTheSubscription() throws IOException {
        fixture.create("a");
        long id = fixture.id("a");
        fixture.append("a", message("one"));
        try (ChangeCursor cursor = fixture.account.changes()) {
            done(fixture.delete("a"));
            assertEquals("5: removed 1, deleted a", text(cursor.poll()));
        }
        assertTrue(subscriptions().contains("a"));
        assertEquals(0, fixture.account.read(MailReader::quota).usedBytes());
        assertEquals(UidSet.EMPTY, fixture.account.read(view -> view.uids(id)));
        assertEquals(0L, fixture.account.<Long>read(view -> view.firstUnseen(id)));
        assertTrue(fixture.account.read(view -> view.mailbox(id)).isEmpty());
        assertEquals(Refusal.NONEXISTENT, refused(fixture.account.write(view -> view.expunge(id, UidSet.EVERY))));
        fixture.awaitErased();
        fixture.verify();
    }

    @Test
    void aNameUsedAgainGetsAHigherUidValidity() throws IOException {
        long first = fixture.create("a").uidValidity();
        done(fixture.delete("a"));
        long second = fixture.create("a").uidValidity();
        assertTrue(second > first);
        // Renamed onto a name that clients know with a later value: a fresh one.
        done(fixture.delete("a"));
        long archive = fixture.info("Archive").uidValidity();
        done(fixture.rename("Archive", "a"));
        assertTrue(fixture.info("a").uidValidity() > second);
        assertNotEquals(archive, fixture.info("a").uidValidity());
    }

    @Test
    void aRenamedMailboxKeepsItsUidValidityAndAlsoWhenItComesBack() throws IOException {
        long id = fixture.create("a").id();
        long value = fixture.info("a").uidValidity();
        done(fixture.rename("a", "b"));
        assertEquals(value, fixture.info("b").uidValidity());
        assertEquals(id, fixture.id("b"));
        done(fixture.rename("b", "a"));
        assertEquals(value, fixture.info("a").uidValidity());
    }

    @Test
    void renameMovesChildrenAndMakesParentsAndLeavesSubscriptions() throws IOException {
        fixture.create("a/b/c");
        try (ChangeCursor cursor = fixture.account.changes()) {
            done(fixture.rename("a/b", "x/y/z"));
            assertEquals(
                    "4: created x, created x/y, renamed a/b/c to x/y/z/c, renamed a/b to x/y/z", text(cursor.poll()));
        }
        assertEquals(FIRST + " a x x/y x/y/z x/y/z/c", fixture.mailboxes());
        assertTrue(subscriptions().contains("a/b/c"));
        assertFalse(subscriptions().contains("x/y/z"));
    }

    @Test
    void renameBelowItselfMakesTheParentsAfterwards() throws IOException {
        fixture.create("a/b/x");
        try (ChangeCursor cursor = fixture.account.changes()) {
            done(fixture.rename("a/b", "a/b/c/d"));
            assertEquals(
                    "4: renamed a/b/x to a/b/c/d/x, renamed a/b to a/b/c/d, created a/b, created a/b/c",
                    text(cursor.poll()));
        }
        assertEquals(FIRST + " a a/b a/b/c a/b/c/d a/b/c/d/x", fixture.mailboxes());
    }

    @Test
    void renameRefusesWhatIsMissingOrInTheWay() throws IOException {
        fixture.create("a/b");
        fixture.create("c");
        assertEquals(Refusal.NONEXISTENT, refused(fixture.rename("x", "y")));
        assertEquals(Refusal.ALREADY_EXISTS, refused(fixture.rename("a", "c")));
        assertEquals(Refusal.ALREADY_EXISTS, refused(fixture.rename("a", "a/b")));
        assertEquals(Refusal.ALREADY_EXISTS, refused(fixture.rename("a", "Inbox")));
        String long1 = "n".repeat(MailboxName.MAX_BYTES - 1);
        assertEquals(Refusal.LIMIT, refused(fixture.rename("a", long1)));
        assertEquals(FIRST + " a a/b c", fixture.mailboxes());
    }

    @Test
    void renamingInboxMovesItsMessagesAndKeepsItAndItsChildren() throws IOException {
        fixture.create("Inbox/child");
        fixture.append("Inbox", message("one"), "\\Seen", "blue");
        fixture.append("Inbox", message("two"));
        long inbox = fixture.id("Inbox");
        try (ChangeCursor cursor = fixture.account.changes()) {
            done(fixture.rename("Inbox", "old/mail"));
            assertEquals(
                    "6: created old, created old/mail, keywords [blue], removed 1:2, added 1 \\Seen blue 2",
                    text(cursor.poll()));
        }
        assertEquals(inbox, fixture.id("Inbox"));
        assertEquals(0, fixture.info("Inbox").messages());
        assertEquals("1 \\Seen blue, 2", fixture.messages("old/mail"));
        assertEquals(
                "1:2",
                fixture.account.read(view -> view.expungedSince(inbox, 0)).toString());
        assertEquals(3, fixture.info("Inbox").uidNext());
        assertTrue(fixture.mailboxes().contains("Inbox/child"));
    }

    @Test
    void subscriptionsNeedNoMailbox() throws IOException {
        MailboxName name = MailboxName.of("nowhere");
        try (ChangeCursor cursor = fixture.account.changes()) {
            assertTrue(fixture.account.<Boolean>write(view -> view.subscribe(name)));
            assertFalse(fixture.account.<Boolean>write(view -> view.subscribe(name)));
            assertTrue(subscriptions().contains("nowhere"));
            assertTrue(fixture.account.<Boolean>write(view -> view.unsubscribe(name)));
            assertFalse(fixture.account.<Boolean>write(view -> view.unsubscribe(name)));
            // Without a mod-sequence of their own: the account's.
            assertEquals("2: subscribed nowhere; 2: unsubscribed nowhere", text(cursor.poll()));
        }
    }

    @Test
    void everythingIsThereAfterReopening() throws IOException {
        fixture.create("a/b");
        fixture.append("a/b", message("one"), "\\Flagged", "red");
        MailboxInfo before = fixture.info("a/b");
        fixture.reopen();
        assertEquals(before, fixture.info("a/b"));
        assertEquals("1 \\Flagged red", fixture.messages("a/b"));
    }
}
