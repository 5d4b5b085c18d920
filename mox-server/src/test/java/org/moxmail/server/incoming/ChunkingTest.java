package org.moxmail.server.incoming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.server.boot.Localserve;
import org.moxmail.server.testing.ImapTalk;
import org.moxmail.server.testing.RunningServer;
import org.moxmail.server.testing.SmtpTalk;

/** CHUNKING and BINARYMIME, RFC 3030, over real sockets and a store on disk. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChunkingTest {
    private static final String HEADER = "From: <mox@localhost>\r\nTo: <you@localhost>\r\nSubject: chunks\r\n"
            + "Date: Tue, 24 Nov 2026 10:00:00 +0000\r\nMessage-Id: <chunks@example.org>\r\nMIME-Version: 1.0\r\n"
            + "Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\n\r\n";

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

    private SmtpTalk talk(String listener) throws Exception {
        SmtpTalk talk = server.smtp(listener);
        return listener.equals("submission") ? talk.login(Localserve.ADDRESS, Localserve.PASSWORD) : talk.hello();
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private void assertStored(String message) throws Exception {
        try (ImapTalk imap = server.imap()) {
            imap.ok("SELECT Inbox");
            String stored = imap.message(1);
            assertTrue(stored.endsWith(message), stored);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"smtp", "submission"})
    void bothAreOffered(String listener) throws Exception {
        try (SmtpTalk smtp = server.smtp(listener)) {
            String offered = smtp.command("EHLO client.example");
            assertTrue(offered.contains("CHUNKING") && offered.contains("BINARYMIME"), offered);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"smtp", "submission"})
    void chunksSentTogetherMakeOneMessage(String listener) throws Exception {
        String body = "one\r\n.\r\ntwo\r\n";
        try (SmtpTalk smtp = talk(listener)) {
            int first = HEADER.length() - 5;
            String message = HEADER + body;
            smtp.raw("MAIL FROM:<mox@localhost>\r\nRCPT TO:<you@localhost>\r\nBDAT " + first + "\r\n"
                    + message.substring(0, first)
                    + "BDAT " + (message.length() - first) + " LAST\r\n" + message.substring(first));
            smtp.expect("250");
            smtp.expect("250");
            smtp.expect("250 2.0.0 " + first + " octets received");
            smtp.expect("250 2.0.0 delivered");
        }
        assertStored(HEADER + body);
    }

    /** RFC 3030 §3: every octet and every sequence of them. */
    @ParameterizedTest
    @ValueSource(ints = {300, 200_000})
    void aBinaryMessageComesBackOctetForOctet(int size) throws Exception {
        StringBuilder body = new StringBuilder("\n\r\r\n\n.\n.\r\n\0\u00ff\r");
        for (int i = 0; body.length() < size; i++) {
            body.append((char) (i * 31 % 256)).append('\n');
        }
        String message = HEADER + body + "\r";
        for (String listener : new String[] {"smtp", "submission"}) {
            try (SmtpTalk smtp = talk(listener)) {
                smtp.expect("250", "MAIL FROM:<mox@localhost> BODY=BINARYMIME");
                smtp.expect("250", "RCPT TO:<you@localhost>");
                smtp.raw("BDAT " + message.length() + " LAST\r\n");
                smtp.raw(octets(message));
                smtp.expect("250 2.0.0 delivered");
            }
        }
        assertStored(message);
        try (ImapTalk imap = server.imap()) {
            imap.ok("SELECT Inbox");
            assertTrue(imap.message(2).endsWith(message));
        }
    }

    @Test
    void textInChunksHasItsLineEndsMended() throws Exception {
        try (SmtpTalk smtp = talk("smtp")) {
            smtp.expect("250", "MAIL FROM:<mox@localhost> BODY=8BITMIME");
            smtp.expect("250", "RCPT TO:<you@localhost>");
            String message = HEADER + "a\nb\n";
            smtp.raw("BDAT " + message.length() + " LAST\r\n" + message);
            smtp.expect("250 2.0.0 delivered");
        }
        assertStored(HEADER + "a\r\nb\r\n");
    }

    @Test
    void aBinaryMessageByDataIsRefused() throws Exception {
        try (SmtpTalk smtp = talk("smtp")) {
            smtp.expect("250", "MAIL FROM:<mox@localhost> BODY=BINARYMIME");
            smtp.expect("250", "RCPT TO:<you@localhost>");
            smtp.expect("503 5.5.1", "DATA");
            assertEquals("250 2.0.0 ok", smtp.command("RSET"));
        }
    }
}
