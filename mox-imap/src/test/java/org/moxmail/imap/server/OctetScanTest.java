package org.moxmail.imap.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Searching octets finds what searching text finds, or says that the text has to be searched. */
class OctetScanTest {
    @Provide
    Arbitrary<String> texts() {
        // Few characters, so that there are matches; among them those that are folded into ASCII.
        return Arbitraries.strings()
                .withChars("abAB isIS kK.\u0130\u0131\u017f\u212a\u00e9\u20ac")
                .ofMaxLength(60);
    }

    @Provide
    Arbitrary<String> needles() {
        return Arbitraries.strings().withChars("abAsIkK. \u0131\u00e9").ofMaxLength(3);
    }

    @Property(tries = 3000)
    void octetsAreJudgedAsTextIs(@ForAll("texts") String text, @ForAll("needles") String wanted) throws IOException {
        boolean expected = new Needle(wanted).in(text);
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        Needle inArray = new Needle(wanted);
        assertJudged(expected, new OctetScan().scan(octets, List.of(inArray)), inArray);
        Needle inStream = new Needle(wanted);
        assertJudged(expected, new OctetScan().scan(new ByteArrayInputStream(octets), List.of(inStream)), inStream);
    }

    private static void assertJudged(boolean expected, boolean decided, Needle needle) {
        if (needle.found() || decided) {
            assertEquals(expected, needle.found());
        }
    }

    @Test
    void nearlyAllTextIsDecidedWithoutDecodingIt() {
        Needle needle = new Needle("is not here");
        assertTrue(new OctetScan().scan("plain text, this".getBytes(StandardCharsets.US_ASCII), List.of(needle)));
        assertTrue(new OctetScan().scan("gr\u00fc\u00dfe".getBytes(StandardCharsets.UTF_8), List.of(needle)));
        assertFalse(new OctetScan().scan("\u0131".getBytes(StandardCharsets.UTF_8), List.of(needle)));
        assertTrue(new OctetScan().scan("ascii".getBytes(StandardCharsets.US_ASCII), List.of(new Needle("gr\u00fc"))));
    }

    @Test
    void matchesAcrossBlocksAreFound() throws IOException {
        for (int before = 16 * 1024 - 20; before < 16 * 1024 + 20; before++) {
            byte[] octets = ("x".repeat(before) + "NeeDle" + "y".repeat(5)).getBytes(StandardCharsets.US_ASCII);
            Needle needle = new Needle("needle");
            assertTrue(new OctetScan().scan(new ByteArrayInputStream(octets), List.of(needle)));
            assertTrue(needle.found(), "after " + before);
        }
    }

    @Test
    void needlesTooLongForOctetsAreLeftToText() {
        Needle needle = new Needle("n".repeat(Needle.MOST_OCTETS + 1));
        assertFalse(new OctetScan().scan("n".repeat(400).getBytes(StandardCharsets.US_ASCII), List.of(needle)));
    }
}
