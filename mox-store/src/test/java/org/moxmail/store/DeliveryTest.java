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
import static org.moxmail.store.Fixture.refused;
import static org.moxmail.store.Fixture.text;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.Refusal;
import org.moxmail.message.mailbox.Spool;
import org.moxmail.message.mailbox.UidSet;

final class DeliveryTest {
    private static final String PREFIX =
            "Received: from a\r\n\tby b; Tue, 3 Feb 2026 04:05:06 +0000\r\nAuthentication-Results: b; spf=pass\r\n";

    private Fixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new Fixture();
    }

    @AfterEach
    void close() throws IOException {
        fixture.close();
    }

    private static DeliveryRequest request(String mailbox, String prefix, @Nullable String key) {
        return new DeliveryRequest(MailboxName.of(mailbox), prefix, flags("$Junk"), DATE, "trace-1", "{facts}", key);
    }

    private Delivered deliver(String mailbox, String text, @Nullable String key) throws IOException {
        try (Spool spool = fixture.spool(text)) {
            return done(fixture.account.deliver(spool, request(mailbox, "", key)));
        }
    }

    @Test
    void aDeliveredMessageHasItsPrefixTraceAndFacts() throws IOException {
        for (String text : List.of(message("one"), large("two"))) {
            try (Spool spool = fixture.spool(text)) {
                Delivered delivered = done(fixture.account.deliver(spool, request("Inbox", PREFIX, null)));
                long messageId = delivered.message().messageId();
                assertEquals(fixture.id("Inbox"), delivered.mailboxId());
                assertFalse(delivered.repeated());
                assertEquals(PREFIX + text, fixture.content(messageId));
                StoredMessage stored =
                        fixture.account.read(view -> view.message(messageId).orElseThrow());
                assertEquals(PREFIX, stored.prefix());
                assertEquals("{facts}", stored.facts());
                assertEquals("trace-1", stored.details().traceId());
                assertEquals(PREFIX.length() + text.length(), stored.sizeBytes());
                assertEquals(
                        PREFIX.length() + text.indexOf("Hello"),
                        stored.details().structure().bodyOffset());
            }
        }
    }

    @Test
    void aMissingMailboxIsMadeAndSubscribed() throws IOException {
        try (ChangeCursor cursor = fixture.account.changes()) {
            deliver("lists/dev", message("one"), null);
            assertEquals(
                    "3: created lists, subscribed lists, created lists/dev, subscribed lists/dev, added 1 $Junk",
                    text(cursor.poll()));
        }
    }

    @Test
    void overQuotaIsRefusedAndChangesNothing() throws IOException {
        fixture.account.write(view -> {
            view.quotaLimit(10);
            return true;
        });
        for (String text : List.of(message("one"), large("two"))) {
            try (Spool spool = fixture.spool(text)) {
                assertEquals(
                        Refusal.OVER_QUOTA, refused(fixture.account.deliver(spool, request("new", PREFIX, "key"))));
            }
        }
        assertFalse(fixture.mailboxes().contains("new"));
    }

    @Test
    void theSameKeyDeliversOnce() throws IOException {
        Delivered first = deliver("Inbox", large("one"), "queue-1");
        Delivered second = deliver("Archive", large("one"), "queue-1");
        assertEquals(new Delivered(first.mailboxId(), first.message(), true), second);
        assertEquals("1 $Junk", fixture.messages("Inbox"));
        assertEquals("", fixture.messages("Archive"));
        fixture.reopen();
        assertTrue(deliver("Inbox", large("one"), "queue-1").repeated());
        assertFalse(deliver("Inbox", large("one"), "queue-2").repeated());
        assertEquals("1 $Junk, 2 $Junk", fixture.messages("Inbox"));
    }

    @Test
    void keysAreForgottenByNumberAndByAge() throws IOException {
        for (int i = 0; i < 11; i++) {
            assertFalse(deliver("Inbox", message("m"), "key-" + i).repeated());
        }
        assertTrue(deliver("Inbox", message("m"), "key-1").repeated());
        assertFalse(deliver("Inbox", message("m"), "key-0").repeated());
        fixture.timing.advance(StoreLimits.DEFAULT.deliveryKeyAge().plus(Duration.ofSeconds(1)));
        deliver("Inbox", message("m"), "late-1");
        deliver("Inbox", message("m"), "late-2");
        deliver("Inbox", message("m"), "late-3");
        assertTrue(deliver("Inbox", message("m"), "late-1").repeated());
        assertFalse(deliver("Inbox", message("m"), "key-9").repeated());
    }

    @Test
    void oneSpoolGoesToSeveralAccountsThatShareALargeMessage() throws IOException {
        for (String text : List.of(message("one"), large("two"))) {
            try (Account other = fixture.store.account("other")) {
                Delivered here;
                Delivered there;
                try (Spool spool = fill(fixture.store.spool(), text)) {
                    here = done(fixture.account.deliver(spool, request("Inbox", "", null)));
                    there = done(other.deliver(spool, request("Inbox", PREFIX, null)));
                }
                assertEquals(text, fixture.content(here.message().messageId()));
                assertEquals(
                        PREFIX + text, Fixture.content(other, there.message().messageId()));
                fixture.expunge("Inbox", UidSet.EVERY);
                fixture.awaitErased();
                assertEquals(
                        PREFIX + text, Fixture.content(other, there.message().messageId()));
                assertEquals(List.of(), other.verify());
            }
        }
    }

    @Test
    void aSpoolOfAnotherAccountCanBeDeliveredButNotAppended() throws IOException {
        try (Account other = fixture.store.account("other");
                Spool spool = fixture.spool(large("one"))) {
            long inbox = other.read(
                    view -> view.mailbox(MailboxName.INBOX).orElseThrow().id());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> other.write(view -> view.append(inbox, spool, flags(), DATE)));
            Delivered delivered = done(other.deliver(spool, request("Inbox", "", null)));
            assertEquals(
                    large("one"), Fixture.content(other, delivered.message().messageId()));
            assertEquals(List.of(), other.verify());
        }
    }

    @Test
    void repliesJoinTheThreadOfWhatTheyAnswer() throws IOException {
        String root = "Message-ID: <root@example.org>\r\nSubject: plans\r\n\r\nx\r\n";
        String reply = "Message-ID: <re@example.org>\r\nSubject: Re: plans\r\nReferences: <other@x> <root@example.org>"
                + "\r\n\r\ny\r\n";
        String other = "Message-ID: <o@example.org>\r\nSubject: else\r\nIn-Reply-To: <root@example.org>\r\n\r\nz\r\n";
        String deep = "Subject: RE: plans\r\nIn-Reply-To: <re@example.org>\r\n\r\ny\r\n";
        long first = deliver("Inbox", root, null).message().messageId();
        long second = deliver("Archive", reply, null).message().messageId();
        long third = deliver("Inbox", other, null).message().messageId();
        long fourth = deliver("Inbox", deep, null).message().messageId();
        long again = deliver("Inbox", root, null).message().messageId();
        assertEquals(
                List.of(first, first, third, first, first),
                List.of(thread(first), thread(second), thread(third), thread(fourth), thread(again)));
        fixture.expunge("Inbox", UidSet.EVERY);
        fixture.awaitErased();
        long later = deliver("Inbox", root, null).message().messageId();
        assertEquals(later, thread(later));
    }

    private long thread(long messageId) throws IOException {
        return fixture.account
                .read(view -> view.message(messageId).orElseThrow())
                .details()
                .threadId();
    }

    @Test
    void badRequestsAreRefusedEarly() {
        assertThrows(IllegalArgumentException.class, () -> request("Inbox", "Received: x", null));
        assertThrows(IllegalArgumentException.class, () -> request("Inbox", "", "k".repeat(201)));
    }
}
