package org.moxmail.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.moxmail.message.testing.Mutations;

/** Limits reached exactly and by one more, messages made to be costly, and messages cut and mutilated anyhow. */
final class MessageParserLimitsTest {
    private static MessageLimits limits(int depth, int parts, int header, long headers, int boundary, int items) {
        return new MessageLimits(depth, parts, header, headers, boundary, items);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static MessageParser feed(MessageLimits limits, byte[]... pieces) {
        MessageParser parser = new MessageParser(limits);
        for (byte[] piece : pieces) {
            parser.feed(piece, 0, piece.length);
        }
        return parser;
    }

    private static int depth(Part part) {
        int deepest = 0;
        for (Part inner : part.parts()) {
            deepest = Math.max(deepest, 1 + depth(inner));
        }
        Part message = part.message();
        return message == null ? deepest : Math.max(deepest, 1 + depth(message));
    }

    private static int count(Part part) {
        int count = 1;
        for (Part inner : part.parts()) {
            count += count(inner);
        }
        Part message = part.message();
        return message == null ? count : count + count(message);
    }

    private static byte[] nested(int levels) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < levels; i++) {
            text.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\r\n\r\n--b")
                    .append(i)
                    .append("\r\n");
        }
        return ascii(text.append("\r\nx\r\n").toString());
    }

    @Test
    void depthIsLimited() {
        MessageLimits limits = limits(3, 100, 1000, 100_000, 70, 100);
        MessageParser exact = feed(limits, nested(3));
        assertEquals(3, depth(exact.finish()));
        assertTrue(!exact.defects().contains(Defect.TOO_DEEP));
        MessageParser more = feed(limits, nested(4));
        assertEquals(3, depth(more.finish()));
        assertTrue(more.defects().contains(Defect.TOO_DEEP));
        MessageParser messages = feed(limits, ascii("Content-Type: message/rfc822\r\n\r\n".repeat(5)));
        assertEquals(3, depth(messages.finish()));
        assertTrue(messages.defects().contains(Defect.TOO_DEEP));
    }

    @Test
    void partsAreLimitedAndTheRestIsPassedOver() {
        byte[] octets =
                ascii("Content-Type: multipart/mixed; boundary=b\r\n\r\n" + "--b\r\n\r\nx\r\n".repeat(5) + "--b--\r\n");
        MessageParser exact = feed(limits(9, 6, 1000, 100_000, 70, 100), octets);
        assertEquals(6, count(exact.finish()));
        assertEquals(Set.of(), exact.defects());
        MessageParser more = feed(limits(9, 5, 1000, 100_000, 70, 100), octets);
        Part part = more.finish();
        assertEquals(5, count(part));
        assertEquals(1, part.parts().get(3).bodySize());
        assertEquals(Set.of(Defect.TOO_MANY_PARTS), more.defects());
    }

    @Test
    void headersAreLimited() {
        byte[] octets = ascii("Subject: x\r\nTo: a@b.example\r\n\r\nbody");
        MessageParser exact = feed(limits(9, 9, 31, 31, 70, 100), octets);
        assertEquals(1, envelope(exact.finish()).to().size());
        assertEquals(Set.of(), exact.defects());
        for (MessageLimits less : new MessageLimits[] {limits(9, 9, 12, 100, 70, 9), limits(9, 9, 100, 12, 70, 9)}) {
            MessageParser more = feed(less, octets);
            Part part = more.finish();
            assertEquals("x", envelope(part).subject());
            assertEquals(0, envelope(part).to().size());
            assertEquals(4, part.bodySize());
            assertEquals(3, part.headerLines());
            assertTrue(more.defects().contains(Defect.HEADER_TOO_LARGE));
        }
    }

    private static Envelope envelope(Part part) {
        return Objects.requireNonNull(part.envelope());
    }

    @Test
    void boundariesAreLimited() {
        String boundary = "b".repeat(70);
        byte[] octets = ascii(
                "Content-Type: multipart/mixed; boundary=" + boundary + "\r\n\r\n--" + boundary + "\r\n\r\nx\r\n");
        assertEquals(
                1,
                feed(limits(9, 9, 1000, 1000, 70, 9), octets).finish().parts().size());
        MessageParser less = feed(limits(9, 9, 1000, 1000, 69, 9), octets);
        assertEquals(0, less.finish().parts().size());
        assertEquals(Set.of(Defect.MISSING_BOUNDARY), less.defects());
    }

    @Test
    void itemsAreLimited() {
        byte[] octets =
                ascii("To: a@x.example, b@x.example, c@x.example\r\nContent-Type: text/plain; a=b; c=d\r\n\r\n");
        MessageParser exact = feed(limits(9, 9, 1000, 1000, 70, 5), octets);
        assertEquals(2, exact.finish().parameters().size());
        assertEquals(Set.of(), exact.defects());
        MessageParser less = feed(limits(9, 9, 1000, 1000, 70, 4), octets);
        Part part = less.finish();
        assertEquals(3, envelope(part).to().size());
        assertEquals(1, part.parameters().size());
        assertEquals(Set.of(Defect.TOO_MANY_ITEMS), less.defects());
    }

    // Messages made to be costly. Time that grows faster than the message would make these take minutes.

    @Test
    void tenThousandMultipartsInOneAnotherAreEndured() {
        MessageParser parser = feed(MessageLimits.DEFAULT, nested(10_000));
        assertEquals(MessageLimits.DEFAULT.depth(), depth(parser.finish()));
    }

    @Test
    void aMillionDelimitersAreEndured() {
        byte[] piece = ascii("--b\r\n".repeat(10_000));
        MessageParser parser = feed(MessageLimits.DEFAULT, ascii("Content-Type: multipart/mixed; boundary=b\r\n\r\n"));
        for (int i = 0; i < 100; i++) {
            parser.feed(piece, 0, piece.length);
        }
        assertEquals(MessageLimits.DEFAULT.parts(), count(parser.finish()));
    }

    @Test
    void aHeaderOfAHundredMegabytesIsEndured() {
        for (String line :
                new String[] {"X: y\r\n", "To: a@b,\r\n c@d,\r\n", " \r\n", "x", "Content-Type: a/b;c=d\r\n"}) {
            byte[] piece = ascii(line.repeat(1 << 20).substring(0, 1 << 20));
            MessageParser parser = new MessageParser(MessageLimits.DEFAULT);
            int pieces = line.equals("X: y\r\n") ? 100 : 10;
            for (int i = 0; i < pieces; i++) {
                parser.feed(piece, 0, piece.length);
            }
            assertEquals((long) pieces << 20, parser.finish().endOffset());
            assertTrue(parser.defects().contains(Defect.HEADER_TOO_LARGE));
        }
    }

    @Test
    void aHundredBoundariesThatLookAlikeAndLinesThatNearlyFitAreEndured() {
        StringBuilder text = new StringBuilder();
        String alike = "b".repeat(60);
        for (int i = 100; i < 199; i++) {
            text.append("Content-Type: multipart/mixed; boundary=")
                    .append(alike)
                    .append(i);
            text.append("\r\n\r\n--").append(alike).append(i).append("\r\n");
        }
        byte[] piece = ascii(("--" + alike + "xyz\r\n--\r\n").repeat(10_000));
        MessageParser parser =
                feed(MessageLimits.DEFAULT, ascii(text.append("\r\n").toString()));
        for (int i = 0; i < 20; i++) {
            parser.feed(piece, 0, piece.length);
        }
        assertEquals(99, depth(parser.finish()));
    }

    @Test
    void fieldsMadeToBeCostlyAreEndured() {
        String[] values = {
            "Content-Type: multipart/mixed; " + "a*0=b;".repeat(150_000),
            "Content-Type: " + "(".repeat(900_000),
            "Content-Type: text/plain;" + " ".repeat(900_000),
            "Content-Language: " + "a,".repeat(400_000),
            "Content-Disposition: x" + ";".repeat(900_000),
            "To: " + "(".repeat(900_000),
            "To: " + "<".repeat(900_000),
            "To: " + "a:".repeat(400_000),
            "To: " + "a ".repeat(400_000),
            "To: " + "@,".repeat(400_000),
            "To: <" + "@a,".repeat(300_000),
            "To: " + "\"".repeat(900_001),
            "To: " + ",".repeat(900_000) + "x@y.example",
            "Subject: " + "=?utf-8?q?".repeat(90_000),
            "Content-Transfer-Encoding: " + "[".repeat(900_000),
        };
        for (String value : values) {
            Part part = MessageParser.parse(ascii(value + "\r\n\r\n"));
            assertTrue(part.bodyOffset() > 500_000);
            EncodedWords.decode(Objects.requireNonNullElse(envelope(part).subject(), ""));
        }
    }

    // Pieces.

    private static Part inPieces(byte[] octets, RandomGenerator random, int max) {
        MessageParser parser = new MessageParser(MessageLimits.DEFAULT);
        int at = 0;
        while (at < octets.length) {
            int length = Math.min(octets.length - at, random.nextInt(max) + 1);
            // What is around the piece must not matter.
            byte[] buffer = new byte[length + 3];
            Arrays.fill(buffer, (byte) '\n');
            System.arraycopy(octets, at, buffer, 2, length);
            parser.feed(buffer, 2, length);
            at += length;
        }
        return parser.finish();
    }

    @Test
    void howAMessageIsCutIntoPiecesMakesNoDifference() {
        RandomGenerator random = Mutations.random(1);
        for (String path : Corpus.messages()) {
            byte[] octets = Corpus.octets("mime/" + path);
            Part whole = MessageParser.parse(octets);
            assertEquals(whole, inPieces(octets, random, 1), path);
            assertEquals(whole, inPieces(octets, random, 7), path);
            assertEquals(whole, inPieces(octets, random, 300), path);
        }
    }

    @Property(tries = 2000)
    void everySplitOfADenseMessageGivesTheSame(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int max) {
        RandomGenerator random = Mutations.random(seed);
        String[] tokens = {
            "--b",
            "--b--",
            "--c",
            "--c--",
            "\r\n",
            "\n",
            "\r",
            "-",
            "x",
            " ",
            "\r\n\r\n",
            ":",
            "A: b\r\n",
            "Content-Type: multipart/mixed; boundary=c\r\n\r\n",
            "Content-Type: message/rfc822\r\n\r\n"
        };
        StringBuilder text = new StringBuilder("Content-Type: multipart/mixed; boundary=b\r\n\r\n");
        for (int i = 0; i < 40; i++) {
            text.append(tokens[random.nextInt(tokens.length)]);
        }
        byte[] octets = ascii(text.toString());
        Part whole = MessageParser.parse(octets);
        assertEquals(whole, inPieces(octets, random, max));
        checkRanges(whole, octets);
    }

    /** Entities lie within those around them, in order, and lines are what is counted. */
    private static void checkRanges(Part part, byte[] octets) {
        assertTrue(part.headerOffset() <= part.bodyOffset() && part.bodyOffset() <= part.endOffset(), part::toString);
        assertTrue(part.endOffset() <= octets.length, part::toString);
        assertEquals(lines(octets, part.headerOffset(), part.bodyOffset()), part.headerLines(), part::toString);
        assertEquals(lines(octets, part.bodyOffset(), part.endOffset()), part.bodyLines(), part::toString);
        long at = part.bodyOffset();
        for (Part inner : part.parts()) {
            assertTrue(inner.headerOffset() >= at, part::toString);
            checkRanges(inner, octets);
            at = inner.endOffset();
        }
        Part message = part.message();
        if (message != null) {
            assertEquals(at, message.headerOffset());
            checkRanges(message, octets);
            at = message.endOffset();
        }
        assertTrue(at <= part.endOffset(), part::toString);
    }

    private static long lines(byte[] octets, long from, long to) {
        long lines = 0;
        for (int i = (int) from; i < to; i++) {
            lines += octets[i] == '\n' ? 1 : 0;
        }
        return lines;
    }

    @Test
    void mutilatedMessagesHaveAStructureThatCanBeStoredAndWritten() throws Exception {
        RandomGenerator random = Mutations.random(20260101);
        int round = 0;
        for (String path : Corpus.messages()) {
            byte[] octets = Corpus.octets("mime/" + path);
            if (octets.length > 20_000) {
                continue;
            }
            for (int i = 0; i < 20; i++) {
                byte[] mutilated = Mutations.mutate(octets, random);
                Part part = MessageParser.parse(mutilated);
                checkRanges(part, mutilated);
                assertEquals(part, PartCodec.decode(PartCodec.encode(part)));
                if (round++ % 10 == 0) {
                    assertEquals(part, inPieces(mutilated, random, 50), path);
                    readAll(part, mutilated);
                }
            }
        }
    }

    /** Everything that is made of a message can be made of this one. */
    private static void readAll(Part part, byte[] octets) throws Exception {
        MessageContent content = MessageContent.of(octets);
        assertTrue(Preview.of(content, part).length() <= 2 * Preview.MAX_CHARACTERS);
        HeaderFields.read(content, part).fields().forEach(HeaderField::text);
        for (Part inner : part.parts()) {
            readAll(inner, octets);
        }
        for (Parameter parameter : part.parameters()) {
            HeaderText.encode(parameter.value());
        }
        try (var text = PartBody.text(content, part)) {
            text.transferTo(java.io.Writer.nullWriter());
        }
    }
}
