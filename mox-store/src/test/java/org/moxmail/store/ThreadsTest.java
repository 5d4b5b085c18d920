package org.moxmail.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.moxmail.store.Fixture.done;
import static org.moxmail.store.Fixture.flags;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.Spool;
import org.moxmail.message.mailbox.UidSet;

/** Which thread a message joins when it is delivered. */
final class ThreadsTest {
    private Fixture fixture;
    private final Map<String, Long> delivered = new LinkedHashMap<>();

    @BeforeEach
    void open() throws IOException {
        fixture = new Fixture();
    }

    @AfterEach
    void close() throws IOException {
        fixture.close();
    }

    private static String field(String name, String value) {
        return value.isEmpty() ? "" : name + ": " + value + "\r\n";
    }

    private static String ids(String names) {
        return names.isEmpty()
                ? ""
                : Stream.of(names.split(" "))
                        .map(id -> "<" + id + "@example.org>")
                        .collect(Collectors.joining(" "));
    }

    private long deliver(String mailbox, String header, Instant received) throws IOException {
        try (Spool spool = fixture.spool(header + "\r\ntext\r\n")) {
            return done(fixture.account.deliver(
                            spool,
                            new DeliveryRequest(MailboxName.of(mailbox), "", flags(), received, "trace", "", null)))
                    .message()
                    .messageId();
        }
    }

    private long thread(long messageId) throws IOException {
        return fixture.account
                .read(view -> view.message(messageId).orElseThrow())
                .details()
                .threadId();
    }

    /**
     * Messages are separated by semicolons; each is a name, the names of what it refers to (behind {@code >}, or behind
     * {@code ^} for In-Reply-To), its subject, and the name of the message whose thread it must be in. A name with a dash in
     * front has no Message-ID, one with a digit behind a dot is another message of the same Message-ID.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "m0 test1 = m0; m1>m0 test1 = m0; m2>m0 other = m2; m3^m0 test1 = m0; -m4 re: test1 = m0; "
                        + "-m5 test1 (fwd) = m0; -m6 [fwd: test1] = m0; -m7 test1 = -m7",
                "c1>c2 c = c1; c2>c1 c = c1; c3>c1 c = c1; c4>c2 c = c1; c5>c4 c = c1; c5.2>c4 c = c1; c6>c5 c = c1; "
                        + "c7>c5+c7 c = c1",
                "d0>d2 d = d0; d1>d0 d = d0; d2>d1 d = d0",
                "e0>e1 e = e0; e1>e2 e = e1; e2>e0 e = e0",
                "f0 f = f0; f1>f0+f2 f = f0; f2>f3 f = f2; f3>f1 f = f0",
                "g0 g = g0; g0.2 g = g0",
                "h0 h = h0; h0.2 h = h0; h1>h0 h = h0",
                "s0>s0 s = s0; s1>s1 re: s = s1",
                "b0 a\0b = b0; b1 a\0b = b1; -b2 re: a\0b = -b2",
                "i0>i1 i = i0; i1 i = i1; i1.2 i = i1; i0.2>i1 i = i0",
                "j0>~ j = j0; -j1>~ re: j = j0",
                "k0 k = k0; k1>k9 re: k = k1",
                "l0 l = l0; l0.2 another = l0",
                // No base subject is one too, but none that threads.
                "n0 re: = n0; -n1 re: = -n1; n2>n0 = n0"
            })
    void aMessageJoinsTheThreadThatItsHeaderLeadsTo(String messages) throws IOException {
        Map<String, String> expected = new LinkedHashMap<>();
        Map<String, String> found = new LinkedHashMap<>();
        for (String each : messages.split("; ")) {
            String name = each.split("[ >^]")[0];
            String wanted = each.substring(each.lastIndexOf("= ") + 2);
            String middle =
                    each.substring(name.length(), each.lastIndexOf("= ")).strip();
            boolean refers = each.charAt(name.length()) != ' ';
            String references = refers ? middle.substring(1).split(" ")[0] : "";
            String subject = refers ? middle.substring(1 + references.length()).strip() : middle;
            String listed = references.equals("~") ? "<>" : ids(references.replace('+', ' '));
            String header = (name.startsWith("-") ? "" : field("Message-ID", ids(name.replaceFirst("\\..*", ""))))
                    + field(middle.startsWith("^") ? "In-Reply-To" : "References", listed)
                    + field("Subject", subject);
            long id = deliver("Inbox", header, Fixture.DATE);
            delivered.put(name, id);
            expected.put(name, wanted);
            found.put(name, name(thread(id)));
        }
        assertEquals(expected, found);
    }

    private String name(long messageId) {
        return delivered.entrySet().stream()
                .filter(entry -> entry.getValue() == messageId)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("nobody");
    }

    /** Only for replies that refer to nothing, within four weeks before and a day behind, in the same mailbox. */
    @ParameterizedTest
    @CsvSource({
        "Inbox, 0, true",
        "Inbox, -1, true",
        "Inbox, -28, true",
        "Inbox, -29, false",
        "Inbox, 1, true",
        "Inbox, 2, false",
        "Archive, 0, false"
    })
    void aReplyJoinsBySubjectWhatCameShortlyBefore(String mailbox, int days, boolean joins) throws IOException {
        long question = deliver(mailbox, "Subject: lunch\r\n", Fixture.DATE.plus(Duration.ofDays(days)));
        long answer = deliver("Inbox", "Subject: Re: Lunch\r\n", Fixture.DATE);
        assertEquals(joins ? question : answer, thread(answer));
    }

