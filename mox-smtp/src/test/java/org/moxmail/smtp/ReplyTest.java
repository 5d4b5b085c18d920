package org.moxmail.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.dns.SyntaxException;

class ReplyTest {
    @Test
    void longLinesAreWrappedAtSpacesAndRepeatTheCodes() {
        // RFC 5321 §4.5.3.1.5 and RFC 2034 §4
        String text = "word ".repeat(300).strip();
        String[] lines = SmtpReply.of(550, "5.7.1", text).print().split("\r\n");
        assertEquals(3, lines.length);
        for (int i = 0; i < lines.length; i++) {
            assertTrue(lines[i].length() <= 510);
            assertTrue(lines[i].startsWith(i < 2 ? "550-5.7.1 word" : "550 5.7.1 word"));
        }
    }

    @Test
    void textWithoutSpacesIsCutBetweenCharacters() {
        String[] lines = SmtpReply.of(550, "5.7.1", "é".repeat(600)).print().split("\r\n");
        for (String line : lines) {
            assertTrue(line.getBytes(StandardCharsets.UTF_8).length <= 510);
        }
        assertEquals(1200, String.join("", lines).replaceAll("[^é]", "").getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void lineFeedsInTextMakeContinuationLines() {
        assertEquals(
                "451-4.3.0 one\r\n451 4.3.0 two\r\n",
                SmtpReply.of(451, "4.3.0", "one\ntwo").print());
    }

    @Test
    void theConnectionIsNotedAtTheEnd() {
        assertEquals(
                "one\ntwo (id)",
                SmtpReply.of(451, "4.3.0", "one\ntwo").noting("id").text());
    }

    @Test
    void enhancedCodesCountOnlyWhenAnnouncedAndOfTheRightClass() throws Exception {
        assertEquals(
                EnhancedCode.of("5.1.1"),
                SmtpReply.parse(List.of("550 5.1.1 no"), true).enhanced());
        assertNull(SmtpReply.parse(List.of("550 5.1.1 no"), false).enhanced());
        assertNull(SmtpReply.parse(List.of("550 4.1.1 no"), true).enhanced());
        assertEquals("4.1.1 no", SmtpReply.parse(List.of("550 4.1.1 no"), true).text());
        assertEquals("", SmtpReply.parse(List.of("250"), true).text());
        assertEquals("", SmtpReply.parse(List.of("250 2.0.0"), true).text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "25",
                "250x",
                "150 x",
                "650 x",
                "260 x",
                "2x0 y",
                "250-x",
                "250-x|251 y",
                "250 x|250 y",
                "250 a\u0000b"
            })
    void othersAreNoReply(String lines) {
        assertThrows(SyntaxException.class, () -> SmtpReply.parse(List.of(lines.split("\\|")), true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5.1", "5.1.1.1", "5.01.1", "5.1000.1", "5.1.1 ", "x"})
    void othersAreNoEnhancedCode(String text) {
        assertTrue(EnhancedCode.find(text).isEmpty());
    }

    @Test
    void codesMustAgree() {
        assertThrows(IllegalArgumentException.class, () -> SmtpReply.of(550, "4.1.1", "x"));
        assertThrows(IllegalArgumentException.class, () -> SmtpReply.of(150, "2.0.0", "x"));
    }
}
