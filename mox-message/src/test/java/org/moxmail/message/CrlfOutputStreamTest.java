package org.moxmail.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.moxmail.message.testing.Mutations;

final class CrlfOutputStreamTest {
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "a:b, a:b, false, false, false",
        "a:bN, a:bRN, false, false, true",
        "a:bRN, a:bRN, false, false, false",
        "a:bRNRN, a:bRNRN, true, false, false",
        "a:bNN, a:bRNRN, true, false, true",
        "RNx, RNx, true, false, false",
        "N, RN, true, false, true",
        "aRb, aRb, false, true, false",
        "aRRN, aRRN, false, true, false",
        "aR, aR, false, true, false",
        "aRNRxRN, aRNRxRN, false, true, false",
    })
    void lineEndsBecomeCrlf(String in, String out, boolean separator, boolean bareCr, boolean bareLf)
            throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (CrlfOutputStream crlf = new CrlfOutputStream(octets)) {
            crlf.write(unescape(in).getBytes(StandardCharsets.ISO_8859_1));
            assertEquals(unescape(out), octets.toString(StandardCharsets.ISO_8859_1));
            assertEquals(octets.size(), crlf.size());
            assertEquals(separator, crlf.separatorSeen());
            assertEquals(bareCr, crlf.bareCr());
            assertEquals(bareLf, crlf.bareLf());
            assertEquals(false, crlf.eightBit());
        }
    }

    private static String unescape(String text) {
        return text.replace('R', '\r').replace('N', '\n');
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("\r", "\n", "\r\n", "a", "\u00e9")
                .list()
                .ofMaxSize(12)
                .map(list -> String.join("", list));
    }

    @Property(tries = 2000)
    void howItIsCutMakesNoDifference(@ForAll("texts") String text, @ForAll long seed) throws IOException {
        RandomGenerator random = Mutations.random(seed);
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CrlfOutputStream crlf = new CrlfOutputStream(out)) {
            int at = 0;
            while (at < octets.length) {
                int length = Math.min(octets.length - at, random.nextInt(4));
                crlf.write(octets, at, length);
                at += length;
                if (at < octets.length && random.nextBoolean()) {
                    crlf.write(octets[at++]);
                }
            }
            String expected = text.replaceAll("(?<!\r)\n", "\r\n");
            assertEquals(expected, out.toString(StandardCharsets.ISO_8859_1));
            assertEquals(
                    List.of(
                            (long) expected.length(),
                            expected.startsWith("\r\n") || expected.contains("\r\n\r\n"),
                            expected.replace("\r\n", "").contains("\r"),
                            !expected.equals(text),
                            text.contains("\u00e9")),
                    List.of(crlf.size(), crlf.separatorSeen(), crlf.bareCr(), crlf.bareLf(), crlf.eightBit()));
        }
    }
}
