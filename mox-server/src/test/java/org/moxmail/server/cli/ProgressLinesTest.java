package org.moxmail.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.moxmail.time.testing.FakeTiming;

class ProgressLinesTest {
    @Test
    void aLineIsPrintedOnceASecondAtMostAndNotForShortWork() {
        FakeTiming timing = FakeTiming.at("2026-01-01T00:00:00Z");
        var out = new ByteArrayOutputStream();
        var lines = new ProgressLines(new PrintStream(out, true, StandardCharsets.UTF_8), timing);
        lines.at("messages", 10);
        timing.advance(Duration.ofMillis(999));
        lines.at("messages", 1_000);
        timing.advance(Duration.ofMillis(1));
        lines.at("messages", 2_000);
        lines.at("messages", 3_000);
        timing.advance(Duration.ofSeconds(2));
        lines.at("octets", 5);
        assertEquals(
                "messages: 2,000\noctets: 5\n",
                out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n"));
    }
}
