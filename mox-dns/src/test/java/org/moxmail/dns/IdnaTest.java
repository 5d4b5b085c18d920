package org.moxmail.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conformance to UTS 46 by Unicode's test file (version 15.0, Unicode licence; format in its head), one half of its rows. */
class IdnaTest {
    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9A-Fa-f]{4})|\\\\x\\{([0-9A-Fa-f]+)\\}");

    private record Row(int line, String source, String unicode, String ascii, boolean valid) {}

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        try (InputStream in = IdnaTest.class.getResourceAsStream("IdnaTestV2.txt")) {
            assertNotNull(in);
            String[] lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n");
            for (int i = 0; i < lines.length; i++) {
                int comment = lines[i].indexOf('#');
                String line = comment < 0 ? lines[i] : lines[i].substring(0, comment);
                if (line.isBlank()) {
                    continue;
                }
                String[] columns = line.split(";", -1);
                String written = unescape(columns[0].strip());
                String source = written;
                String unicode = columns[1].isBlank() ? written : unescape(columns[1].strip());
                String ascii = columns[3].isBlank() ? unicode : unescape(columns[3].strip());
                String status = columns[4].isBlank() ? columns[2].strip() : columns[4].strip();
                boolean valid = status.isEmpty() || status.equals("[]");
                if (valid && ascii.endsWith(".")) {
                    // Absolute names are valid in UTS 46, but our names never have the dot of the root.
                    assertThrows(SyntaxException.class, () -> DnsName.parse(written), written);
                    source = written.substring(0, written.length() - 1);
                    unicode = unicode.substring(0, unicode.length() - 1);
                    ascii = ascii.substring(0, ascii.length() - 1);
                }
                rows.add(new Row(i + 1, source, unicode, ascii, valid));
            }
        }
        return rows;
    }

    private static String unescape(String text) {
        return ESCAPE.matcher(text).replaceAll((MatchResult match) -> {
            String hex = match.group(1) != null ? match.group(1) : match.group(2);
            return Matcher.quoteReplacement(new String(Character.toChars(Integer.parseInt(hex, 16))));
        });
    }

    @Test
    void unicodesTestFileIsPassed() throws IOException {
        List<Row> rows = rows();
        assertTrue(rows.size() > 3000, "rows: " + rows.size());
        List<String> wrong = new ArrayList<>();
        for (Row row : rows) {
            String expected = row.valid ? row.ascii + " " + row.unicode : "refused";
            String actual;
            try {
                Idna.Result result = Idna.toNames(row.source);
                actual = result.ascii() + " " + result.unicode();
            } catch (SyntaxException e) {
                actual = "refused";
            }
            if (!actual.equals(expected)) {
                wrong.add("line " + row.line + ": " + row.source + " -> " + actual + ", not " + expected);
            }
        }
        assertEquals(List.of(), wrong);
    }

    // RFC 3492 §7.1
    @ParameterizedTest
    @CsvSource({
        "egbpdaj6bu4bxfgehfvwxn, \u0644\u064A\u0647\u0645\u0627\u0628\u062A\u0643\u0644\u0645\u0648\u0634\u0639\u0631\u0628\u064A\u061F",
        "ihqwcrb4cv8a8dqg056pqjye, 他们为什么不说中文",
        "ihqwctvzc91f659drss3x8bo0yb, 他們爲什麽不說中文",
        "Proprostnemluvesky-uyb24dma41a, Pro\u010Dprost\u011Bnemluv\u00ED\u010Desky",
        "4dbcagdahymbxekheh6e0a7fei0b, \u05DC\u05DE\u05D4\u05D4\u05DD\u05E4\u05E9\u05D5\u05D8\u05DC\u05D0\u05DE\u05D3\u05D1\u05E8\u05D9\u05DD\u05E2\u05D1\u05E8\u05D9\u05EA",
        "n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa, なぜみんな日本語を話してくれないのか",
        "b1abfaaepdrnnbgefbadotcwatmq2g4l, почемужеонинеговорятпорусски",
        "PorqunopuedensimplementehablarenEspaol-fmd56a, Porqu\u00E9nopuedensimplementehablarenEspa\u00F1ol",
        "TisaohkhngthchnitingVit-kjcr8268qyxafd2f1b9g, T\u1EA1isaoh\u1ECDkh\u00F4ngth\u1EC3ch\u1EC9n\u00F3iti\u1EBFngVi\u1EC7t",
        "3B-ww4c5e180e575a65lsy2b, 3年B組金八先生",
        "-with-SUPER-MONKEYS-pc58ag80a8qai00g7n9n, 安室奈美恵-with-SUPER-MONKEYS",
        "MajiKoi5-783gue6qz075azm5e, MajiでKoiする5秒前",
        "'-> $1.00 <--', -> $1.00 <-",
    })
    void rfc3492SamplesGoBothWays(String encoded, String text) {
        assertEquals(encoded, Punycode.encode(text));
        assertEquals(Optional.of(text), Punycode.decode(encoded));
    }

    @ParameterizedTest
    @CsvSource({"a-é, not basic", "99999999, overflow", "ü, no digit", "a-b_, no digit", "kva9, ends inside a number"})
    void whatIsNoPunycodeIsRefused(String encoded, String why) {
        assertEquals(Optional.empty(), Punycode.decode(encoded), why);
    }
}
