package org.moxmail.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.imap.server.ImapServerLimits;
import org.moxmail.server.testing.ImapTalk;
import org.moxmail.server.testing.RunningServer;
import org.moxmail.server.testing.SmtpTalk;
import org.moxmail.smtp.server.SmtpLimits;

/** Broken, hostile and slow peers get a clear answer; what was accepted stays, and others go on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BadInputTest {
    /** For everything that a slow peer is waited for. */
    private static final Duration SHORT = Duration.ofMillis(700);

    @TempDir
    static Path directory;

    private RunningServer server;

    @BeforeAll
    void start() throws Exception {
        server = RunningServer.start(
                directory,
                settings -> settings.withLimits(settings.limits().withTlsHandshake(SHORT))
                        .withEngines(settings.engines()
                                .withSmtp(impatient(SmtpLimits.DEFAULT))
                                .withImap(impatient())));
    }

    private static SmtpLimits impatient(SmtpLimits limits) {
        return new SmtpLimits(
                limits.commandLine(),
                limits.authLine(),
                limits.recipients(),
                1 << 20,
                1 << 20,
                limits.badCommands(),
                limits.failedTransactions(),
                limits.slowAfterAuthFailures(),
                SHORT,
                SHORT,
                Duration.ofSeconds(5),
                limits.sessionTotal(),
                limits.handshake(),
                limits.writeStall(),
                limits.slowPause());
    }

    private static ImapServerLimits impatient() {
        ImapServerLimits limits = ImapServerLimits.DEFAULT;
        return new ImapServerLimits(
                limits.syntax(),
                SHORT,
                limits.autologout(),
                SHORT,
                limits.literalWait(),
                limits.literalRate(),
                limits.writeStall(),
                limits.handshake(),
                limits.fetchBatch(),
                limits.scanBatch(),
                limits.writeBatch(),
                limits.searchHeader(),
                limits.appendMessages(),
                limits.badCommands(),
                limits.outputBuffer());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /** Whatever one peer did: another's mail comes and can be read. */
    @AfterEach
    void othersGoOn() throws Exception {
        try (SmtpTalk smtp = server.smtp("smtp").hello();
                ImapTalk imap = server.imap()) {
            int before = imap.count("Inbox");
            String reply = smtp.send("a@example.org", "Subject: after\r\n\r\nx\r\n", "you@localhost");
            assertTrue(reply.startsWith("250"), reply);
            assertEquals(before + 1, imap.count("Inbox"));
        }
    }

    private int inbox() throws IOException {
        try (ImapTalk imap = server.imap()) {
            return imap.count("Inbox");
        }
    }

    @Test
    void aPeerThatSpeaksNoTlsWhereTlsIsExpectedIsClosed() throws Exception {
        try (Socket socket = server.connect("imaps")) {
            socket.getOutputStream().write("a1 CAPABILITY\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            byte[] said = socket.getInputStream().readAllBytes();
            // RFC 8446 §6: at most a fatal alert, which is a record of type 21.
            assertTrue(said.length == 0 || said[0] == 21, said.length + " octets");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"imaps", "submissions"})
    void aHandshakeThatStopsHalfwayIsGivenUp(String listener) throws Exception {
        try (Socket socket = server.connect(listener)) {
            // The beginning of a ClientHello, and then nothing.
            socket.getOutputStream().write(new byte[] {22, 3, 1, 0, (byte) 200, 1, 0, 0});
            socket.getOutputStream().flush();
            assertEquals(-1, endOf(socket));
        }
    }

    @Test
    void aHandshakeThatDripsIsGivenUpAsAWhole() throws Exception {
        try (Socket socket = server.connect("imaps")) {
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            byte[] hello = {22, 3, 1, 0, (byte) 200};
            int sent = 0;
            boolean open = true;
            socket.setSoTimeout(100);
            while (open && System.nanoTime() < end) {
                try {
                    if (sent < 200) {
                        socket.getOutputStream().write(sent < hello.length ? hello[sent] : 1);
                        sent++;
                    }
                    open = socket.getInputStream().read() >= 0;
                } catch (java.net.SocketTimeoutException e) {
                    open = true;
                } catch (IOException e) {
                    open = false;
                }
            }
            assertTrue(!open, "the connection is still open after " + sent + " octets");
        }
    }

    @Test
    void tlsThatIsCutOffInTheMiddleOfAMessageDeliversNothing() throws Exception {
        int before = inbox();
        Socket transport = server.connect("smtp");
        SmtpTalk plain = SmtpTalk.greeted(transport).hello();
        plain.expect("220", "STARTTLS");
        SmtpTalk smtp = new SmtpTalk(server.secure(transport)).hello();
        smtp.expect("250", "MAIL FROM:<a@example.org>");
        smtp.expect("250", "RCPT TO:<you@localhost>");
        smtp.expect("354", "DATA");
        smtp.raw("Subject: cut\r\n\r\nhalf\r\n");
        // No close_notify: what came so far must not pass for all (RFC 8446 §6.1).
        transport.close();
        assertEquals(before, inbox());
    }

    @Test
    void aPeerThatStopsSendingInTheMiddleOfAMessageDeliversNothing() throws Exception {
        int before = inbox();
        try (SmtpTalk smtp = server.smtp("smtp").hello()) {
            smtp.expect("250", "MAIL FROM:<a@example.org>");
            smtp.expect("250", "RCPT TO:<you@localhost>");
            smtp.expect("354", "DATA");
            smtp.raw("Subject: half\r\n\r\nhalf a line");
            smtp.socket().shutdownOutput();
            String reply = smtp.reply();
            assertTrue(reply.isEmpty() || reply.startsWith("4"), reply);
        }
        assertEquals(before, inbox());
    }

    @Test
    void aPeerThatStopsSendingStillHearsWhatItAsked() throws Exception {
        try (SmtpTalk smtp = server.smtp("smtp")) {
            smtp.raw("EHLO client.example\r\nNOOP\r\nQUIT\r\n");
            smtp.socket().shutdownOutput();
            smtp.expect("250");
            smtp.expect("250");
            smtp.expect("221");
        }
    }

    @Test
    void anSmtpClientThatDripsIsToldAndClosed() throws Exception {
        try (SmtpTalk smtp = server.smtp("smtp")) {
            smtp.raw("EHLO");
            smtp.expect("421 4.4.2");
            assertEquals("", smtp.reply());
        }
    }

    @Test
    void anImapClientThatDripsIsToldAndClosed() throws Exception {
        try (ImapTalk imap = new ImapTalk(server.connect("imap"))) {
            imap.line();
            imap.raw("a LOG");
            assertTrue(imap.line().startsWith("* BYE"));
            assertEquals("", imap.line());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a APPEND Inbox {2147483648}", "a APPEND Inbox {9223372036854775807}", "a LOGIN {2147483648}"})
    void anAbsurdLiteralIsRefusedBeforeItComes(String command) throws Exception {
        try (ImapTalk imap = server.imap()) {
            imap.raw(command + "\r\n");
            String answer = imap.line();
            assertTrue(answer.startsWith("a NO") || answer.startsWith("a BAD") || answer.startsWith("* BYE"), answer);
        }
    }

    @Test
    void anAbsurdLiteralThatComesUnaskedEndsTheConnection() throws Exception {
        try (ImapTalk imap = server.imap()) {
            imap.raw("a APPEND Inbox {2147483648+}\r\nand so on\r\n");
            String all = imap.line();
            assertTrue(all.contains("BYE") || all.startsWith("a BAD") || all.startsWith("a NO"), all);
        }
    }

    @Test
    void nulsInCommandsAreErrorsOfTheClient() throws Exception {
        try (SmtpTalk smtp = server.smtp("smtp").hello();
                ImapTalk imap = server.imap()) {
            String reply = smtp.command("MAIL FROM:<a\0b@example.org>");
            assertTrue(reply.startsWith("50"), reply);
            smtp.expect("250", "NOOP");
            assertTrue(imap.command("SELECT \"In\0box\"").contains(" BAD "));
            imap.ok("NOOP");
        }
    }

    @Test
    void nulsInAMessageAreKept() throws Exception {
        try (SmtpTalk smtp = server.smtp("smtp").hello();
                ImapTalk imap = server.imap()) {
            int before = imap.count("Inbox");
            String message = "Subject: nul\r\n\r\na\0b\r\n";
            assertTrue(smtp.send("a@example.org", message, "you@localhost").startsWith("250"));
            imap.ok("SELECT Inbox");
            assertTrue(imap.message(before + 1).endsWith(message));
        }
    }

    @Test
    void mimeOfTenThousandLevelsIsStoredAndRead() throws Exception {
        StringBuilder deep = new StringBuilder("Subject: deep\r\n");
        for (int i = 0; i < 10_000; i++) {
            deep.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\r\n\r\n--b")
                    .append(i);
            deep.append("\r\n");
        }
        deep.append("\r\nbottom\r\n");
        try (SmtpTalk smtp = server.smtp("smtp").hello();
                ImapTalk imap = server.imap()) {
            String reply = smtp.send("a@example.org", deep.toString(), "you@localhost");
            assertTrue(reply.startsWith("250"), reply);
            int uid = imap.count("Inbox");
            imap.ok("SELECT Inbox");
            imap.ok("UID FETCH " + uid + " (BODYSTRUCTURE ENVELOPE)");
            assertTrue(imap.message(uid).endsWith(deep.toString()));
        }
    }

    @Test
    void overlongCommandLinesAreRefused() throws Exception {
        try (SmtpTalk smtp = server.smtp("smtp").hello()) {
            String reply = smtp.command("NOOP " + "x".repeat(100_000));
            assertTrue(reply.startsWith("500 5.5"), reply);
        }
        try (ImapTalk imap = new ImapTalk(server.connect("imap"))) {
            imap.line();
            imap.raw("a NOOP " + "x".repeat(200_000) + "\r\n");
            String line = imap.line();
            assertTrue(line.contains("BAD") || line.contains("BYE"), line);
        }
    }

    @Test
    void aMessageLineOfAnyLengthIsKept() throws Exception {
        String message = "Subject: long\r\n\r\n" + "y".repeat(300_000) + "\r\n";
        try (SmtpTalk smtp = server.smtp("smtp").hello();
                ImapTalk imap = server.imap()) {
            assertTrue(smtp.send("a@example.org", message, "you@localhost").startsWith("250"));
            int uid = imap.count("Inbox");
            imap.ok("SELECT Inbox");
            assertTrue(imap.message(uid).endsWith(message));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\rb\r\n", "a\n.\r\nMAIL FROM:<x@example.org>\r\n", "a\r\n.\nMAIL FROM:<x@example.org>\r\n"})
    void whatOtherServersMightTakeForAnEndOfDataIsRefused(String body) throws Exception {
        int before = inbox();
        try (SmtpTalk smtp = server.smtp("smtp").hello()) {
            String reply = smtp.send("a@example.org", "Subject: s\r\n\r\n" + body, "you@localhost");
            assertTrue(reply.startsWith("500 5.5.2"), reply);
            smtp.expect("250", "NOOP");
        }
        assertEquals(before, inbox());
    }

    @Test
    void bareLineFeedsElsewhereBecomeLineEnds() throws Exception {
        try (SmtpTalk smtp = server.smtp("smtp").hello();
                ImapTalk imap = server.imap()) {
            assertTrue(smtp.send("a@example.org", "Subject: lf\n\none\ntwo\r\n", "you@localhost")
                    .startsWith("250"));
            int uid = imap.count("Inbox");
            imap.ok("SELECT Inbox");
            assertTrue(imap.message(uid).endsWith("Subject: lf\r\n\r\none\r\ntwo\r\n"));
        }
    }

    @Test
    void whatComesBehindStartTlsInPlaintextIsNeverCarriedOut() throws Exception {
        try (SmtpTalk smtp = server.smtp("submission").hello()) {
            smtp.raw("STARTTLS\r\nNOOP\r\n");
            String reply = smtp.reply();
            // RFC 3207 §4.2: refused, or the plaintext is taken for a handshake, which fails.
            assertTrue(reply.startsWith("5") || reply.startsWith("220") || reply.startsWith("421"), reply);
            String next = smtp.reply();
            assertTrue(!next.startsWith("250"), next);
        }
        try (ImapTalk imap = new ImapTalk(server.connect("imap"))) {
            imap.line();
            imap.raw("a STARTTLS\r\nb NOOP\r\n");
            String said = imap.line() + imap.line();
            assertTrue(!said.contains("b OK"), said);
        }
    }

    @Test
    void aMessageThatIsTooLargeIsRefusedAndNothingIsKept() throws Exception {
        int before = inbox();
        try (SmtpTalk smtp = server.smtp("smtp").hello()) {
            smtp.expect("552", "MAIL FROM:<a@example.org> SIZE=2000000");
            String body = ("z".repeat(998) + "\r\n").repeat(1100);
            String reply = smtp.send("a@example.org", "Subject: large\r\n\r\n" + body, "you@localhost");
            assertTrue(reply.startsWith("4") || reply.startsWith("552"), reply);
        }
        assertEquals(before, inbox());
    }

    private static int endOf(Socket socket) {
        try {
            int octet = socket.getInputStream().read();
            // An alert may come first.
            while (octet >= 0) {
                octet = socket.getInputStream().read();
            }
            return octet;
        } catch (java.net.SocketTimeoutException e) {
            return 0;
        } catch (IOException e) {
            return -1;
        }
    }
}
