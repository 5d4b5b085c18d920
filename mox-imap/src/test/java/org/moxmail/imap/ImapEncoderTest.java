package org.moxmail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.moxmail.message.MessageContent;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.UidSet;

class ImapEncoderTest {
    private interface Writing {
        void to(ImapEncoder encoder) throws IOException;
    }

    private static String written(Writing writing) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImapEncoder encoder = new ImapEncoder(out);
        writing.to(encoder);
        encoder.flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void statusResponsesHaveCodes() throws IOException {
        assertEquals(
                "a OK [COPYUID 5 1:2,9 4:6] done\r\n* NO [TRYCREATE] no\r\n* OK [PERMANENTFLAGS (\\Seen \\*)] x\r\n* BYE x\r\n",
                written(encoder -> {
                    encoder.tagged(
                            new Tag("a"),
                            ImapResponse.Status.OK,
                            new ResponseCode.CopyUid(5, SequenceSet.of(UidSet.of(1, 2, 9)), SequenceSet.range(4, 6)),
                            "done");
                    encoder.condition(ImapResponse.Status.NO, ResponseCode.Word.TRYCREATE, "no");
                    encoder.condition(
                            ImapResponse.Status.OK, new ResponseCode.PermanentFlags(List.of("\\Seen", "\\*")), "x");
                    encoder.condition(ImapResponse.Status.BYE, null, "x");
                }));
    }

    @Test
    void aTextCannotPassForACodeOrALine() throws IOException {
        assertEquals(
                "* OK  [ALERT] x\r\n",
                written(encoder -> encoder.condition(ImapResponse.Status.OK, null, "[ALERT] x")));
        assertThrows(
                IllegalArgumentException.class,
                () -> written(encoder -> encoder.condition(ImapResponse.Status.OK, null, "a\r\n* BYE")));
    }

    @Test
    void beyondAsciiATextIsToldOnlyAfterUtf8WasEnabled() throws IOException {
        assertEquals("* OK ?\r\n* OK é\r\n", written(encoder -> {
            encoder.condition(ImapResponse.Status.OK, null, "é");
            encoder.encoding(MailboxEncoding.UTF8);
            encoder.condition(ImapResponse.Status.OK, null, "é");
        }));
    }

    @Test
    void mailboxNamesAreWrittenAsTheConnectionHasThem() throws IOException {
        ImapResponse listed = new ImapResponse.Listed(
                new ListEntry(List.of("\\Subscribed"), "/", "é & x", "NIL", List.of("SUBSCRIBED")));
        assertEquals("""
                * LIST (\\Subscribed) "/" "&AOk- &- x" ("CHILDINFO" ("SUBSCRIBED") "OLDNAME" ("NIL"))\r
                * LIST (\\Subscribed) "/" "é & x" ("CHILDINFO" ("SUBSCRIBED") "OLDNAME" ("NIL"))\r
                """, written(encoder -> {
            encoder.write(listed);
            encoder.encoding(MailboxEncoding.UTF8);
            encoder.write(listed);
        }));
        assertEquals(
                "* LIST () \"/\" \"a%b\"\r\n",
                written(encoder -> encoder.write(new ImapResponse.Listed(new ListEntry(List.of(), "a%b")))));
    }

    @Test
    void dataResponses() throws IOException {
        assertEquals("""
                * SEARCH\r
                * SEARCH 2 3 9 (MODSEQ 7)\r
                * ESEARCH (TAG "a") UID MIN 2 COUNT 3 ALL 2:3,9\r
                * STATUS x (MESSAGES 0 UIDNEXT 4392 APPENDLIMIT NIL)\r
                * NAMESPACE (("" "/")) NIL NIL\r
                * ID ("name" "mox" "os" NIL)\r
                * 3 EXISTS\r
                * VANISHED (EARLIER) 1:3\r
                """, written(encoder -> {
            encoder.write(new ImapResponse.Search(UidSet.EMPTY, -1));
            encoder.write(new ImapResponse.Search(UidSet.of(2, 3, 9), 7));
            encoder.write(new ImapResponse.Esearch(
                    new EsearchResult(new Tag("a"), true, 2, -1, 3, SequenceSet.of(UidSet.of(2, 3, 9)), -1)));
            encoder.write(new ImapResponse.MailboxStatus(
                    "x",
                    Map.of(StatusItem.UIDNEXT, 4392L, StatusItem.MESSAGES, 0L, StatusItem.APPENDLIMIT, -1L),
                    null));
            encoder.write(new ImapResponse.Namespace(List.of(new NamespaceEntry("", "/")), List.of(), List.of()));
            encoder.write(new ImapResponse.Id(List.of(new IdField("name", "mox"), new IdField("os", null))));
            encoder.write(new ImapResponse.Exists(3));
            encoder.write(new ImapResponse.Vanished(true, UidSet.range(1, 3)));
        }));
    }

    @Test
    void longListsOfUidsGoOnInAnotherResponse() throws IOException {
        UidSet.Builder uids = new UidSet.Builder();
        for (long uid = 4_000_000_000L; uid < 4_000_003_000L; uid += 3) {
            uids.add(uid, uid + 1);
        }
        String text = written(encoder -> encoder.write(new ImapResponse.Vanished(false, uids.build())));
        long found = 0;
        for (String line : text.split("\r\n")) {
            assertTrue(line.length() <= 4096, "a line of " + line.length());
            ImapResponse response =
                    new ResponseDecoder(ImapLimits.CLIENT).decode(Octets.ofText(line), MailboxEncoding.UTF8);
            found += ((ImapResponse.Vanished) response).uids().size();
        }
        assertEquals(2000, found);
    }

