package org.moxmail.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageParserTest {
    private record Parsed(byte[] octets, Part part, Set<Defect> defects) {
        String header(Part of) {
            return cut(of.headerOffset(), of.bodyOffset());
        }

        String body(Part of) {
            return cut(of.bodyOffset(), of.endOffset());
        }

        private String cut(long from, long to) {
            return new String(octets, (int) from, (int) (to - from), StandardCharsets.ISO_8859_1);
        }
    }

    private static Parsed parse(String text) {
        return parse(text, MessageLimits.DEFAULT);
    }

    private static Parsed parse(String text, MessageLimits limits) {
        byte[] octets = text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        MessageParser parser = new MessageParser(limits);
        parser.feed(octets, 0, octets.length);
        return new Parsed(octets, parser.finish(), parser.defects());
    }

    /** A multipart with boundary b. */
    private static Parsed multipart(String body) {
        return parse("Content-Type: multipart/mixed; boundary=b\n\n" + body);
    }

    @Test
    void aMessageIsHeaderEmptyLineAndBody() {
        Parsed parsed = parse("From: a@b.example\nSubject: x\n\nhello\nworld\n");
        Part part = parsed.part();
        assertEquals("From: a@b.example\r\nSubject: x\r\n\r\n", parsed.header(part));
        assertEquals("hello\r\nworld\r\n", parsed.body(part));
        assertEquals(3, part.headerLines());
        assertEquals(2, part.bodyLines());
        assertEquals("text/plain", part.type() + '/' + part.subtype());
        assertNull(part.encoding());
        assertEquals(Set.of(), parsed.defects());
        Envelope envelope = Objects.requireNonNull(part.envelope());
        assertEquals("x", envelope.subject());
        assertEquals(envelope.from(), envelope.sender());
        assertEquals(envelope.from(), envelope.replyTo());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "A", "A: b", "A: b\n", "no colon at all\n", "-", "--", "--b\n", " \n", "\n\n\n"})
    void anythingIsAMessage(String text) {
        Parsed parsed = parse(text);
        Part part = parsed.part();
        assertEquals(0, part.headerOffset());
        assertEquals(parsed.octets().length, part.endOffset());
        assertTrue(part.bodyOffset() <= part.endOffset());
    }

    @Test
    void theLineEndBeforeADelimiterBelongsToIt() {
        // RFC 2046 §5.1.1, with preamble and epilogue.
        Parsed parsed = multipart("preamble\n--b\n\none\n--b\nA: b\n\ntwo\n\n--b--\nepilogue\n--b\n\nthree\n");
        assertEquals(2, parsed.part().parts().size());
        assertEquals("one", parsed.body(parsed.part().parts().get(0)));
        assertEquals(0, parsed.part().parts().get(0).bodyLines());
        assertEquals("two\r\n", parsed.body(parsed.part().parts().get(1)));
        assertEquals(1, parsed.part().parts().get(1).bodyLines());
        assertEquals(Set.of(), parsed.defects());
    }

    @ParameterizedTest(name = "{0} is a delimiter: {1}")
    @CsvSource({
        "--b, true",
        "'--b ', true",
        "'--b\t', true",
        "--b--, true",
        "--b--junk, true",
        "'--b junk', true",
        "--bb, false",
        "--b-, false",
        "--b-b, false",
        "-b, false",
        "---b, false",
        "' --b', false",
        "x--b, false",
        "--B, false",
        "--, false"
    })
    void aDelimiterIsTheBoundaryAndAnEndBlankOrTwoHyphens(String line, boolean delimiter) {
        Parsed parsed = multipart("--b\n\nx\n" + line + "\n\ny\n--b--\n");
        boolean closing = line.startsWith("--b--");
        assertEquals(delimiter && !closing ? 2 : 1, parsed.part().parts().size());
        assertEquals(
                delimiter ? "x" : "x\r\n" + line + "\r\n\r\ny",
                parsed.body(parsed.part().parts().get(0)));
    }

    @Test
    void aDelimiterOfAnOuterMultipartEndsTheInnerOnes() {
        Parsed parsed =
                multipart("--b\nContent-Type: multipart/alternative; boundary=c\n\n--c\n\none\n--b\n\ntwo\n--b--\n");
        Part inner = parsed.part().parts().get(0);
        assertEquals("one", parsed.body(inner.parts().get(0)));
        assertEquals("--c\r\n\r\none", parsed.body(inner));
        assertEquals("two", parsed.body(parsed.part().parts().get(1)));
        assertEquals(Set.of(Defect.MISSING_FINAL_BOUNDARY), parsed.defects());
    }

    @Test
    void ofTwoBoundariesTheLongerOneThatFitsIsMeant() {
        Parsed parsed = parse("""
                Content-Type: multipart/mixed; boundary="a"

                --a
                Content-Type: multipart/mixed; boundary="a b"

                --a b

                x
                --a b--

                --a--
                """);
        assertEquals(1, parsed.part().parts().size());
        assertEquals(1, parsed.part().parts().get(0).parts().size());
    }

    @Test
    void aMissingFinalBoundaryIsToldAndTheRestBelongsToTheLastPart() {
        Parsed parsed = multipart("--b\n\none\n--b\n\ntwo\n");
        assertEquals("two\r\n", parsed.body(parsed.part().parts().get(1)));
        assertEquals(Set.of(Defect.MISSING_FINAL_BOUNDARY), parsed.defects());
    }

    @Test
    void aMultipartWithoutItsDelimiterHasNoParts() {
        Parsed parsed = multipart("nothing here\n");
        assertEquals(0, parsed.part().parts().size());
        assertTrue(parsed.defects().contains(Defect.NO_PARTS));
    }

    @Test
    void aMultipartWithoutBoundaryIsLeftUnopened() {
        Parsed parsed = parse("Content-Type: multipart/mixed\n\n--b\n\nx\n--b--\n");
        assertEquals("multipart", parsed.part().type());
        assertEquals(0, parsed.part().parts().size());
        assertEquals(Set.of(Defect.MISSING_BOUNDARY), parsed.defects());
    }

    @Test
    void aDelimiterEndsAHeader() {
        Parsed parsed = multipart("--b\nContent-Type: image/png\n--b\nA: b\n\n--b\n--b--\n");
        Part first = parsed.part().parts().get(0);
        assertEquals("image", first.type());
        assertEquals("Content-Type: image/png", parsed.header(first));
        assertEquals(0, first.bodySize());
        // By the grammar an empty line right before a delimiter is the delimiter's.
        assertEquals("A: b\r\n", parsed.header(parsed.part().parts().get(1)));
        assertEquals(1, parsed.part().parts().get(1).headerLines());
        assertEquals("", parsed.header(parsed.part().parts().get(2)));
        assertTrue(parsed.defects().contains(Defect.HEADER_WITHOUT_END));
    }

    @Test
    void embeddedMessagesAreParsedInPlace() {
        Parsed parsed = multipart(
                "--b\nContent-Type: message/rfc822\n\nSubject: inner\nContent-Type: text/html\n\nhi\n--b--\n");
        Part part = parsed.part().parts().get(0);
        assertNull(part.envelope());
        Part message = Objects.requireNonNull(part.message());
        assertEquals(part.bodyOffset(), message.headerOffset());
        assertEquals(part.endOffset(), message.endOffset());
        assertEquals("hi", parsed.body(message));
        assertEquals("html", message.subtype());
        assertEquals("inner", Objects.requireNonNull(message.envelope()).subject());
        assertEquals(3, part.bodyLines());
    }

    @ParameterizedTest
    @CsvSource({
        "7bit, true",
        "8BIT, true",
        "binary, true",
        "base64, false",
        "quoted-printable, false",
        "x-unknown, false"
    })
    void encodedEmbeddedMessagesStayLeaves(String encoding, boolean opened) {
        Parsed parsed =
                parse("Content-Type: message/global\nContent-Transfer-Encoding: " + encoding + "\n\nA: b\n\nx\n");
        assertEquals(opened, parsed.part().message() != null);
        assertEquals(!opened, parsed.defects().contains(Defect.ENCODED_COMPOSITE));
    }

    @Test
    void partsOfADigestAreMessagesUnlessTheySayOtherwise() {
        // RFC 2046 §5.1.5.
        Parsed parsed = parse("""
                Content-Type: multipart/digest; boundary=b

                --b

                Subject: one

                x
                --b
                Content-Type: text/plain

                y
                --b--
                """);
        Part first = parsed.part().parts().get(0);
        assertEquals("rfc822", first.subtype());
        assertEquals(
                "one",
                Objects.requireNonNull(Objects.requireNonNull(first.message()).envelope())
                        .subject());
        assertEquals("text", parsed.part().parts().get(1).type());
    }

    @Test
    void bareLineFeedsEndLinesToo() {
        byte[] octets = "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b--\n"
                .getBytes(StandardCharsets.ISO_8859_1);
        MessageParser parser = new MessageParser(MessageLimits.DEFAULT);
        parser.feed(octets, 0, octets.length);
        Part part = parser.finish();
        assertEquals("x", Objects.requireNonNull(part.envelope()).subject());
        assertEquals(3, part.parts().get(0).bodySize());
        assertEquals(Set.of(Defect.BARE_LF), parser.defects());
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "TEXT/HTML; Charset=UTF-8 | text/html",
                "text | text/plain",
                "text/ | text/plain",
                "/plain | text/plain",
                "'' | text/plain",
                ";charset=utf-8 | text/plain",
                "a b/c | text/plain",
                "(comment) text (x) / (y) html (z) | text/html",
                "application/pdf; name=\"unfinished | application/pdf",
            })
    void contentTypesThatCantBeReadCountAsPlainText(String value, String type) {
        // RFC 2045 §5.2.
        Part part = parse("Content-Type: " + value + "\n\nx\n").part();
        assertEquals(type, part.type() + '/' + part.subtype());
    }

    @Test
    void fieldsOfAnEntityAreKept() {
        Part part = parse("""
                Content-Type: text/plain; charset=utf-8; format=flowed
                Content-ID: <x@y>
                Content-Description: some
                 thing
                Content-Transfer-Encoding: Quoted-Printable (really)
                Content-MD5: abc
                Content-Disposition: Attachment; filename*0*=utf-8''%e2%82%ac; filename*1=".txt"
                Content-Language: de, en-GB
                Content-Location: http://x/

                """).part();
        assertEquals("flowed", part.parameter("format").orElse(""));
        assertEquals("<x@y>", part.contentId());
        assertEquals("some thing", part.description());
        assertEquals("quoted-printable", part.encoding());
        assertEquals("abc", part.md5());
        assertEquals("attachment", part.disposition());
        assertEquals("€.txt", part.filename().orElse(""));
        assertEquals(java.util.List.of("de", "en-GB"), part.languages());
        assertEquals("http://x/", part.location());
    }

    @Test
    void theFirstOfRepeatedFieldsCounts() {
        Parsed parsed = parse("Subject: one\nSubject: two\nTo: a@b.example\nTo: c@d.example\n\n");
        Envelope envelope = Objects.requireNonNull(parsed.part().envelope());
        assertEquals("one", envelope.subject());
        // All addresses count, as mail programs show them.
        assertEquals(2, envelope.to().size());
        assertTrue(parsed.defects().contains(Defect.REPEATED_FIELD));
    }

    @Test
    void octetsThatArentUtf8AreKept() {
        Parsed parsed = parse("Subject: J\u00fcrgen\n\n");
        String subject = Objects.requireNonNull(
                Objects.requireNonNull(parsed.part().envelope()).subject());
        assertEquals("J\udcfcrgen", subject);
        assertEquals(Set.of(Defect.HEADER_NOT_UTF8), parsed.defects());
    }

    @Test
    void deliveryReportsAreRecognised() {
        Parsed parsed = parse("""
                Content-Type: multipart/report; boundary=b; report-type=delivery-status

                --b

                x
                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; x
                --b--
                """);
        assertTrue(parsed.part().isDeliveryReport());
        assertFalse(multipart("--b\n\nx\n--b\n\ny\n--b--\n").part().isDeliveryReport());
    }

    @Test
    void aPrefixMovesAllButTheStartOfTheHeader() {
        Parsed plain = multipart("--b\nContent-Type: message/rfc822\n\nA: b\n\nx\n--b--\n");
        String prefix = "Received: by x\r\n\tfor y\r\n";
        byte[] octets = (prefix + new String(plain.octets(), StandardCharsets.ISO_8859_1))
                .getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(MessageParser.parse(octets), plain.part().withPrefix(prefix.length(), 2));
        assertEquals(plain.part(), plain.part().shifted(100).shifted(-100));
    }

    @Test
    void aParserIsForOneMessage() {
        MessageParser parser = new MessageParser(MessageLimits.DEFAULT);
        assertNotNull(parser.finish());
        assertThrows(IllegalStateException.class, parser::finish);
        assertThrows(IllegalStateException.class, () -> parser.feed(new byte[1], 0, 1));
    }
}
