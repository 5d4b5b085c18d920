package org.moxmail.server.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.moxmail.server.testing.ImapTalk;
import org.moxmail.server.testing.RunningServer;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StoredPreviewTest {
    private static final String LARGE =
            "Subject: large\r\n\r\nThe meeting is at noon.\r\n" + "0123456789\r\n".repeat(200_000);

    @TempDir
    Path directory;

    // RFC 8970 §1: previews are for lists of messages, for which reading every message would be too much.
    @Test
    void aPreviewThatIsStoredIsToldWithoutTheMessage() throws Exception {
        Logger engine = Logger.getLogger("org.moxmail");
        engine.setLevel(Level.OFF);
        try (RunningServer server = RunningServer.start(directory);
                ImapTalk imap = server.imap()) {
            imap.raw("a APPEND Inbox {" + LARGE.length() + "+}\r\n" + LARGE + "\r\n");
            assertTrue(imap.line().startsWith("a OK"));
            imap.ok("SELECT Inbox");
            loseMessages();
            String broken = imap.command("FETCH 1 (BODY.PEEK[])");
            assertTrue(broken.contains(" NO ") || broken.contains("EXPUNGEISSUED"), broken);
            String told = imap.ok("FETCH 1 (PREVIEW ENVELOPE BODYSTRUCTURE)");
            assertTrue(told.contains(" PREVIEW ") && told.contains("The meeting is at noon."), told);
            assertTrue(imap.ok("SEARCH SUBJECT large").contains("* SEARCH 1"));
        } finally {
            engine.setLevel(null);
        }
    }

    /** Deletes the files of messages under the server's eyes. */
    private void loseMessages() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("data/accounts/mox/msg"))) {
            List<Path> messages = files.filter(Files::isRegularFile).toList();
            assertEquals(1, messages.size());
            Files.delete(messages.getFirst());
        }
    }
}
