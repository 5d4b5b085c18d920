package org.moxmail.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.moxmail.server.boot.Environment;
import org.moxmail.server.boot.OfflineData;
import org.moxmail.server.boot.ServerSettings;
import org.moxmail.server.boot.StartException;
import org.moxmail.server.directory.DirectorySettings;
import org.moxmail.server.directory.DomainSettings;
import org.moxmail.server.testing.ImapTalk;
import org.moxmail.server.testing.RunningServer;
import org.moxmail.server.testing.SmtpTalk;
import org.moxmail.store.Account;
import org.moxmail.store.StoreLimits;
import org.moxmail.store.kv.KvEngine;
import org.moxmail.store.testing.FaultyFiles;
import org.moxmail.time.Timing;

/**
 * A disk in trouble keeps nobody from reading, loses and doubles nothing, is told to whoever wants to write, and when it
 * works again so does everything, without anybody's help.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StorageFailureTest {
    private static final String SMALL = "Subject: small\r\n\r\nx\r\n";
    private static final String LARGE = "Subject: large\r\n\r\n" + "0123456789\r\n".repeat(20_000);

    @TempDir
    Path directory;

    private final Logger logger = Logger.getLogger("org.moxmail.server");
    private final ConcurrentLinkedQueue<String> logged = new ConcurrentLinkedQueue<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            logged.add(line.getLevel() + " " + line.getMessage() + " " + Arrays.toString(line.getParameters()) + " "
                    + line.getThrown());
        }

        @Override
        public void flush() {
            // Nothing is kept back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    @BeforeEach
    void expectErrors() {
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
        Logger.getLogger("jetbrains.exodus").setLevel(Level.OFF);
        Logger.getLogger("org.moxmail.imap").setLevel(Level.OFF);
    }

    @AfterEach
    void expectNone() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
        Logger.getLogger("jetbrains.exodus").setLevel(null);
        Logger.getLogger("org.moxmail.imap").setLevel(null);
    }

    /** What can be wrong with a disk. */
    enum Trouble {
        FULL("452 4.3.1", "OVERQUOTA", true),
        /** Nothing at all works, reading included. */
        FAILING("451 4.3.0", "UNAVAILABLE", false),
        READ_ONLY("451 4.3.0", "UNAVAILABLE", true);

        private final String reply;
        private final String code;
        private final boolean readable;

        /**
         * @param reply to a delivery
         * @param code of the answer to a command that writes
         */
        Trouble(String reply, String code, boolean readable) {
            this.reply = reply;
            this.code = code;
            this.readable = readable;
        }

        void begin(FaultyFiles files) {
            switch (this) {
                case FULL -> files.fill();
                case FAILING -> files.failAt(0, true);
                case READ_ONLY -> files.writeProtect();
            }
        }
    }

    private static Environment on(FaultyFiles files) {
        return Environment.standard().withStore(files, KvEngine.xodus(8 << 20, Timing.system(), files));
    }

    private static String append(String message) {
        return "APPEND Drafts {" + message.length() + "+}\r\n" + message;
    }

    private static void refusesToWrite(String code, ImapTalk imap, String... commands) throws IOException {
        for (String command : commands) {
            String said = imap.command(command);
            assertTrue(said.lines().anyMatch(line -> line.matches("t\\d+ NO \\[" + code + "\\] .*")), said);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDiskInTroubleIsToldAndReadFromAndWhenItWorksAgainSoDoesEverything(Trouble trouble) throws Exception {
        FaultyFiles files = new FaultyFiles();
        try (RunningServer server = RunningServer.start(directory, settings -> settings, on(files));
                SmtpTalk smtp = server.smtp("smtp").hello();
                ImapTalk imap = server.imap()) {
            assertTrue(smtp.send("a@example.org", SMALL, "you@localhost").startsWith("250"));
            assertTrue(smtp.send("a@example.org", LARGE, "you@localhost").startsWith("250"));
            imap.ok("SELECT Inbox");

            trouble.begin(files);
            for (String message : List.of(SMALL, LARGE, SMALL)) {
                String refused = smtp.send("a@example.org", message, "you@localhost");
                assertTrue(refused.startsWith(trouble.reply), refused);
            }
            refusesToWrite(
                    trouble.code,
                    imap,
                    append(SMALL),
                    append(LARGE),
                    "STORE 1 +FLAGS (\\Flagged)",
                    "COPY 1:2 Drafts",
                    "CREATE new",
                    "UID EXPUNGE 7");
            if (trouble.readable) {
                readsBoth(imap);
                try (ImapTalk another = server.imap()) {
                    assertEquals(2, another.count("Inbox"));
                }
            }

            files.heal();
            readsBoth(imap);
            for (String message : List.of(SMALL, LARGE)) {
                assertTrue(smtp.send("a@example.org", message, "you@localhost").startsWith("250"));
                imap.ok(append(message));
            }
            imap.ok("STORE 1 +FLAGS (\\Flagged)");
            imap.ok("COPY 1:2 Drafts");
            imap.ok("CREATE new");
            assertEquals(4, imap.count("Inbox"));
            assertEquals(4, imap.count("Drafts"));
            assertTrue(imap.ok("FETCH 1 (FLAGS)").contains("\\Flagged"));
        }
        verifyData(on(files), "mox");
    }

    private static void readsBoth(ImapTalk imap) throws IOException {
        assertTrue(imap.message(1).endsWith(SMALL));
        assertTrue(imap.message(2).endsWith(LARGE));
    }

    private void verifyData(Environment environment, String... names) throws Exception {
        try (OfflineData data = OfflineData.open(directory, environment)) {
            for (String name : names) {
                try (Account account = data.store().account(name)) {
                    assertEquals(List.of(), account.verify());
                }
            }
        }
    }

    @Test
    void aDirectoryThatCantBeWrittenIsNamedAtTheStart() {
        FaultyFiles files = new FaultyFiles();
        files.writeProtect();
        StartException refused = assertThrows(
                StartException.class, () -> RunningServer.start(directory, settings -> settings, on(files)));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains(directory.toString()), message);
        assertEquals(1, message.lines().count());
    }

    private static ServerSettings twoUsers(ServerSettings settings) {
        DomainSettings domain = new DomainSettings(settings.hostName(), Map.of("mox", "mox", "ann", "ann"), null, "+");
        return settings.withAddresses(new DirectorySettings(List.of(domain), "mox", null));
    }

    @Test
    void aDamagedAccountIsNamedAndTheOthersGoOn() throws Exception {
        try (RunningServer server = RunningServer.start(directory, StorageFailureTest::twoUsers);
                SmtpTalk smtp = server.smtp("smtp").hello()) {
            assertTrue(smtp.send("a@example.org", SMALL, "ann@localhost").startsWith("250"));
        }
        damage(directory.resolve("data/accounts/ann/db"));
        try (RunningServer server = RunningServer.start(directory, StorageFailureTest::twoUsers);
                SmtpTalk smtp = server.smtp("smtp").hello();
                ImapTalk imap = server.imap()) {
            String refused = smtp.send("a@example.org", SMALL, "ann@localhost");
            assertTrue(refused.startsWith("451 4.3.0"), refused);
            assertTrue(smtp.send("a@example.org", SMALL, "mox@localhost").startsWith("250"));
            assertEquals(1, imap.count("Inbox"));
        }
        assertTrue(
                logged.stream().anyMatch(line -> line.startsWith("SEVERE") && line.contains("ann")), logged.toString());
        verifyData(Environment.standard(), "mox");
    }

    /** Every octet of the tables is another one. */
    private static void damage(Path tables) throws IOException {
        try (Stream<Path> files = Files.list(tables)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".xd")).toList()) {
                byte[] octets = Files.readAllBytes(file);
                for (int i = 0; i < octets.length; i++) {
                    octets[i] ^= 0x55;
                }
                Files.write(file, octets);
            }
        }
    }

    @Test
    void aFullMailboxRefusesWhatDoesNotFitAndTakesWhatDoes() throws Exception {
        try (RunningServer server = RunningServer.start(
                        directory,
                        settings -> settings.withEngines(settings.engines()
                                .withStore(quota(settings.engines().store(), 10_000))));
                SmtpTalk smtp = server.smtp("smtp").hello();
                ImapTalk imap = server.imap()) {
            String refused = smtp.send("a@example.org", LARGE, "you@localhost");
            assertTrue(refused.startsWith("452 4.2.2"), refused);
            refusesToWrite("OVERQUOTA", imap, append(LARGE));
            assertTrue(smtp.send("a@example.org", SMALL, "you@localhost").startsWith("250"));
            assertEquals(1, imap.count("Inbox"));
        }
    }

    private static StoreLimits quota(StoreLimits limits, long bytes) {
        return new StoreLimits(
                limits.messageBytes(),
                limits.rowBytes(),
                bytes,
                limits.messagesPerWrite(),
                limits.keywordsPerMailbox(),
                limits.mailboxes(),
                limits.queuedChanges(),
                limits.groupedWrites(),
                limits.groupedBytes(),
                limits.deliveryKeys(),
                limits.deliveryKeyAge(),
                limits.idle(),
                limits.cacheBytes());
    }
}
