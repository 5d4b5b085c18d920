package org.moxmail.sasl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreparationTest {
    private static String prepared(PasswordPreparation preparation, String password) throws PreparationException {
        return new String(preparation.enforce(password.toCharArray()));
    }

    // RFC 8265 §4.3 table 3, and RFC 8264 §4.3 and appendix A of RFC 5892 for the rest
    @ParameterizedTest
    @CsvSource({
        "correct horse battery staple, correct horse battery staple",
        "Correct Horse Battery Staple, Correct Horse Battery Staple",
        "πßå, πßå",
        "Jack of ♦s, Jack of ♦s",
        "foo\u1680bar, foo bar",
        "foo\u00A0\u3000bar, foo  bar",
        "a\u0300, à",
        "ﬁ, ﬁ",
        "Ⅳ, Ⅳ",
        "ｗide, ｗide",
        "\u0915\u094D\u200D, \u0915\u094D\u200D",
        "\u0628\u200C\u0628, \u0628\u200C\u0628",
        "l\u00B7l, l\u00B7l",
        "\u0375α, \u0375α",
        "\u05D0\u05F3, \u05D0\u05F3",
        "カ\u30FB, カ\u30FB",
        "\u0661\u0662, \u0661\u0662",
        "\u06F1a, \u06F1a",
        "😀, 😀",
    })
    void opaqueStringsOfRfc8265(String password, String expected) throws PreparationException {
        assertEquals(expected, prepared(PasswordPreparation.OPAQUE_STRING, password));
        assertEquals(expected, prepared(PasswordPreparation.OPAQUE_STRING, expected));
    }

    // RFC 8265 §4.3 table 4
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "my cat is a \tby",
                "a\u0000",
                "a\u007F",
                "a\u00ADb",
                "a\u200Db",
                "a\u200Cb",
                "\u00B7",
                "a\u00B7b",
                "\u0375",
                "\u05F3",
                "a\u30FB",
                "\u0661\u06F1",
                "\u0640",
                "\u1100",
                "\uFEFF",
                "\uE000",
                "\uFFFE",
                "\uD83F\uDFFF",
                "\uD800",
                "\u2028",
                "\uFE0F",
                "\u0378"
            })
    void noOpaqueStrings(String password) {
        assertThrows(PreparationException.class, () -> prepared(PasswordPreparation.OPAQUE_STRING, password));
        // For who verifies they are what they are.
        assertEquals(password, new String(PasswordPreparation.OPAQUE_STRING.prepare(password.toCharArray())));
    }

    // RFC 4013 §3
    @ParameterizedTest
    @CsvSource({
        "I\u00ADX, IX",
        "user, user",
        "USER, USER",
        "\u00AA, a",
        "\u2168, IX",
        "a\u00A0b, a b",
        "\u0627\u0628, \u0627\u0628",
        "\u06271\u0628, \u06271\u0628",
        "ｗide, wide",
        "à, à"
    })
    void theExamplesOfRfc4013(String password, String expected) throws PreparationException {
        assertEquals(expected, prepared(PasswordPreparation.SASLPREP, password));
    }

    // RFC 4013 §3, §2.3, §2.4, §2.5
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\u0007",
                "\u06271",
                "1\u0627",
                "\u0627a\u0628",
                "\u00AD",
                "\uE000",
                "\uFFFD",
                "\u2FF0",
                "\u200E",
                "\uDBFF\uDFFE",
                "\uD800",
                "\uDB40\uDC01",
                "\u0221",
                "😀"
            })
    void noSaslprepStrings(String password) {
        assertThrows(PreparationException.class, () -> prepared(PasswordPreparation.SASLPREP, password));
    }

    // RFC 8265 §3.6 table 1
    @ParameterizedTest
    @CsvSource({
        "juliet@example.com, juliet@example.com",
        "fussball, fussball",
        "fußball, fußball",
        "π, π",
        "Σ, σ",
        "σ, σ",
        "ς, ς",
        "Juliet, juliet",
        "ｊｕｌｉｅｔ, juliet",
        "A\u030A, å",
        "\u05D0\u05D1, \u05D0\u05D1",
        "ｶ, カ"
    })
    void userPartsOfRfc8265(String name, String expected) throws PreparationException {
        assertEquals(expected, UsernamePreparation.CASE_MAPPED.enforce(name));
        assertEquals(expected, UsernamePreparation.CASE_MAPPED.enforce(expected));
    }

    @Test
    void caseIsPreservedWhereAsked() throws PreparationException {
        assertEquals("JuliÉt", UsernamePreparation.CASE_PRESERVED.enforce("ＪuliE\u0301t"));
    }

    // RFC 8265 §3.6 table 2
    @ParameterizedTest
    @ValueSource(strings = {"foo bar", "", "henry\u2163", "\u221E", "ﬁ", "\u05D0a", "1\u05D0", "a\u0000", "\u3000"})
    void noUserParts(String name) {
        for (UsernamePreparation preparation : UsernamePreparation.values()) {
            assertThrows(PreparationException.class, () -> preparation.enforce(name));
        }
    }

    @ParameterizedTest
    @EnumSource(PasswordPreparation.class)
    void printableAsciiIsTheSameForAll(PasswordPreparation preparation) throws PreparationException {
        StringBuilder all = new StringBuilder();
        for (char c = 0x20; c < 0x7F; c++) {
            all.append(c);
        }
        assertEquals(all.toString(), prepared(preparation, all.toString()));
        char[] password = "same".toCharArray();
        assertNotSame(password, preparation.prepare(password));
    }

    @ParameterizedTest
    @EnumSource(PasswordPreparation.class)
    void anyTextIsPreparedOrRefusedAndPreparedOnce(PasswordPreparation preparation) {
        Random random = new Random(8265);
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(6); length >= 0; length--) {
                text.appendCodePoint(
                        switch (random.nextInt(3)) {
                            case 0 -> random.nextInt(0x110000);
                            case 1 -> random.nextInt(0x10000);
                            default -> random.nextInt(0x700);
                        });
            }
            char[] once = preparation.prepare(text.toString().toCharArray());
            try {
                assertArrayEquals(once, preparation.enforce(text.toString().toCharArray()));
            } catch (PreparationException e) {
                assertEquals(text.toString(), new String(once));
            }
        }
    }
}
