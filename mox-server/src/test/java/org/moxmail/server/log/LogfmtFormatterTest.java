package org.moxmail.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogfmtFormatterTest {
    private static String format(String message, Object... fields) {
        LogRecord line = new LogRecord(Level.INFO, message);
        line.setLoggerName("org.moxmail.server.smtp");
        line.setParameters(fields);
        return new LogfmtFormatter().format(line);
    }

    @Test
    void aLineHasLevelMessageCapabilityAndPairs() {
        assertEquals(
                "l=info m=\"command done\" pkg=smtp cid=18f2 cmd=ehlo code=250\n",
                format(
                        "command done",
                        new Log.Field("cid", "18f2"),
                        new Log.Field("cmd", "ehlo"),
                        new Log.Field("code", 250)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "plain | plain",
                "two words | \"two words\"",
                "a=b | \"a=b\"",
                "say \"x\" | \"say \\\"x\\\"\"",
                "`` | \"\"",
            })
    void valuesAreQuotedWhenTheyMustBe(String value, String expected) {
        assertEquals("l=info m=m pkg=smtp k=" + expected + "\n", format("m", new Log.Field("k", value)));
    }

    @Test
    void nothingThatAPeerSaysStartsALineOrControlsATerminal() {
        String line = format("m", new Log.Field("k", "a\r\nl=info m=forged\u001b[2J\u009b\ud800"));
        assertEquals("l=info m=m pkg=smtp k=\"a\\r\\nl=info m=forged\\u001b[2J\\u009b\\ud800\"\n", line);
    }

    @Test
    void listsAndOctetsHaveTheirForms() {
        assertEquals(
                "l=info m=m pkg=smtp list=[a,b] octets=AQI\n",
                format("m", new Log.Field("list", List.of("a", "b")), new Log.Field("octets", new byte[] {1, 2})));
    }

    @Test
    void anErrorOfTheWorldSaysItsMessageAndOneOfTheProgramWhereItWas() {
        LogRecord line = new LogRecord(Level.SEVERE, "failed");
        line.setLoggerName("org.moxmail.server.boot");
        line.setThrown(new IOException("disk full", new IOException("really")));
        assertEquals(
                "l=error m=failed err=\"IOException: disk full: IOException: really\" pkg=boot\n",
                new LogfmtFormatter().format(line));
        line.setThrown(new IllegalStateException("bug"));
        String text = new LogfmtFormatter().format(line);
        assertTrue(text.contains("stack=\"org.moxmail.server.log.LogfmtFormatterTest."), text);
        assertEquals(text.length() - 1, text.indexOf('\n'));
    }

    @Test
    void thirdPartiesMessagesAreFilledIn() {
        LogRecord line = new LogRecord(Level.WARNING, "opened {0} of {1}");
        line.setLoggerName("jetbrains.exodus.env");
        line.setParameters(new Object[] {"a", "b"});
        assertEquals("l=warn m=\"opened a of b\" pkg=jetbrains.exodus.env\n", new LogfmtFormatter().format(line));
    }

    @ParameterizedTest
    @CsvSource({
        "info, 0",
        "trace, 0",
        "traceauth, 1",
        "tracedata, 1",
    })
    @SuppressWarnings("try") // What is opened is only to be closed again.
    void readableSecretsAreAnnounced(String word, int warnings) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        LogLevel level = LogLevel.named(word).orElseThrow();
        try (var logging = Logging.start(new PrintStream(octets, true, StandardCharsets.UTF_8), level)) {
            Log.of("x").log(level, "shown", null);
        }
        List<String> lines = octets.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(
                warnings,
                lines.stream()
                        .filter(line -> line.startsWith("l=warn") && line.contains("passwords"))
                        .count());
        assertEquals("l=" + word + " m=shown pkg=x", lines.getLast());
    }
}
