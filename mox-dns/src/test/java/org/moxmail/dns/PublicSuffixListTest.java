package org.moxmail.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.moxmail.dns.PublicSuffixList.Part;

class PublicSuffixListTest {
    /** The list's own tests (CC0), which take all of the list. */
    @TestFactory
    Stream<DynamicTest> theListsOwnTests() throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(getClass().getResourceAsStream("psl-tests.txt")), StandardCharsets.UTF_8))) {
            List<String> lines = reader.lines()
                    .filter(line -> !line.startsWith("//") && !line.isBlank())
                    .toList();
            assertTrue(lines.size() > 30);
            return lines.stream().map(line -> DynamicTest.dynamicTest(line, () -> check(line.split(" "))));
        }
    }

    private static void check(String[] words) throws Exception {
        if (words[0].startsWith(".")) {
            assertEquals("null", words[1]);
            assertThrows(SyntaxException.class, () -> DnsName.parse(words[0]));
            return;
        }
        assertEquals(
                words[1].equals("null") ? "null" : DnsName.parse(words[1]).ascii(),
                PublicSuffixList.bundled(Part.ALL)
                        .registrableDomain(DnsName.parse(words[0]))
                        .map(DnsName::ascii)
                        .orElse("null"));
    }

    @ParameterizedTest(name = "{0}: suffix {1}, organization {2}")
    @CsvSource({
        "com, com, com",
        "example.com, com, example.com",
        "a.b.example.com, com, example.com",
        "co.uk, co.uk, co.uk",
        "a.example.co.uk, co.uk, example.co.uk",
        "www.ck, ck, www.ck",
        "a.www.ck, ck, www.ck",
        "a.b.ck, b.ck, a.b.ck",
        "b.ck, b.ck, b.ck",
        "x.y.unknown-tld, unknown-tld, y.unknown-tld",
        "localhost, localhost, localhost",
        "a.user.github.io, io, github.io",
        "a.食狮.公司.cn, 公司.cn, 食狮.公司.cn",
        "a.xn--85x722f.xn--55qx5d.cn, 公司.cn, 食狮.公司.cn",
    })
    void mailGoesByIcannsSuffixes(String name, String suffix, String organization) throws Exception {
        PublicSuffixList list = PublicSuffixList.bundled(Part.ICANN);
        assertEquals(DnsName.parse(suffix), list.publicSuffix(DnsName.parse(name)));
        assertEquals(
                organization, list.organizationalDomain(DnsName.parse(name)).unicode());
    }

    @Test
    void namesWithUnderscoresHaveAnOrganization() throws Exception {
        assertEquals(
                "example.com",
                PublicSuffixList.bundled(Part.ICANN)
                        .organizationalDomain(DnsName.forLookup("_dmarc.example.com"))
                        .ascii());
    }

    private static PublicSuffixList read(String text) throws IOException {
        return PublicSuffixList.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), Part.ICANN);
    }

    @Test
    void aListIsReadFromAFile() throws Exception {
        PublicSuffixList list = read(
                "ignored\n// ===BEGIN ICANN DOMAINS===\r\n// comment\n\n one  more words\n*.two\n!ex.two\nb\u00fccher\n"
                        + "bad..rule\n*\n*.*.x\none\n// ===END ICANN DOMAINS===\nalso.ignored\n");
        assertEquals(4, list.size());
        assertEquals(
                "a.one", list.organizationalDomain(DnsName.parse("z.a.one")).ascii());
        assertEquals(
                "ex.two", list.organizationalDomain(DnsName.parse("z.ex.two")).ascii());
        assertEquals(
                "z.a.two", list.organizationalDomain(DnsName.parse("y.z.a.two")).ascii());
        assertFalse(list.registrableDomain(DnsName.parse("xn--bcher-kva")).isPresent());
    }

    @Test
    void aListThatIsCutShortOrHugeIsRefused() {
        assertThrows(IOException.class, () -> read(""));
        assertThrows(IOException.class, () -> read("// ===BEGIN ICANN DOMAINS===\ncom\n"));
        StringBuilder huge = new StringBuilder("// ===BEGIN ICANN DOMAINS===\n");
        for (int i = 0; i <= 200_000; i++) {
            huge.append('a').append(i).append('\n');
        }
        assertThrows(IOException.class, () -> read(huge + "// ===END ICANN DOMAINS===\n"));
    }
}
