package org.moxmail.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.moxmail.server.boot.Localserve;
import org.moxmail.server.testing.ImapTalk;
import org.moxmail.server.testing.RunningServer;
import org.moxmail.server.testing.SmtpTalk;

/** A message's whole way, over real sockets and a store on disk. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeliveryAndReadingTest {
    private static final String USER = Localserve.ADDRESS;

    @TempDir
    Path directory;

    private RunningServer server;

    @BeforeEach
    void start() throws Exception {
        server = RunningServer.start(directory);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String message(String from, String subject) {
        return "From: <" + from + ">\r\nTo: <you@localhost>\r\nSubject: " + subject
                + "\r\nDate: Tue, 24 Nov 2026 10:00:00 +0000\r\nMessage-Id: <" + subject
                + "@example.org>\r\n\r\nbody of "
                + subject + "\r\nKarl Tsch\u00e4tscher\r\n";
    }

    private String onlyMessage() throws IOException {
        try (ImapTalk imap = server.imap()) {
            assertTrue(imap.ok("SELECT Inbox").contains("* 1 EXISTS"));
            return imap.message(1);
        }
    }

    @Test
    void aDeliveredMessageIsHeardOfInIdleAndFetchedByteForByte() throws Exception {
        try (ImapTalk phone = server.imap();
                SmtpTalk smtp = server.smtp("smtp").hello()) {
            phone.ok("SELECT Inbox");
            phone.raw("i IDLE\r\n");
            assertTrue(phone.line().startsWith("+"));
            String message = message("ann@example.org", "idle");
            assertTrue(smtp.send("ann@example.org", message, "you@localhost").startsWith("250 2.0.0"));
            assertEquals("* 1 EXISTS", phone.line());
            phone.raw("DONE\r\n");
            String done = phone.line();
            while (!done.isEmpty() && !done.startsWith("i ")) {
                done = phone.line();
            }
            assertTrue(done.startsWith("i OK"), done);
            String stored = phone.message(1);
            assertTrue(stored.endsWith(message), stored);
            String prefix = stored.substring(0, stored.length() - message.length());
            assertTrue(
                    prefix.startsWith("Delivered-To: you@localhost\r\nReturn-Path: <ann@example.org>\r\n"
                            + "Received: from client.example ([127.0.0.1])\r\n\tby localhost ([127.0.0.1])"),
                    prefix);
            assertTrue(prefix.contains("with ESMTP id "), prefix);
            assertTrue(prefix.contains("for <you@localhost>;"), prefix);
        }
    }

    @Test
    void severalRecipientsOfOneAccountGetOneCopyThatNamesNone() throws Exception {
        try (SmtpTalk smtp = server.smtp("smtp").hello()) {
            String reply = smtp.send(
                    "ann@example.org",
                    message("ann@example.org", "three"),
                    "a@localhost",
                    "b@localhost",
                    "c@elsewhere.example");
            assertTrue(reply.startsWith("250"), reply);
        }
        assertFalse(onlyMessage().contains("for <"));
    }

    @Test
    void aMessageSurvivesARestart() throws Exception {
        String message = message("ann@example.org", "kept");
        try (SmtpTalk smtp = server.smtp("smtp").hello()) {
            assertTrue(smtp.send("ann@example.org", message, "you@localhost").startsWith("250"));
        }
        server.close();
        server = RunningServer.start(directory);
        assertTrue(onlyMessage().endsWith(message));
    }

    @Test
    void aReportGoesToOneRecipient() throws Exception {
        try (SmtpTalk smtp = server.smtp("smtp").hello()) {
            smtp.expect("250", "MAIL FROM:<>");
            smtp.expect("250", "RCPT TO:<a@localhost>");
            smtp.expect("452 4.5.3", "RCPT TO:<b@localhost>");
        }
    }

    @Test
    void mailThatWentInCirclesIsRefused() throws Exception {
        String hop = "Received: from a.example by b.example; Tue, 24 Nov 2026 10:00:00 +0000\r\n";
        try (SmtpTalk smtp = server.smtp("smtp").hello()) {
            String accepted = smtp.send("", hop.repeat(100) + message("a@example.org", "far"), "you@localhost");
            assertTrue(accepted.startsWith("250"), accepted);
            String refused = smtp.send("", hop.repeat(101) + message("a@example.org", "circle"), "you@localhost");
            assertTrue(refused.startsWith("550 5.4.6"), refused);
        }
    }

    @ParameterizedTest(name = "{0} at {1}")
    @CsvSource({
        "permerror@localhost, DATA, 550 5.0.0",
        "a.temperror@localhost, DATA, 451 4.0.0",
        "x552@localhost, DATA, 552 5.0.0",
        "x452@elsewhere.example, DATA, 452 4.0.0",
        "x700@localhost, DATA, 250",
        "x499@localhost, DATA, 250",
        "rcpttopermerror@localhost, RCPT, 550 5.0.0",
        "rcptto421@localhost, RCPT, 421 4.0.0",
    })
    void failuresCanBeAskedFor(String recipient, String where, String expected) throws Exception {
        try (SmtpTalk smtp = server.smtp("smtp").hello()) {
            smtp.expect("250", "MAIL FROM:<ann@example.org>");
            if (where.equals("RCPT")) {
                smtp.expect(expected, "RCPT TO:<" + recipient + ">");
                return;
            }
            smtp.expect("250", "RCPT TO:<" + recipient + ">");
            smtp.expect("354", "DATA");
            smtp.raw(message("ann@example.org", "failing") + ".\r\n");
            smtp.expect(expected);
        }
    }

    @Test
    void aFailureCanBeAskedForAtMail() throws Exception {
        try (SmtpTalk smtp = server.smtp("smtp").hello()) {
            smtp.expect("451 4.0.0", "MAIL FROM:<mailfromtemperror@example.org>");
            smtp.expect("250", "MAIL FROM:<temperror@example.org>");
        }
    }

    @Test
    void usersSubmitAfterLoggingInOnly() throws Exception {
        try (SmtpTalk smtp = server.smtp("submission").hello()) {
            smtp.expect("530 5.7.0", "MAIL FROM:<" + USER + ">");
            smtp.expect("535 5.7.8", "AUTH PLAIN AG1veEBsb2NhbGhvc3QAd3Jvbmd3cm9uZw==");
            smtp.expect("535 5.7.8", "AUTH PLAIN AG5vYm9keUBsb2NhbGhvc3QAd3Jvbmd3cm9uZw==");
            smtp.login(USER, Localserve.PASSWORD);
            smtp.expect("250", "MAIL FROM:<" + USER + ">");
        }
    }

    @Test
    void whatASubmittedMessageLacksIsAdded() throws Exception {
        String bare = "From: <" + USER + ">\r\nSubject: bare\r\n\r\nhello\r\n";
        try (Socket socket = server.secure(server.connect("submissions"));
                SmtpTalk smtp = SmtpTalk.greeted(socket).login(USER, Localserve.PASSWORD)) {
            String reply = smtp.send(USER, bare, "friend@elsewhere.example");
            assertTrue(reply.startsWith("250"), reply);
        }
        String stored = onlyMessage();
        assertTrue(stored.endsWith(bare), stored);
        String prefix = stored.substring(0, stored.length() - bare.length());
        assertTrue(
                Pattern.compile("\r\nMessage-Id: <[A-Za-z0-9_-]{22}@localhost>\r\n")
                        .matcher(prefix)
                        .find(),
                prefix);
        assertTrue(prefix.contains("\r\nDate: "), prefix);
        assertTrue(prefix.contains("auth=pass smtp.mailfrom=" + USER), prefix);
        assertTrue(prefix.contains("with ESMTPSA id"), prefix);
        assertTrue(prefix.contains("(TLSv1.3 "), prefix);
        assertFalse(prefix.contains("client.example"), "a user's host name is kept to ourselves");
    }

    @Test
    void whatASubmittedMessageHasIsLeftAlone() throws Exception {
        try (SmtpTalk smtp = server.smtp("submission").login(USER, Localserve.PASSWORD)) {
            assertTrue(smtp.send(USER, message(USER, "whole"), "you@localhost").startsWith("250"));
        }
        String stored = onlyMessage();
        assertEquals(stored.indexOf("Message-Id:"), stored.lastIndexOf("Message-Id:"));
        assertEquals(stored.indexOf("\r\nDate:"), stored.lastIndexOf("\r\nDate:"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Subject: no author\\r\\n\\r\\nx\\r\\n | 550 5.6.0",
                "From: <mox@localhost>\\r\\nFrom: <mox@localhost>\\r\\n\\r\\nx\\r\\n | 550 5.6.0",
                "From: <mox@localhost>, <b@localhost>\\r\\n\\r\\nx\\r\\n | 550 5.6.0",
                "From: nonsense\\r\\n\\r\\nx\\r\\n | 550 5.6.0",
                "From: <mox@localhost>\\r\\nSubject: no body\\r\\n | 554 5.6.0",
                "From: <mox@localhost>\\r\\nSubject: empty body\\r\\n\\r\\n | 250 2.0.0",
            })
    void aSubmittedMessageHasOneAuthorAndABody(String message, String expected) throws Exception {
        try (SmtpTalk smtp = server.smtp("submission").login(USER, Localserve.PASSWORD)) {
            String reply = smtp.send(USER, message.replace("\\r\\n", "\r\n"), "you@localhost");
            assertTrue(reply.startsWith(expected), reply);
        }
    }

    @Test
    void startTlsForgetsAndProtects() throws Exception {
        try (SmtpTalk plain = server.smtp("submission").hello()) {
            plain.expect("220", "STARTTLS");
            try (Socket secured = server.secure(plain.socket());
                    SmtpTalk smtp = new SmtpTalk(secured)) {
                smtp.expect("503", "MAIL FROM:<" + USER + ">");
                String extensions = smtp.expect("250", "EHLO client.example");
                assertTrue(extensions.contains("SCRAM-SHA-256-PLUS"), extensions);
                assertFalse(extensions.contains("STARTTLS"), extensions);
            }
        }
    }

    @Test
    void anAppendedMessageIsTheSameToEverybody() throws Exception {
        String message = message("ann@example.org", "appended");
        try (ImapTalk imap = server.imap()) {
            int octets = message.getBytes(StandardCharsets.ISO_8859_1).length;
            imap.raw("a APPEND Inbox (\\Seen) {" + octets + "}\r\n");
            assertTrue(imap.line().startsWith("+"));
            imap.raw(message + "\r\n");
            assertTrue(imap.line().startsWith("a OK [APPENDUID"));
        }
        assertEquals(message, onlyMessage());
    }
}
