package org.moxmail.smtp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.moxmail.smtp.Leniency;
import org.moxmail.smtp.SmtpReply;
import org.moxmail.smtp.testing.InMemorySocket;
import org.moxmail.smtp.testing.MemorySmtpService;
import org.moxmail.smtp.testing.Rig;

/**
 * Runs the dialogues of {@code smtp/transcripts}. {@code C:} sends a line and {@code C!} octets without line end (with the
 * escapes {@code \r \n \0 \\}); {@code S:} expects a line, {@code …} standing for any rest; {@code eof} expects the end;
 * {@code tls} shakes hands; {@code @PT5M} moves the clock when the server waits; {@code message} expects one more accepted
 * message; {@code use} names the fixture. What the server says beyond that is a failure.
 */
@Timeout(30)
class TranscriptTest {
    static Stream<Path> transcripts() throws Exception {
        Path folder = Path.of(Objects.requireNonNull(TranscriptTest.class.getResource("/smtp/transcripts"))
                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void theServerAnswersAsWritten(Path file) throws Exception {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        try (Rig rig = rig(lines)) {
            new Run(rig, file.getFileName().toString()).all(lines);
        }
    }

    private static Rig rig(List<String> lines) {
        SmtpServerOptions options = Rig.delivery();
        SmtpLimits limits = SmtpLimits.DEFAULT;
        MemorySmtpService service = Rig.memory();
        for (String line : lines) {
            if (!line.startsWith("use ")) {
                continue;
            }
            String[] words = line.substring(4).split(" ", 3);
            switch (words[0]) {
                case "submission" -> {
                    options = Rig.submission();
                    service.withUser("ann", "secret");
                }
                case "strict" -> options = options.withLeniencies(Leniency.STRICT);
                case "chunking" -> options = options.withBinaryMime();
                case "dsn" -> options = options.withDsn();
                case "norequiretls" -> options = options.withRequireTls(false);
                case "size" -> limits = limits.withMessageBytes(Long.parseLong(words[1]));
                case "rcptmax" -> limits = recipients(limits, Integer.parseInt(words[1]));
                case "refuse" -> service.refuse(words[1], reply(words[2]));
                case "judge" -> service.judge(reply(words[1] + " " + words[2]));
                default -> throw new IllegalArgumentException(line);
            }
        }
        return new Rig(options, limits, service, null, InMemorySocket.CAPACITY);
    }

    private static SmtpLimits recipients(SmtpLimits from, int recipients) {
        return new SmtpLimits(
                from.commandLine(),
                from.authLine(),
                recipients,
                from.messageBytes(),
                from.discardBytes(),
                from.badCommands(),
                from.failedTransactions(),
                from.slowAfterAuthFailures(),
                from.commandWait(),
                from.dataWait(),
                from.dataTotal(),
                from.sessionTotal(),
                from.handshake(),
                from.writeStall(),
                from.slowPause());
    }

    private static SmtpReply reply(String text) {
        String[] words = text.split(" ", 3);
        SmtpReply reply = SmtpReply.of(Integer.parseInt(words[0]), words[1], words[2]);
        return words[2].endsWith("close") ? reply.close() : reply;
    }

    private static final class Run {
        private final Rig rig;
        private final String file;
        private int number;
        private int messages;

        Run(Rig rig, String file) {
            this.rig = rig;
            this.file = file;
        }

        void all(List<String> lines) throws Exception {
            boolean ended = false;
            for (String line : lines) {
                number++;
                if (line.equals("eof")) {
                    assertNull(rig.line(), where());
                    ended = true;
                } else if (!line.isBlank() && !line.startsWith("#") && !line.startsWith("use ")) {
                    step(line);
                }
            }
            if (!ended) {
                rig.pair().client().shutdownOutput();
                assertNull(rig.line(), () -> where() + " something was said beyond the transcript");
            }
            rig.pair().client().close();
            rig.join();
            assertEquals(messages, rig.service.messages().size(), () -> file + ": messages");
            assertTrue(rig.events.failures.isEmpty(), () -> file + ": " + rig.events.failures);
        }

        private void step(String line) throws IOException, InterruptedException {
            if (line.startsWith("C:")) {
                rig.send(unescaped(line.substring(line.startsWith("C: ") ? 3 : 2)));
            } else if (line.startsWith("C! ")) {
                rig.raw(unescaped(line.substring(3)));
            } else if (line.startsWith("S: ")) {
                expect(line.substring(3));
            } else if (line.equals("tls")) {
                rig.startTls();
            } else if (line.equals("message")) {
                messages++;
            } else if (line.startsWith("@")) {
                rig.timing.awaitWaiters(2);
                rig.timing.advance(Duration.parse(line.substring(1)));
            } else {
                throw new IllegalArgumentException(where() + line);
            }
        }

        private void expect(String wanted) throws IOException {
            String got = rig.line();
            if (wanted.endsWith("…")) {
                String start = wanted.substring(0, wanted.length() - 1);
                assertTrue(got != null && got.startsWith(start), () -> where() + "wanted " + wanted + ", got " + got);
            } else {
                assertEquals(wanted, got, where());
            }
        }

        private String where() {
            return file + ":" + number + ": ";
        }

        private static String unescaped(String text) {
            return text.replace("\\r", "\r")
                    .replace("\\n", "\n")
                    .replace("\\0", "\0")
                    .replace("\\\\", "\\");
        }
    }
}
