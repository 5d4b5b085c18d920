package org.moxmail.server.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.imap.server.ImapServerLimits;
import org.moxmail.server.boot.EngineLimits;
import org.moxmail.server.boot.ServerSettings;
import org.moxmail.server.testing.ImapTalk;
import org.moxmail.server.testing.RunningServer;
import org.moxmail.store.StoreLimits;

/** A command for more messages than one write takes is carried out in several, and looks as if it were one. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CutCommandsTest {
    private static final int BATCH = 3;
    private static final int MESSAGES = 11;

    @TempDir
    Path directory;

    private static ServerSettings smallWrites(ServerSettings settings) {
        EngineLimits engines = settings.engines();
        StoreLimits store = StoreLimits.DEFAULT;
        return settings.withEngines(engines.withImap(ImapServerLimits.DEFAULT.withWriteBatch(BATCH))
                .withStore(new StoreLimits(
                        store.messageBytes(),
                        store.rowBytes(),
                        store.quotaBytes(),
                        BATCH,
                        store.keywordsPerMailbox(),
                        store.mailboxes(),
                        store.queuedChanges(),
                        store.groupedWrites(),
                        store.groupedBytes(),
                        store.deliveryKeys(),
                        store.deliveryKeyAge(),
                        store.idle(),
                        store.cacheBytes())));
    }

    private static ImapTalk selected(RunningServer server) throws IOException {
        ImapTalk talk = ImapTalk.loggedIn(server.connect("imap"));
        talk.ok("SELECT Drafts (CONDSTORE)");
        return talk;
    }

    private static void fill(ImapTalk imap) throws IOException {
        for (int i = 1; i <= MESSAGES; i++) {
            String message = "Subject: " + i + "\r\n\r\nx\r\n";
            imap.ok("APPEND Drafts {" + message.length() + "+}\r\n" + message);
        }
        imap.ok("NOOP");
    }

    private static long count(String said, String pattern) {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(said)
                .results()
                .count();
    }

    private static String highest(String said) {
        Matcher highest = Pattern.compile("HIGHESTMODSEQ (\\d+)").matcher(said);
        assertTrue(highest.find(), said);
        return highest.group(1);
    }

    /** All of them, all but some, and by UID. */
    @ParameterizedTest
    @ValueSource(strings = {"EXPUNGE", "UID EXPUNGE 1:*", "UID EXPUNGE 2:9,11"})
    void expunge(String command) throws Exception {
        try (RunningServer server = RunningServer.start(directory, CutCommandsTest::smallWrites);
                ImapTalk imap = selected(server);
                ImapTalk other = selected(server)) {
            fill(imap);
            other.ok("NOOP");
            assertEquals(MESSAGES, count(imap.ok("STORE 1:* +FLAGS (\\Deleted)"), "^\\* \\d+ FETCH"));
            other.ok("NOOP");
            int going = command.contains("2:9") ? 9 : MESSAGES;
            String said = imap.ok(command);
            assertEquals(going, count(said, "^\\* \\d+ EXPUNGE"), said);
            String seen = other.ok("NOOP");
            assertEquals(going, count(seen, "^\\* \\d+ EXPUNGE"), seen);
            assertEquals(MESSAGES - going, imap.count("Drafts"));
            // Both know the same numbers for what is left, and the last write's mod-sequence is the one that is told.
            assertEquals(left(imap), left(other));
            assertEquals(highest(imap.ok("STATUS Drafts (HIGHESTMODSEQ)")), highest(said));
            assertEquals("", left(selected(server)).replaceAll("(?m)^\\* [12] FETCH \\(UID (1|10)\\)\n", ""));
        }
    }

    private static String left(ImapTalk imap) throws IOException {
        StringBuilder left = new StringBuilder();
        imap.ok("UID FETCH 1:* (UID)")
                .lines()
                .filter(line -> line.startsWith("* "))
                .forEach(line -> left.append(line).append('\n'));
        return left.toString();
    }

    @Test
    void expungeOfFewAmongManyIsOneWrite() throws Exception {
        try (RunningServer server = RunningServer.start(directory, CutCommandsTest::smallWrites);
                ImapTalk imap = selected(server)) {
            fill(imap);
            long before = Long.parseLong(highest(
                    imap.ok("STORE 2,5,9 +FLAGS.SILENT (\\Deleted)") + imap.ok("STATUS Drafts (HIGHESTMODSEQ)")));
            assertEquals(before + 1, Long.parseLong(highest(imap.ok("EXPUNGE"))));
        }
    }

    @Test
    void move() throws Exception {
        try (RunningServer server = RunningServer.start(directory, CutCommandsTest::smallWrites);
                ImapTalk imap = selected(server);
                ImapTalk other = selected(server)) {
            fill(imap);
            other.ok("NOOP");
            String said = imap.ok("MOVE 1:* Archive");
            assertEquals(MESSAGES, count(said, "^\\* \\d+ EXPUNGE"), said);
            assertEquals(MESSAGES, count(other.ok("NOOP"), "^\\* \\d+ EXPUNGE"));
            assertEquals(0, imap.count("Drafts"));
            assertEquals(MESSAGES, imap.count("Archive"));
        }
    }
}
