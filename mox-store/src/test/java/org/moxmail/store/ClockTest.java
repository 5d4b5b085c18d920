package org.moxmail.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.moxmail.store.Fixture.DATE;
import static org.moxmail.store.Fixture.done;
import static org.moxmail.store.Fixture.flags;
import static org.moxmail.store.Fixture.large;
import static org.moxmail.store.Fixture.message;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.message.mailbox.AppendResult;
import org.moxmail.message.mailbox.FlagEdit;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.Spool;
import org.moxmail.message.mailbox.UidSet;

/** A clock that is set back or forward changes nothing but the dates that are stored. */
final class ClockTest {
    private static final int BACK = -1;
    private static final int FORWARD = 3652;

    private static Delivered deliver(Fixture fixture, String text, String key) throws IOException {
        try (Spool spool = fixture.spool(text)) {
            return done(fixture.account.deliver(
                    spool, new DeliveryRequest(MailboxName.INBOX, "", flags(), DATE, "trace", "", key)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {BACK, FORWARD})
    void uidsAndModSequencesGoOn(int days) throws IOException {
        try (Fixture fixture = new Fixture()) {
            AppendResult before = fixture.append("Inbox", message("before"));
            long validity = fixture.create("one").uidValidity();
            fixture.clock.jump(Duration.ofDays(days));
            AppendResult after = fixture.append("Inbox", large("after"));
            assertEquals(before.uid() + 1, after.uid());
            assertTrue(after.modSeq() > before.modSeq());
            assertTrue(fixture.create("two").uidValidity() > validity);
            fixture.reopen();
            fixture.clock.jump(Duration.ofDays(-2L * days));
            fixture.reopen();
            AppendResult last = fixture.append("Inbox", message("last"));
            assertEquals(after.uid() + 1, last.uid());
            assertEquals(before.uidValidity(), last.uidValidity());
            assertTrue(last.modSeq() > after.modSeq());
            assertEquals("1, 2, 3", fixture.messages("Inbox"));
            assertEquals(large("after"), fixture.content(after.messageId()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {BACK, FORWARD})
    void whatIsRemovedIsToldAndErased(int days) throws IOException {
        try (Fixture fixture = new Fixture()) {
            fixture.append("Inbox", large("one"));
            fixture.append("Inbox", message("two"));
            long since = fixture.info("Inbox").highestModSeq();
            fixture.clock.jump(Duration.ofDays(days));
            fixture.store("Inbox", FlagEdit.Mode.ADD, UidSet.of(2), "\\Seen");
            fixture.expunge("Inbox", UidSet.of(1));
            fixture.awaitErased();
            long inbox = fixture.id("Inbox");
            assertEquals(UidSet.of(1), fixture.account.read(view -> view.expungedSince(inbox, since)));
            assertEquals("2 \\Seen", fixture.messages("Inbox", since));
            assertEquals(-1, fixture.files.size(Fixture.DIRECTORY.resolve("accounts/ada/msg/0/1")));
        }
    }

    /** Who didn't hear the answer before the clock was set comes again after it. */
    @ParameterizedTest
    @ValueSource(ints = {BACK, FORWARD})
    void aDeliveryIsKnownByItsKeyAcrossTheJump(int days) throws IOException {
        try (Fixture fixture = new Fixture(Fixture.limits().withDeliveryKeys(100))) {
            deliver(fixture, message("first"), "key-1");
            fixture.clock.jump(Duration.ofDays(days));
            deliver(fixture, message("second"), "key-2");
            assertTrue(deliver(fixture, message("first"), "key-1").repeated());
            fixture.clock.jump(Duration.ofDays(-days));
            assertTrue(deliver(fixture, message("second"), "key-2").repeated());
            assertEquals("1, 2", fixture.messages("Inbox"));
        }
    }

    /** Keys that bear a date of the future go by their number. */
    @ParameterizedTest
    @ValueSource(ints = {BACK, FORWARD})
    void keysAreForgottenInTheEnd(int days) throws IOException {
        try (Fixture fixture = new Fixture()) {
            deliver(fixture, message("early"), "early");
            fixture.clock.jump(Duration.ofDays(days));
            deliver(fixture, message("meanwhile"), "meanwhile");
            fixture.clock.jump(Duration.ofDays(-days));
            for (int i = 0; i < 20; i++) {
                deliver(fixture, message("m"), "key-" + i);
            }
            assertFalse(deliver(fixture, message("early"), "early").repeated());
            assertFalse(deliver(fixture, message("meanwhile"), "meanwhile").repeated());
            long keys = fixture.account.read(view -> {
                long[] count = new long[1];
                view.tables().each(Tables.DELIVERIES, Key.EMPTY, row -> ++count[0] > 0);
                return count[0];
            });
            assertEquals(10, keys);
        }
    }

    /** Replies by subject go by the messages' dates, not by when they came. */
    @Test
    void threadsGoByDatesOfMessages() throws IOException {
        try (Fixture fixture = new Fixture()) {
            AppendResult question = fixture.append("Inbox", "Subject: lunch\r\n\r\nx\r\n");
            fixture.clock.jump(Duration.ofDays(FORWARD));
            AppendResult answer = fixture.append("Inbox", "Subject: Re: lunch\r\n\r\ny\r\n");
            assertEquals(
                    question.messageId(),
                    fixture.account
                            .read(view -> view.message(answer.messageId()).orElseThrow())
                            .details()
                            .threadId());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {BACK, FORWARD})
    void anIdleAccountIsClosedAfterItsTimeAndNoSooner(int days) throws Exception {
        try (Fixture fixture = new Fixture()) {
            WatchedEngine engine = new WatchedEngine(fixture.options.engine());
            try (Store store = Store.open(Path.of("/other"), fixture.options.withEngine(engine))) {
                store.account("a").close();
                fixture.timing.awaitWaiters(1);
                fixture.clock.jump(Duration.ofDays(days));
                fixture.timing.advance(fixture.options.limits().idle().dividedBy(2));
                assertEquals(0, engine.closed.get());
                fixture.timing.advance(fixture.options.limits().idle());
                engine.closing.await();
                assertEquals(List.of("a"), store.accounts());
            }
        }
    }
}
