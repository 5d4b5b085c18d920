package org.moxmail.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.moxmail.server.boot.Environment;
import org.moxmail.server.testing.ImapTalk;
import org.moxmail.server.testing.RunningServer;
import org.moxmail.server.testing.SmtpTalk;
import org.moxmail.store.StoreFiles;
import org.moxmail.store.StoreLimits;
import org.moxmail.store.kv.KvEngine;
import org.moxmail.time.Timing;

/** A message that can't be stored is refused for a later attempt, with the reason, and is neither lost nor half there. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StorageFailureTest {
    private static final String LARGE = "Subject: large\r\n\r\n" + "0123456789\r\n".repeat(20_000);

    @TempDir
    Path directory;

    private final Logger logger = Logger.getLogger("org.moxmail.server");

    @BeforeEach
    void expectErrors() {
        logger.setLevel(Level.OFF);
    }

    @AfterEach
    void expectNone() {
        logger.setLevel(null);
    }

    @ParameterizedTest
    @CsvSource({"No space left on device, 452 4.3.1", "Input/output error, 451 4.3.0"})
    void aDiskThatFailsIsToldAndWhenItWorksAgainSoDoesDelivery(String failure, String expected) throws Exception {
        FailingFiles files = new FailingFiles();
        Environment environment = Environment.standard().withStore(files, KvEngine.xodus(8 << 20, Timing.system()));
        try (RunningServer server = RunningServer.start(directory, settings -> settings, environment);
                SmtpTalk smtp = server.smtp("smtp").hello();
                ImapTalk imap = server.imap()) {
            files.failure = failure;
            String refused = smtp.send("a@example.org", LARGE, "you@localhost");
            assertTrue(refused.startsWith(expected), refused);
            assertEquals(0, imap.count("Inbox"));
            files.failure = null;
            assertTrue(smtp.send("a@example.org", LARGE, "you@localhost").startsWith("250"));
            assertEquals(1, imap.count("Inbox"));
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
            assertTrue(smtp.send("a@example.org", "Subject: small\r\n\r\nx\r\n", "you@localhost")
                    .startsWith("250"));
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

    /** The machine's files, where making a new one fails when told. */
    private static final class FailingFiles implements StoreFiles {
        private final StoreFiles real = StoreFiles.real();
        private volatile @Nullable String failure;

        @Override
        public NewFile create(Path file) throws IOException {
            String message = failure;
            if (message != null) {
                throw new IOException(message);
            }
            return real.create(file);
        }

        @Override
        public SyncedFile append(Path file, long length) throws IOException {
            return real.append(file, length);
        }

        @Override
        public int read(Path file, long position, byte[] into, int offset, int length) throws IOException {
            return real.read(file, position, into, offset, length);
        }

        @Override
        public @Nullable Closeable tryLock(Path path) throws IOException {
            return real.tryLock(path);
        }

        @Override
        public void createDirectories(Path path) throws IOException {
            real.createDirectories(path);
        }

        @Override
        public ReadableFile open(Path file) throws IOException {
            return real.open(file);
        }

        @Override
        public void link(Path existing, Path name) throws IOException {
            real.link(existing, name);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            real.rename(from, to);
        }

        @Override
        public boolean delete(Path file) throws IOException {
            return real.delete(file);
        }

        @Override
        public List<Path> list(Path path) throws IOException {
            return real.list(path);
        }

        @Override
        public void syncDirectory(Path path) throws IOException {
            real.syncDirectory(path);
        }

        @Override
        public long size(Path file) throws IOException {
            return real.size(file);
        }

        @Override
        public boolean isDirectory(Path path) throws IOException {
            return real.isDirectory(path);
        }

        @Override
        public Closeable lock(Path path) throws IOException {
            return real.lock(path);
        }
    }
}
