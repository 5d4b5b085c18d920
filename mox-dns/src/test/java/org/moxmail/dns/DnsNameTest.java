package org.moxmail.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DnsNameTest {
    private static DnsName name(String text) {
        try {
            return DnsName.parse(text);
        } catch (SyntaxException e) {
            throw new AssertionError(text, e);
        }
    }

    @ParameterizedTest(name = "{0} -> {1} {2}")
    @CsvSource({
        "example.org, example.org, example.org",
        "Mail.EXAMPLE.org, mail.example.org, mail.example.org",
        "localhost, localhost, localhost",
        "3com.example, 3com.example, 3com.example",
        "a-b.example, a-b.example, a-b.example",
        "bücher.example, xn--bcher-kva.example, bücher.example",
        "BÜCHER.example, xn--bcher-kva.example, bücher.example",
        "bu\u0308cher.example, xn--bcher-kva.example, bücher.example",
        "XN--BCHER-KVA.example, xn--bcher-kva.example, bücher.example",
        "faß.de, xn--fa-hia.de, faß.de",
        "ⓔxample。ｏｒｇ, example.org, example.org",
        "𝐞𝐱𝐚𝐦𝐩𝐥𝐞.org, example.org, example.org",
        "exam\u00ADple.org, example.org, example.org",
        "☕.example, xn--53h.example, ☕.example",
        "1.2.3, 1.2.3, 1.2.3",
        "1.2.3.256, 1.2.3.256, 1.2.3.256",
        "1.2.3.4.example, 1.2.3.4.example, 1.2.3.4.example",
    })
    void validNamesHaveBothForms(String text, String ascii, String unicode) {
        DnsName name = name(text);
        assertEquals(ascii, name.ascii());
        assertEquals(unicode, name.unicode());
        assertEquals(unicode, name.toString());
        assertEquals(!ascii.equals(unicode), name.international());
        assertEquals(name(ascii), name);
        assertEquals(name(ascii).hashCode(), name.hashCode());
    }

    @ParameterizedTest(name = "\"{0}\" at {1}: {2}")
    @CsvSource({
        "'', 0, empty",
        "example.org., 11, trailing dot",
        "example。, 8, trailing dot of another script",
        ".example.org, 0, leading dot",
        "a..b, 2, empty label",
        "a.\u00AD.b, 2, label of nothing but what is ignored",
        "a_b.example, 1, underscore",
        "a b.example, 1, space",
        "a@b.example, 1, at sign",
        "-a.example, 0, hyphen in front",
        "x.a-.example, 2, hyphen at the end",
        "x.ab--c.example, 2, hyphens in third and fourth place",
        "192.0.2.1, 0, IPv4 address",
        "１９２.0.2.1, 0, IPv4 address in wide digits",
        "192。0。2。1, 0, IPv4 address with ideographic stops",
        "2001:db8::1, 4, IPv6 address",
        "[192.0.2.1], 0, address literal",
        "x.xn--a.example, 2, no Punycode",
        "x.xn--.example, 2, empty A-label",
        "xn--fass-.de, 0, A-label of ASCII",
        "\u0300a.example, 0, mark in front",
        "x.a\u200Db, 2, joiner without reason",
        "\u05D0a.example, 0, mixed directions",
        "a.0\u05D0.example, 2, one label turns all around",
        "a\uD800.example, 1, lone surrogate",
        "a\uFFFD.example, 1, replacement character",
        "a\u0000.example, 1, NUL",
        "(a).example, 0, parentheses",
        "⒈com.example, 0, number with full stop",
        "a≠b.example, 1, not equal",
    })
    void everythingElseIsRefusedWithItsPlace(String text, int offset, String why) {
        SyntaxException refused = assertThrows(SyntaxException.class, () -> DnsName.parse(text), why);
        assertEquals(offset, refused.offset(), refused::getMessage);
    }

    // RFC 1035 §2.3.4
    @Test
    void labelsHave63OctetsAtMost() {
        String longest = "a".repeat(63);
        assertEquals(longest + ".org", name(longest + ".org").ascii());
        assertThrows(SyntaxException.class, () -> DnsName.parse("a" + longest + ".org"));
        // "xn--" and "-4ga" make eight octets more than the letters.
        assertEquals(63, name("ü" + "a".repeat(55)).ascii().length());
        assertThrows(SyntaxException.class, () -> DnsName.parse("ü" + "a".repeat(56)));
        assertThrows(SyntaxException.class, () -> DnsName.parse("ü".repeat(4000)));
    }

    // RFC 1035 §2.3.4
    @Test
    void namesHave253OctetsAtMost() {
        String label = "a".repeat(63) + ".";
        String longest = label.repeat(3) + "a".repeat(61);
        assertEquals(253, name(longest).ascii().length());
        assertThrows(SyntaxException.class, () -> DnsName.parse(longest + "a"));
        assertEquals(253, name("ü." + "a.".repeat(121) + "abc").ascii().length());
        assertThrows(SyntaxException.class, () -> DnsName.parse("ü." + "a.".repeat(121) + "abcd"));
        assertThrows(SyntaxException.class, () -> DnsName.parse("a.".repeat(100_000) + "a"));
    }

    @Test
    void labelsOfManyCharsOutsideTheBasicPlaneFit() {
        String label = "𐋀".repeat(40);
        DnsName name = name(label);
        assertEquals(label, name.unicode());
        assertEquals(name, name(name.ascii()));
    }

    @ParameterizedTest
    @CsvSource({
        "_dmarc.example.org, _dmarc.example.org",
        "MX_1.Example.org, mx_1.example.org",
        "a_.example, a_.example",
        "example.org, example.org",
        "bücher.example, xn--bcher-kva.example",
    })
    void underscoresAreForHostsFoundInDns(String text, String ascii) throws SyntaxException {
        assertEquals(ascii, DnsName.parseLax(text).ascii());
        assertEquals(
                !ascii.equals(text) && !text.contains("_"),
                DnsName.parseLax(text).international() && !ascii.equals(text));
    }

    @ParameterizedTest
    @CsvSource({
        "_bücher.example",
        "_.xn--bcher-kva.example",
        "xn--bcher_-kva.example",
        "_a..b",
        "_a.",
        "_a b",
        "_a\u3002b",
        "_-a.-b",
        "x\uFF3Fy.example",
        "''",
        "192.0.2.1"
    })
    void underscoresGoWithAsciiNamesOnly(String text) {
        assertThrows(SyntaxException.class, () -> DnsName.parseLax(text));
    }

    @Test
    void labelsAndParentsFollowTheDots() {
        DnsName name = name("a.bücher.example");
        assertEquals(List.of("a", "xn--bcher-kva", "example"), name.labels());
        DnsName parent = name.parent().orElseThrow();
        assertEquals(name("bücher.example"), parent);
        assertEquals("bücher.example", parent.unicode());
        assertEquals(Optional.empty(), name("example").parent());
    }

    @Test
    void belowIsByWholeLabels() {
        DnsName example = name("example.org");
        assertTrue(name("a.example.org").isBelow(example));
        assertTrue(name("a.b.EXAMPLE.org").isBelow(example));
        assertFalse(example.isBelow(example));
        assertTrue(example.isSubdomainOf(example));
        assertTrue(name("a.example.org").isSubdomainOf(example));
        assertFalse(name("badexample.org").isBelow(example));
        assertFalse(name("org").isSubdomainOf(example));
        assertNotEquals(example, name("org"));
    }

    @Provide
    Arbitrary<String> spellings() {
        Arbitrary<String> pieces = Arbitraries.of(
                "a",
                "Z",
                "0",
                "-",
                ".",
                "。",
                "ü",
                "Ü",
                "u\u0308",
                "ß",
                "ς",
                "\u200D",
                "\u200C",
                "\u094D",
                "\u0915",
                "\u05D0",
                "\u0661",
                "xn--",
                "bcher-kva",
                "4db",
                "\u0300",
                "ｅ",
                "𝐞",
                "😀",
                "\uD800",
                "_",
                " ",
                "☕",
                "日本");
        return pieces.list().ofMinSize(1).ofMaxSize(12).map(list -> String.join("", list));
    }

    @Property(tries = 20_000)
    void anyTextIsAValueOrASyntaxException(@ForAll("spellings") String text) {
        try {
            roundTrips(DnsName.parse(text));
            roundTrips(DnsName.parseLax(text));
        } catch (SyntaxException e) {
            assertTrue(e.offset() <= text.length());
        }
    }

    private static void roundTrips(DnsName name) throws SyntaxException {
        DnsName again = DnsName.parse(name.ascii());
        assertEquals(name, again);
        assertEquals(name.unicode(), again.unicode());
        assertEquals(name.unicode(), DnsName.parse(name.unicode()).unicode());
        assertTrue(name.ascii().matches("[a-z0-9.-]{1,253}"));
        for (Optional<DnsName> parent = name.parent();
                parent.isPresent();
                parent = parent.get().parent()) {
            assertTrue(name.isBelow(parent.get()));
        }
    }

    @Test
    void randomTextNeverFailsOtherwise() {
        Random random = new Random(1034);
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "xn--" : "");
            for (int length = random.nextInt(20); length >= 0; length--) {
                switch (random.nextInt(4)) {
                    case 0 -> text.append((char) random.nextInt(0x10000));
                    case 1 -> text.appendCodePoint(random.nextInt(0x110000));
                    default -> text.append("abcdefghijklmnopqrstuvwxyz0123456789-.".charAt(random.nextInt(38)));
                }
            }
            try {
                roundTrips(DnsName.parse(text.toString()));
            } catch (SyntaxException e) {
                assertTrue(e.offset() <= text.length());
            }
        }
    }
}