    @Test
    void ofManyTheLatestIsAnswered() throws IOException {
        deliver("Inbox", "Subject: lunch\r\n", Fixture.DATE.minus(Duration.ofDays(3)));
        long second = deliver("Inbox", "Subject: lunch\r\n", Fixture.DATE.minus(Duration.ofDays(1)));
        deliver("Inbox", "Subject: lunch\r\n", Fixture.DATE.minus(Duration.ofDays(2)));
        long answer = deliver("Inbox", "Subject: AW: [list] Re: lunch\r\n", Fixture.DATE);
        assertEquals(answer, thread(answer), "AW isn't known to RFC 5256");
        assertEquals(second, thread(deliver("Inbox", "Subject: [list] Re: lunch\r\n", Fixture.DATE)));
    }

    /** Times before 1970 are in order too. */
    @Test
    void dateOfOldMailCompare() throws IOException {
        Instant old = Instant.parse("1969-12-31T12:00:00Z");
        long question = deliver("Inbox", "Subject: moon\r\n", old);
        long answer = deliver("Inbox", "Subject: Re: moon\r\n", old.plus(Duration.ofDays(1)));
        assertEquals(question, thread(answer));
    }

    /** What is expunged links nothing any more, also while somebody may read it still. */
    @Test
    void expungedMessagesLinkNothing() throws IOException {
        String root = "Message-ID: <root@example.org>\r\nSubject: plans\r\n";
        deliver("Inbox", root, Fixture.DATE);
        ChangeCursor cursor = fixture.account.changes();
        try {
            fixture.expunge("Inbox", UidSet.EVERY);
            long again = deliver("Inbox", root, Fixture.DATE);
            assertEquals(again, thread(again));
            long reply = deliver("Inbox", "Subject: Re: plans\r\n", Fixture.DATE);
            assertEquals(again, thread(reply));
            fixture.delete("Archive");
        } finally {
            cursor.close();
        }
    }

    @Test
    void neitherMoveNorCopyChangesTheThread() throws IOException {
        long root = deliver("Inbox", "Message-ID: <root@example.org>\r\nSubject: plans\r\n", Fixture.DATE);
        long inbox = fixture.id("Inbox");
        long archive = fixture.id("Archive");
        fixture.account.write(view -> view.move(inbox, UidSet.of(1), archive));
        fixture.account.write(view -> view.copy(archive, UidSet.of(1), inbox));
        // By the mailbox that it came to first, as well as by its identifier.
        long bySubject = deliver("Inbox", "Subject: Re: plans\r\n", Fixture.DATE);
        long byReference = deliver("Sent", "Subject: Re: plans\r\nReferences: <root@example.org>\r\n", Fixture.DATE);
        assertEquals(root, thread(root));
        assertEquals(root, thread(bySubject));
        assertEquals(root, thread(byReference));
    }

    @Test
    void aDeliveryReportNeedsNoEqualSubject() throws IOException {
        long root = deliver("Inbox", "Message-ID: <root@example.org>\r\nSubject: plans\r\n", Fixture.DATE);
        String header = "Subject: Undelivered\r\nReferences: <root@example.org>\r\nMIME-Version: 1.0\r\n";
        long report = deliver(
                "Inbox",
                header + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n",
                Fixture.DATE);
        long other = deliver("Inbox", header, Fixture.DATE);
        assertEquals(root, thread(report));
        assertEquals(other, thread(other));
    }
}