    // FETCH

    @Test
    void aFetchHasItsValuesInOrder() throws IOException {
        MessageContent content = MessageContent.of("0123456789".getBytes(StandardCharsets.US_ASCII));
        FetchItem.Section partial =
                new FetchItem.Section(SectionSpec.headerFields("To", "a b"), new Partial(4, 9), true);
        assertEquals(
                "* 7 FETCH (UID 9 MODSEQ (12) FLAGS (\\Seen $Junk work) RFC822.SIZE 10"
                        + " INTERNALDATE \" 1-Jan-1970 00:00:01 +0000\" SAVEDATE NIL PREVIEW \"p\" EMAILID (M1) THREADID NIL"
                        + " BODY[HEADER.FIELDS (To \"a b\")]<4> {3}\r\n456 BINARY[1.2] ~{2}\r\n\0x BINARY.SIZE[1] 5"
                        + " RFC822.TEXT {1}\r\nz BODY[2] NIL)\r\n",
                written(encoder -> encoder.fetch(7)
                        .uid(9)
                        .modSeq(12)
                        .flags(Flags.of(Flags.SEEN | Flags.JUNK, List.of("work")))
                        .size(10)
                        .internalDate(1500)
                        .saveDate(0)
                        .preview("p")
                        .emailId("M1")
                        .threadId(null)
                        .octets(partial, content, 4, 3)
                        .octets(
                                new FetchItem.Binary(List.of(1, 2), null, true),
                                new ByteArrayInputStream(new byte[] {0, 'x', 'y'}),
                                2,
                                true)
                        .binarySize(List.of(1), 5)
                        .octets(FetchItem.Attribute.RFC822_TEXT, new byte[] {'y', 'z'}, 1, 2)
                        .nil(new FetchItem.Section(SectionSpec.part(2), null, false))
                        .end()));
    }

    @Test
    void aFetchWithoutValuesIsEmpty() throws IOException {
        assertEquals("* 1 FETCH ()\r\n", written(encoder -> encoder.fetch(1).end()));
    }

    @Test
    void aMessageGoesPastTheBufferInOrder() throws IOException {
        byte[] large = "x".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        FetchItem whole = new FetchItem.Section(SectionSpec.MESSAGE, null, true);
        String expected = "* 1 FETCH (BODY[] {100000}\r\n" + "x".repeat(100_000) + " UID 3)\r\n";
        assertEquals(
                expected,
                written(encoder -> encoder.fetch(1)
                        .octets(whole, MessageContent.of(large), 0, large.length)
                        .uid(3)
                        .end()));
        assertEquals(
                expected,
                written(encoder -> encoder.fetch(1)
                        .octets(whole, large, 0, large.length)
                        .uid(3)
                        .end()));
        assertEquals(
                expected,
                written(encoder -> encoder.fetch(1)
                        .octets(whole, new ByteArrayInputStream(large), large.length, false)
                        .uid(3)
                        .end()));
    }

    @Test
    void aStreamWithTooLittleIsAnErrorAndNotPadded() {
        assertThrows(
                EOFException.class,
                () -> written(encoder -> encoder.fetch(1)
                        .octets(
                                new FetchItem.Binary(List.of(1), null, true),
                                new ByteArrayInputStream(new byte[3]),
                                4,
                                false)));
    }

    @Test
    void oneFetchAfterTheOther() throws IOException {
        ImapEncoder encoder = new ImapEncoder(OutputStream.nullOutputStream());
        FetchWriter fetch = encoder.fetch(1);
        assertThrows(IllegalStateException.class, () -> encoder.fetch(2));
        fetch.end();
        assertThrows(IllegalStateException.class, fetch::end);
        assertThrows(IllegalStateException.class, () -> fetch.uid(1));
    }

    @Property
    void internalDatesAreWhatTheCalendarSays(
            @ForAll @LongRange(min = -62_167_219_200_000L, max = 253_402_300_799_999L) long millis) throws IOException {
        DateTimeFormatter format = DateTimeFormatter.ofPattern("ppd-MMM-uuuu HH:mm:ss xxxx", Locale.ENGLISH)
                .withZone(ZoneOffset.UTC);
        String expected = "* 1 FETCH (INTERNALDATE \"" + format.format(Instant.ofEpochMilli(millis)) + "\")\r\n";
        assertEquals(
                expected,
                written(encoder -> encoder.fetch(1).internalDate(millis).end()));
    }

    @Test
    void datesThatCannotBeWrittenAreHeldToFourDigits() throws IOException {
        assertTrue(written(e -> e.fetch(1).internalDate(Long.MAX_VALUE).end()).contains("31-Dec-9999"));
        assertTrue(written(e -> e.fetch(1).internalDate(Long.MIN_VALUE).end()).contains(" 1-Jan-0000"));
    }

    @Property
    void numbersAreWrittenInDigits(@ForAll @LongRange(min = 0) long number) throws IOException {
        assertEquals(
                "* 1 FETCH (RFC822.SIZE " + number + ")\r\n",
                written(e -> e.fetch(1).size(number).end()));
    }
}
