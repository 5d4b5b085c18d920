package org.moxmail.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.moxmail.server.boot.Localserve;
import org.moxmail.server.log.LogLevel;
import org.moxmail.server.log.Logging;
import org.moxmail.server.testing.ImapTalk;
import org.moxmail.server.testing.RunningServer;
import org.moxmail.server.testing.SmtpTalk;

/** What logs show of conversations: passwords and mail only when asked for. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TraceTest {
    private static final String SECRET_OF_THE_MAIL = "nobody-else-reads-this";
    /** AUTH PLAIN's message in base64. */
    private static final String ENCODED = "bW94bW94bW94";

    @TempDir
    Path directory;

    @SuppressWarnings("try") // What is opened is only to be closed again.
    private String log(LogLevel level) throws Exception {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(octets, true, StandardCharsets.UTF_8);
        try (var logging = Logging.start(stream, level);
                RunningServer server = RunningServer.start(directory)) {
            try (Socket socket = server.secure(server.connect("submissions"));
                    SmtpTalk smtp = SmtpTalk.greeted(socket).login(Localserve.ADDRESS, Localserve.PASSWORD)) {
                String message = "From: <" + Localserve.ADDRESS + ">\r\n\r\n" + SECRET_OF_THE_MAIL + "\r\n";
                assertTrue(
                        smtp.send(Localserve.ADDRESS, message, "you@localhost").startsWith("250"));
            }
            try (ImapTalk imap = server.imap()) {
                imap.ok("SELECT Inbox");
                assertTrue(imap.message(1).contains(SECRET_OF_THE_MAIL));
                imap.raw("a APPEND Drafts {" + SECRET_OF_THE_MAIL.length() + "+}\r\n" + SECRET_OF_THE_MAIL + "\r\n");
                assertTrue(imap.line().startsWith("a OK"));
            }
        }
        return octets.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "info, false, false, false",
        "debug, false, false, false",
        "trace, true, false, false",
        "traceauth, true, true, false",
        "tracedata, true, true, true",
    })
    void aLevelShowsWhatItsNameSays(String word, boolean lines, boolean passwords, boolean mail) throws Exception {
        String log = log(LogLevel.named(word).orElseThrow());
        assertEquals(lines, log.contains("C: MAIL FROM:") && log.contains("S: 250"), log);
        assertEquals(lines, log.contains("SELECT Inbox"), log);
        assertEquals(passwords, log.contains(Localserve.PASSWORD) && log.contains(ENCODED), log);
        if (!passwords) {
            assertTrue(!log.contains(Localserve.PASSWORD) && !log.contains(ENCODED), log);
        }
        assertEquals(mail, log.contains(SECRET_OF_THE_MAIL), log);
    }
}
