package org.moxmail.imap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class FragmenterTest {
    private static final ImapLimits SMALL = new ImapLimits(64, 20, 128, 3, 10, 100);

    private int asked;

    private Fragmenter over(String input) {
        return over(SMALL, input);
    }

    private Fragmenter over(ImapLimits limits, String input) {
        return new Fragmenter(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.ISO_8859_1)), limits, () -> asked++);
    }

    private static Frame.Whole whole(String octets) {
        return new Frame.Whole(latin(octets), false);
    }

    private static Octets latin(String text) {
        return Octets.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Frame.TooBig tooBig(Frame frame) {
        return assertInstanceOf(Frame.TooBig.class, frame);
    }

    @Test
    void linesEndInCrlf() throws IOException {
        Fragmenter fragmenter = over("a NOOP\r\nb NOOP\r\n");
        assertEquals(whole("a NOOP"), fragmenter.read());
        assertEquals(whole("b NOOP"), fragmenter.read());
        assertEquals(new Frame.End(false), fragmenter.read());
    }

    @Test
    void aBareLfEndsALineAndIsTold() throws IOException {
        Fragmenter fragmenter = over("a NOOP\nb NOOP\r\n");
        assertEquals(new Frame.Whole(latin("a NOOP"), true), fragmenter.read());
        assertEquals(whole("b NOOP"), fragmenter.read());
    }

    @Test
    void aBareCrStaysInTheLine() throws IOException {
        assertEquals(whole("a NO\rOP"), over("a NO\rOP\r\n").read());
    }

    @Test
    void theEndWithinACommandIsTold() throws IOException {
        assertEquals(new Frame.End(true), over("a NOOP").read());
        assertEquals(new Frame.End(true), over("a LOGIN {5}\r\nabc").read());
        assertEquals(new Frame.End(false), over("").read());
    }

    @Test
    void aSynchronizingLiteralIsAskedFor() throws IOException {
        Fragmenter fragmenter = over("a LOGIN {3}\r\na\r\n {2}\r\nxy\r\nb NOOP\r\n");
        assertEquals(whole("a LOGIN {3}\r\na\r\n {2}\r\nxy"), fragmenter.read());
        assertEquals(2, asked);
        assertEquals(whole("b NOOP"), fragmenter.read());
    }

    @Test
    void aNonSynchronizingLiteralIsNot() throws IOException {
        assertEquals(
                whole("a LOGIN {3+}\r\nabc x"),
                over("a LOGIN {3+}\r\nabc x\r\n").read());
        assertEquals(0, asked);
    }

    @Test
    void commandsInsideALiteralAreNotRead() throws IOException {
        Fragmenter fragmenter = over("a NONSENSE {8+}\r\nb NOOP\r\n\r\nc NOOP\r\n");
        assertInstanceOf(Frame.Whole.class, fragmenter.read());
        assertEquals(whole("c NOOP"), fragmenter.read());
    }

    @Test
    void aLineAtTheLimitIsRead() throws IOException {
        String line = "a ".concat("x".repeat(60));
        assertEquals(64, line.length() + 2);
        assertEquals(whole(line), over(line + "\r\n").read());
    }

    @Test
    void aLineOneBeyondTheLimitIsDroppedToItsEnd() throws IOException {
        Fragmenter fragmenter = over("a " + "x".repeat(61) + "\r\nb NOOP\r\n");
        Frame.TooBig refused = tooBig(fragmenter.read());
        assertTrue(refused.inStep());
        assertEquals("a", ImapDecoder.tag(refused.octets()).orElseThrow().text());
        assertEquals(whole("b NOOP"), fragmenter.read());
    }

    @Test
    void aLineBeyondWhatMayBeDroppedEndsTheConnection() throws IOException {
        // 64 go to the frame, 100 may be dropped, the line end not counted.
        assertTrue(tooBig(over("x".repeat(164) + "\n").read()).inStep());
        assertFalse(tooBig(over("x".repeat(165) + "\n").read()).inStep());
    }

    @Test
    void aLongLineThatAnnouncesALiteralThatComesAnywayEndsTheConnection() throws IOException {
        assertFalse(tooBig(over("a " + "x".repeat(70) + "{9+}\r\nb NOOP\r\n").read())
                .inStep());
        assertTrue(
                tooBig(over("a " + "x".repeat(70) + "{9}\r\nb NOOP\r\n").read()).inStep());
        // The announcement starts before the limit and ends behind it.
        assertFalse(tooBig(over("a " + "x".repeat(60) + "{9+}\r\n").read()).inStep());
    }

    @Test
    void aLiteralAtTheLimitIsReadAndOneBeyondIsRefused() throws IOException {
        assertInstanceOf(
                Frame.Whole.class,
                over("a X {20}\r\n" + "x".repeat(20) + "\r\n").read());
        Fragmenter fragmenter = over("a X {21}\r\nb NOOP\r\n");
        asked = 0;
        assertTrue(tooBig(fragmenter.read()).inStep());
        assertEquals(0, asked);
        assertEquals(whole("b NOOP"), fragmenter.read());
    }

    @Test
    void aNonSynchronizingLiteralBeyondTheLimitEndsTheConnection() throws IOException {
        assertFalse(tooBig(over("a X {21+}\r\n").read()).inStep());
        assertFalse(tooBig(over("a X {99999999999999999999999+}\r\n").read()).inStep());
    }

    @Test
    void literalsAreCounted() throws IOException {
        String three = "a X {0}\r\n {0}\r\n {0}\r\n";
        assertInstanceOf(Frame.Whole.class, over(three + "\r\n").read());
        assertTrue(tooBig(over(three + " {0}\r\n").read()).inStep());
    }

    @Test
    void allOfACommandIsBounded() throws IOException {
        String literal = " {20}\r\n" + "x".repeat(20);
        String start = "a X" + literal.repeat(3);
        String last = "y".repeat(128 - start.length() - 2);
        assertInstanceOf(Frame.Whole.class, over(start + last + "\r\n").read());
        tooBig(over(start + last + "y\r\n").read());
    }

    // APPEND

    @Test
    void aMessageIsAnnouncedBeforeItsOctetsAreAskedFor() throws IOException {
        Fragmenter fragmenter = over("a APPEND x (\\Seen) {999}\r\n" + "m".repeat(999) + "\r\nb NOOP\r\n");
        Frame.Message message = assertInstanceOf(Frame.Message.class, fragmenter.read());
        assertEquals(latin("a APPEND x (\\Seen) {999}"), message.octets());
        assertEquals(new LiteralHeader(999, true, false, false), message.literal());
        assertEquals(0, asked);
        InputStream octets = fragmenter.literal();
        assertEquals(1, asked);
        assertArrayEquals(latin("m".repeat(999)).array(), octets.readAllBytes());
        assertEquals(whole(""), fragmenter.read());
        assertEquals(whole("b NOOP"), fragmenter.read());
    }

    @Test
    void aMailboxInALiteralIsNoMessage() throws IOException {
        Fragmenter fragmenter = over("a append {3}\r\nx y {4+}\r\nmmmm\r\n");
        Frame.Message message = assertInstanceOf(Frame.Message.class, fragmenter.read());
        assertEquals(latin("a append {3}\r\nx y {4+}"), message.octets());
        assertEquals(1, asked);
        assertEquals(4, fragmenter.literal().readAllBytes().length);
        assertEquals(1, asked);
    }

    @Test
    void literal8AndUtf8AreTold() throws IOException {
        assertEquals(
                new LiteralHeader(4, false, true, false),
                assertInstanceOf(
                                Frame.Message.class,
                                over("a APPEND x ~{4+}\r\n").read())
                        .literal());
        assertEquals(
                new LiteralHeader(4, true, true, true),
                assertInstanceOf(
                                Frame.Message.class,
                                over("a APPEND x utf8 (~{4}\r\n").read())
                        .literal());
    }

    @Test
    void severalMessagesFollowEachOther() throws IOException {
        Fragmenter fragmenter = over("a APPEND x {1}\r\n1 {1}\r\n2\r\n");
        assertInstanceOf(Frame.Message.class, fragmenter.read());
        assertEquals("1", new String(fragmenter.literal().readAllBytes(), StandardCharsets.US_ASCII));
        assertEquals(
                latin(" {1}"),
                assertInstanceOf(Frame.Message.class, fragmenter.read()).octets());
        assertEquals("2", new String(fragmenter.literal().readAllBytes(), StandardCharsets.US_ASCII));
        assertEquals(whole(""), fragmenter.read());
    }

    @Test
    void aRefusedSynchronizingMessageNeverComes() throws IOException {
        Fragmenter fragmenter = over("a APPEND x {2000000000}\r\nb NOOP\r\n");
        assertInstanceOf(Frame.Message.class, fragmenter.read());
        assertTrue(fragmenter.refuse());
        assertEquals(whole("b NOOP"), fragmenter.read());
    }

    @Test
    void aRefusedNonSynchronizingMessageIsDroppedWithTheRestOfItsCommand() throws IOException {
        Fragmenter fragmenter = over("a APPEND x {9+}\r\na NOOP\r\n. {4+}\r\nmmmm {5}\r\nb NOOP\r\n");
        assertInstanceOf(Frame.Message.class, fragmenter.read());
        assertTrue(fragmenter.refuse());
        assertEquals(whole("b NOOP"), fragmenter.read());
    }

    @Test
    void whatIsTooMuchToDropEndsTheConnection() throws IOException {
        Fragmenter fragmenter = over("a APPEND x {101+}\r\n" + "m".repeat(101) + "\r\n");
        assertInstanceOf(Frame.Message.class, fragmenter.read());
        assertFalse(fragmenter.refuse());
        Fragmenter fits = over("a APPEND x {100+}\r\n" + "m".repeat(100) + "\r\nb NOOP\r\n");
        assertInstanceOf(Frame.Message.class, fits.read());
        assertTrue(fits.refuse());
        assertEquals(whole("b NOOP"), fits.read());
    }

    @Test
    void aMessageTakenInPartIsSkipped() throws IOException {
        Fragmenter fragmenter = over("a APPEND x {9+}\r\n123456789 {2+}\r\nab\r\nb NOOP\r\n");
        assertInstanceOf(Frame.Message.class, fragmenter.read());
        assertEquals('1', fragmenter.literal().read());
        assertThrows(IllegalStateException.class, fragmenter::read);
        assertTrue(fragmenter.skip());
        assertEquals(whole("b NOOP"), fragmenter.read());
    }

    @Test
    void aMessageThatEndsEarlyIsAnError() throws IOException {
        Fragmenter fragmenter = over("a APPEND x {9+}\r\n1234");
        assertInstanceOf(Frame.Message.class, fragmenter.read());
        InputStream octets = fragmenter.literal();
        assertThrows(EOFException.class, octets::readAllBytes);
    }

    // Other layers

    @Test
    void whatWasReadAheadCanBeTakenOut() throws IOException {
        Fragmenter fragmenter = over("a STARTTLS\r\nhello");
        assertTrue(fragmenter.await());
        fragmenter.read();
        assertEquals(5, fragmenter.buffered());
        assertArrayEquals(latin("hello").array(), fragmenter.takeBuffered());
        assertEquals(0, fragmenter.buffered());
        assertFalse(fragmenter.await());
    }

    @Test
    void aLineIsReadWithoutLookingForLiterals() throws IOException {
        Fragmenter fragmenter = over("DONE {3}\r\nb NOOP\r\n" + "x".repeat(65) + "\r\n");
        assertEquals(whole("DONE {3}"), fragmenter.readLine());
        assertEquals(whole("b NOOP"), fragmenter.readLine());
        assertTrue(tooBig(fragmenter.readLine()).inStep());
    }

    // Invariance

    @Provide
    Arbitrary<String> streams() {
        Arbitrary<String> pieces = Arbitraries.of(
                "a NOOP",
                "b APPEND x ",
                "c LOGIN ",
                "\r\n",
                "\r\n",
                "\r\n",
                "\n",
                "\r",
                "{3}\r\n",
                "{3+}\r\n",
                "~{2+}\r\n",
                "{21+}\r\n",
                "{21}\r\n",
                "xyz",
                " ",
                "{",
                "}",
                "x".repeat(40),
                "UTF8 (",
                ")",
                "\"",
                "{99+}\r\n");
        return pieces.list().ofMaxSize(30).map(list -> String.join("", list));
    }

    @Property(tries = 4000, edgeCases = EdgeCasesMode.NONE)
    void howTheOctetsComeInDoesNotMatter(@ForAll("streams") String stream, @ForAll("plans") List<Boolean> plan)
            throws IOException {
        byte[] octets = stream.getBytes(StandardCharsets.ISO_8859_1);
        List<String> at1 = frames(octets, 1, plan);
        assertEquals(at1, frames(octets, 8192, plan));
        assertEquals(at1, frames(octets, 5, plan));
    }

    @Provide
    Arbitrary<List<Boolean>> plans() {
        return Arbitraries.of(true, false).list().ofSize(4);
    }

    private static List<String> frames(byte[] octets, int chunk, List<Boolean> plan) throws IOException {
        List<String> seen = new ArrayList<>();
        Fragmenter fragmenter =
                new Fragmenter(new CommandRoundTripTest.Chunks(octets, chunk), SMALL, () -> seen.add("+"));
        for (int messages = 0; ; ) {
            Frame frame = fragmenter.read();
            seen.add(frame.getClass().getSimpleName() + " " + text(frame));
            if (frame instanceof Frame.End || frame instanceof Frame.TooBig big && !big.inStep()) {
                return seen;
            }
            if (frame instanceof Frame.Message) {
                boolean inStep = true;
                if (plan.get(messages++ % plan.size())) {
                    try {
                        fragmenter.literal().readAllBytes();
                    } catch (EOFException e) {
                        seen.add("early end");
                        return seen;
                    }
                } else {
                    inStep = fragmenter.refuse();
                }
                seen.add("in step " + inStep);
                if (!inStep) {
                    return seen;
                }
            }
        }
    }

    private static String text(Frame frame) {
        return switch (frame) {
            case Frame.Whole whole -> whole.octets().text() + whole.bareLf();
            case Frame.Message message -> message.octets().text() + message.literal();
            case Frame.TooBig big -> big.octets().text() + big.what() + big.inStep();
            case Frame.End end -> "" + end.within();
        };
    }
}
