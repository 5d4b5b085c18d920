package org.moxmail.imap.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.moxmail.time.testing.FakeTiming;

/** The conversations that come with the library, over mail in memory. */
@Timeout(value = 10, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TranscriptTest {
    static List<String> names() {
        return Transcript.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void theServerAnswersExactlySo(String name) throws Exception {
        FakeTiming timing = FakeTiming.at("2026-01-01T00:00:00Z");
        MemoryBackend backend = new MemoryBackend(timing).user("ann@example.org", "secret");
        Transcript.named(name).run(new TranscriptHost(backend, timing, "ann@example.org", "secret"));
        assertEquals(0, backend.openHandles(), "open handles");
    }

    @ParameterizedTest
    @MethodSource("names")
    void theServerAnswersTheSameWhenWritesRunTwice(String name) throws Exception {
        FakeTiming timing = FakeTiming.at("2026-01-01T00:00:00Z");
        MemoryBackend backend = new MemoryBackend(timing).user("ann@example.org", "secret");
        backend.rerunWrites("ann@example.org", true);
        Transcript.named(name).run(new TranscriptHost(backend, timing, "ann@example.org", "secret"));
        assertEquals(0, backend.openHandles(), "open handles");
    }

    @Test
    void everyTranscriptIsInTheIndex() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/org/moxmail/imap/testing/transcripts"))) {
            List<String> there = files.map(file -> file.getFileName().toString())
                    .filter(file -> !file.equals("index.txt"))
                    .map(file -> file.replace(".txt", ""))
                    .sorted()
                    .toList();
            assertEquals(there, Transcript.names().stream().sorted().toList());
        }
    }
}
