package org.moxmail.smtp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.smtp.testing.Rig;

/** RFC 5321 §4.5.2 and mail smuggling. */
@Timeout(60)
class MessageDataTest {
    private static final String SMUGGLED =
            "500 5.5.2 carriage return or line feed alone in message, possibly smuggling (cid1)";

    static Stream<String> smuggling() throws Exception {
        List<String> sequences = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(
                        MessageDataTest.class.getResourceAsStream("/smtp/smuggling-end-of-data.json"));
                JsonParser json = new JsonFactory().createParser(in)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.VALUE_STRING && "bytes_hex".equals(json.currentName())) {
                    sequences.add(json.getText());
                }
            }
        }
        return sequences.stream();
    }

    /** What comes behind a false end is part of the message, never a command. */
    @ParameterizedTest
    @MethodSource("smuggling")
    void noOtherSequenceEndsTheMessage(String hex) throws Exception {
        String sequence = new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
        try (Rig rig = Rig.of(Rig.delivery()).hello().recipient()) {
            rig.ask("DATA");
            rig.raw("text" + sequence
                    + "MAIL FROM:<evil@remote.example>\r\nRCPT TO:<b@example.org>\r\nDATA\r\nevil\r\n.\r\n");
            String reply = rig.reply();
            boolean harmless = sequence.indexOf('\0') >= 0;
            assertEquals(harmless ? "250 2.2.0 got it" : SMUGGLED, reply);
            assertEquals("250 2.0.0 ok", rig.ask("NOOP"));
            assertEquals(harmless ? 1 : 0, rig.service.messages().size());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\rb",
                "a\r\rb",
                "\r",
                "a\r\n.\nb",
                "a\n.\nb",
                "a\n.\r\nb",
                "a\n.\rb",
                "a\r\n.\rb",
                "a\r.\nb",
                "\n.\n"
            })
    void carriageReturnsAloneAndFalseEndsAreRefusedAtTheTrueEnd(String text) throws Exception {
        try (Rig rig = Rig.of(Rig.delivery()).hello().recipient()) {
            rig.ask("DATA");
            assertEquals(SMUGGLED, rig.raw(text + "\r\n.\r\n").reply());
            assertEquals("250 2.0.0 ok", rig.ask("NOOP"));
        }
    }

    private static final List<String[]> KEPT = List.of(
            new String[] {"a\nb\r\n", "a\nb\r\n"},
            new String[] {"\n\r\n", "\n\r\n"},
            new String[] {"a\n.b\r\n", "a\n.b\r\n"},
            new String[] {"a\n..\r\n", "a\n..\r\n"},
            new String[] {"..\r\n", ".\r\n"},
            new String[] {"...a\r\n..b\r\n", "..a\r\n.b\r\n"},
            new String[] {".a\r\n", "a\r\n"},
            new String[] {"\r\n..\r\n\r\n", "\r\n.\r\n\r\n"},
            new String[] {"", ""},
            new String[] {"a\0b\u00ff\r\n", "a\0b\u00ff\r\n"},
            new String[] {"x".repeat(100_000) + "\r\n", "x".repeat(100_000) + "\r\n"},
            new String[] {"..\r\n".repeat(20_000), ".\r\n".repeat(20_000)});

    @Test
    void dotsAreUnstuffedAndEverythingElseIsKept() throws Exception {
        for (String[] row : KEPT) {
            try (Rig rig = Rig.of(Rig.delivery()).hello().recipient()) {
                rig.ask("DATA");
                assertEquals("250 2.2.0 got it", rig.raw(row[0] + ".\r\n").reply());
                assertEquals(row[1], rig.service.messages().getFirst().text());
            }
        }
    }

    /** A dot, and each octet around it, at every place relative to the end of the read buffer. */
    @Test
    void aDotAtEveryBufferBoundaryIsUnstuffed() throws Exception {
        try (Rig rig = Rig.of(Rig.delivery()).hello()) {
            int buffer = 32 * 1024;
            for (int pad = buffer - 8; pad <= buffer + 8; pad++) {
                rig.recipient().ask("DATA");
                rig.raw("x".repeat(pad) + "\r\n..y\r\n.z\r\n.\r\n");
                assertEquals("250 2.2.0 got it", rig.reply());
                assertEquals(
                        "x".repeat(pad) + "\r\n.y\r\nz\r\n",
                        rig.service.messages().getLast().text());
            }
        }
    }

    /** Chunk-split invariance: however the octets arrive, the same comes of them. */
    @Test
    void anySplitGivesTheSame() throws Exception {
        String start = "MAIL FROM:<a@remote.example>\r\nRCPT TO:<b@example.org>\r\nDATA\r\n";
        String input = String.join(
                "", "EHLO x\r\n", start, "a\r\n..b\r\n\r\n.c\nd\r\n.\r\n", start, "a\rb\r\n.\r\n", "QUIT\r\n");
        String whole = run(input, input.length());
        assertTrue(whole.endsWith("221 2.0.0 bye"), whole);
        for (int size = 1; size < 12; size++) {
            assertEquals(whole, run(input, size));
        }
    }

    private static String run(String input, int size) throws Exception {
        try (Rig rig = Rig.of(Rig.delivery())) {
            for (int at = 0; at < input.length(); at += size) {
                rig.raw(input.substring(at, Math.min(input.length(), at + size)));
            }
            StringBuilder said = new StringBuilder();
            for (String line = rig.line(); line != null; line = rig.line()) {
                said.append(said.isEmpty() ? "" : "\n").append(line);
            }
            assertEquals(
                    "a\r\n.b\r\n\r\nc\nd\r\n", rig.service.messages().getFirst().text());
            return said.toString();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1})
    void theSizeLimitIsExact(int beyond) throws Exception {
        int limit = 50_000;
        SmtpLimits limits = SmtpLimits.DEFAULT.withMessageBytes(limit);
        try (Rig rig = Rig.of(Rig.delivery(), limits).hello().recipient()) {
            rig.ask("DATA");
            // Stuffed dots and the final one don't count, RFC 1870 §5.
            String reply = rig.raw("..\r\n" + "x".repeat(limit - 5 + beyond) + "\r\n.\r\n")
                    .reply();
            assertEquals(beyond > 0 ? "451 4.2.3 message larger than 50000 octets (cid1)" : "250 2.2.0 got it", reply);
            assertEquals("250 2.0.0 ok", rig.ask("NOOP"));
        }
    }

    @Test
    void chunkingGoesWithoutBinaryMime() throws Exception {
        try (Rig rig = Rig.of(Rig.delivery().withChunking())) {
            rig.reply();
            String offered = rig.ask("EHLO client.example");
            assertTrue(offered.contains("CHUNKING") && !offered.contains("BINARYMIME"), offered);
            assertEquals(
                    "555 5.5.4 unknown value of parameter BODY (cid1)",
                    rig.ask("MAIL FROM:<a@remote.example> BODY=BINARYMIME"));
            rig.recipient().send("BDAT 4 LAST").raw("hi\r\n");
            assertEquals("250 2.2.0 got it", rig.reply());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1})
    void theSizeLimitIsExactInChunks(int beyond) throws Exception {
        SmtpLimits limits = SmtpLimits.DEFAULT.withMessageBytes(1000);
        try (Rig rig = Rig.of(Rig.delivery().withChunking(), limits).hello().recipient()) {
            rig.send("BDAT 500").raw("x".repeat(500));
            assertEquals("250 2.0.0 500 octets received", rig.reply());
            rig.send("BDAT " + (500 + beyond) + " LAST").raw("x".repeat(500 + beyond));
            assertEquals(
                    beyond > 0 ? "451 4.2.3 message larger than 1000 octets (cid1)" : "250 2.2.0 got it", rig.reply());
            assertEquals("250 2.0.0 ok", rig.ask("NOOP"));
        }
    }

    @Test
    void theRestOfAMessageMuchTooLargeIsntAwaited() throws Exception {
        SmtpLimits limits = SmtpLimits.DEFAULT.withMessageBytes(1000);
        try (Rig rig = Rig.of(Rig.delivery(), limits).hello().recipient()) {
            rig.ask("DATA");
            Thread writer = Rig.THREADS.newThread(() -> {
                try {
                    String block = "x".repeat(1_000_000) + "\r\n";
                    for (int i = 0; i < 20; i++) {
                        rig.raw(block);
                    }
                } catch (java.io.IOException e) {
                    // The server hung up, as it should.
                    assertTrue(rig.service.messages().isEmpty());
                }
            });
            writer.start();
            assertEquals("451 4.2.3 message larger than 1000 octets (cid1)", rig.reply());
            assertEquals("(end)", rig.reply());
            rig.pair().client().close();
            writer.join();
        }
    }

    @Test
    void aFailingDiskIsTemporaryAndTheConnectionStaysInStep() throws Exception {
        try (Rig rig = new Rig(Rig.delivery(), SmtpLimits.DEFAULT, Rig.memory(), Wrapping::fullDisk, 65536)
                .hello()
                .recipient()) {
            rig.ask("DATA");
            assertEquals(
                    "451 4.3.0 error processing, try again later (cid1)",
                    rig.raw("x".repeat(100_000) + "\r\n.\r\n").reply());
            assertEquals("250 2.0.0 ok", rig.ask("NOOP"));
            assertEquals("disk full", rig.events.failures.getFirst().getMessage());
        }
    }

    @Test
    void aMessageRefusedUnreadIsSkipped() throws Exception {
        try (Rig rig = new Rig(Rig.delivery(), SmtpLimits.DEFAULT, Rig.memory(), Wrapping::unread, 65536)
                .hello()
                .recipient()) {
            rig.ask("DATA");
            assertEquals("554 5.7.1 no (cid1)", rig.raw("QUIT\r\n.\r\n").reply());
            assertEquals("250 2.0.0 ok", rig.ask("NOOP"));
        }
    }

    @Test
    void anAcceptanceCantSaveASmuggledMessage() throws Exception {
        try (Rig rig = new Rig(Rig.delivery(), SmtpLimits.DEFAULT, Rig.memory(), Wrapping::swallowing, 65536)
                .hello()
                .recipient()) {
            rig.ask("DATA");
            assertEquals(SMUGGLED, rig.raw("a\rb\r\n.\r\n").reply());
        }
    }

    @Test
    void aProgramErrorEndsTheConnectionWith421() throws Exception {
        try (Rig rig = new Rig(Rig.delivery(), SmtpLimits.DEFAULT, Rig.memory(), Wrapping::broken, 65536)
                .hello()
                .recipient()) {
            rig.ask("DATA");
            assertEquals(
                    "421 4.3.0 internal error, try again later (cid1)",
                    rig.raw(".\r\n").reply());
            rig.pair().client().close();
            rig.join();
            assertEquals("oops", rig.events.failures.getFirst().getMessage());
        }
    }

    /** Seeded noise in each state: no exception but the declared, and the connection ends when the client's does. */
    @Test
    void noiseInEveryStateEndsInRepliesOrTheEnd() throws Exception {
        String[] states = {
            "",
            "EHLO x\r\n",
            "EHLO x\r\nMAIL FROM:<a@remote.example>\r\n",
            "EHLO x\r\nMAIL FROM:<a@remote.example>\r\nRCPT TO:<b@example.org>\r\n",
            "EHLO x\r\nMAIL FROM:<a@remote.example>\r\nRCPT TO:<b@example.org>\r\nDATA\r\n",
            "EHLO x\r\nMAIL FROM:<a@remote.example>\r\nRCPT TO:<b@example.org>\r\nBDAT 5\r\nabcde"
        };
        String[] pieces = {
            "\r\n",
            "\n",
            "\r",
            ".",
            "..",
            "\0",
            "\u00ff",
            "MAIL FROM:<>",
            "RCPT TO:<b@example.org>",
            "DATA",
            "BDAT 3",
            " LAST",
            "RSET",
            "NOOP",
            "AUTH PLAIN",
            "QUIT",
            "EHLO x",
            " ",
            "x".repeat(3000)
        };
        for (long seed = 0; seed < 150; seed++) {
            Random random = new Random(seed);
            try (Rig rig = Rig.of(Rig.delivery().withChunking())) {
                StringBuilder noise = new StringBuilder(states[random.nextInt(states.length)]);
                for (int i = random.nextInt(30); i >= 0; i--) {
                    noise.append(pieces[random.nextInt(pieces.length)]);
                    if (random.nextInt(3) == 0) {
                        noise.append("\r\n");
                    }
                }
                rig.raw(noise.toString());
                rig.pair().client().shutdownOutput();
                String line = rig.line();
                while (line != null) {
                    assertTrue(line.matches("[2-5][0-5][0-9][ -].*"), "seed " + seed + ": " + line);
                    line = rig.line();
                }
                rig.pair().client().close();
                rig.join();
                assertTrue(rig.events.failures.isEmpty(), "seed " + seed + ": " + rig.events.failures);
            }
        }
    }
}
