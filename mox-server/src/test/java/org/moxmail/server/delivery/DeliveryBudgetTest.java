package org.moxmail.server.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.moxmail.server.boot.Environment;
import org.moxmail.server.testing.RunningServer;
import org.moxmail.server.testing.SmtpTalk;
import org.moxmail.smtp.testing.InMemorySocket;
import org.moxmail.store.kv.KvEngine;
import org.moxmail.store.testing.FaultyFiles;
import org.moxmail.time.Timing;

/** What a server may spend on a message, from the socket to the disk. Counted, not timed: a slip is seen on any machine. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeliveryBudgetTest {
    private static final int SMALL = 4 << 10;
    private static final int LARGE = 2 << 20;

    /** A commit, which holds the octets of a small message too. */
    private static final int SYNCS_PER_SMALL = 1;

    /** The message's file and the directory that names it, before the commit. */
    private static final int SYNCS_PER_LARGE = 3;

    /** Replies to MAIL, RCPT and DATA that came together, and the one that says that the message is ours. */
    private static final int WRITES = 2;

    /**
     * A message of 4 KiB passes a read buffer (8 KiB), the spool, a row and the engine's log; besides there are the parse with
     * its strings, a log line, and the pages of tables that are copied by each commit, which are most of it. The client's
     * share is in it. A third above what it takes.
     */
    private static final long OCTETS_PER_SMALL = 300 << 10;

    private static final int WARM_UP = 100;
    private static final int MESSAGES = 200;
    private static final Timing TIMING = Timing.system();

    @TempDir
    Path directory;

    private static String message(int size, int number) {
        StringBuilder text = new StringBuilder("From: Ann <ann@example.org>\r\nTo: <you@localhost>\r\nSubject: budget ")
                .append(number)
                .append("\r\nDate: Tue, 24 Nov 2026 10:00:00 +0000\r\nMessage-Id: <budget")
                .append(number)
                .append("@example.org>\r\n\r\n");
        while (text.length() < size) {
            text.append("The quick brown fox jumps over the lazy dog.\r\n");
        }
        return text.append(".\r\n").toString();
    }

    private static InMemorySocket.Pair connect(RunningServer server) throws InterruptedException {
        InMemorySocket.Pair pair = InMemorySocket.pair(TIMING);
        server.server().adopt("smtp", pair.server());
        return pair;
    }

    private static void deliver(SmtpTalk smtp, String message) throws Exception {
        smtp.raw("MAIL FROM:<ann@example.org>\r\nRCPT TO:<you@localhost>\r\nDATA\r\n");
        smtp.expect("250");
        smtp.expect("250");
        smtp.expect("354");
        smtp.raw(message);
        smtp.expect("250 2.0.0 delivered");
    }

    @ParameterizedTest
    @CsvSource({SMALL + ", " + SYNCS_PER_SMALL, LARGE + ", " + SYNCS_PER_LARGE})
    void aDeliverySyncsSoOften(int size, int syncs) throws Exception {
        FaultyFiles files = new FaultyFiles();
        Environment environment = Environment.standard().withStore(files, KvEngine.xodus(8 << 20, TIMING, files));
        try (RunningServer server = RunningServer.start(directory, settings -> settings, environment);
                SmtpTalk smtp = SmtpTalk.greeted(connect(server).client()).hello()) {
            // The first makes the mailbox's and the messages' directories.
            deliver(smtp, message(size, 0));
            long before = files.syncs();
            for (int i = 1; i <= 20; i++) {
                deliver(smtp, message(size, i));
            }
            assertEquals(20L * syncs, files.syncs() - before);
        }
    }

    @Test
    void aMessageTakesTwoWritesToTheSocket() throws Exception {
        try (RunningServer server = RunningServer.start(directory)) {
            InMemorySocket.Pair pair = connect(server);
            try (SmtpTalk smtp = SmtpTalk.greeted(pair.client()).hello()) {
                long before = pair.server().writes();
                for (int i = 0; i < 10; i++) {
                    deliver(smtp, message(SMALL, i));
                }
                assertEquals(10L * WRITES, pair.server().writes() - before);
            }
        }
    }

    @Test
    void aSmallMessageAllocatesSoMuch() throws Exception {
        try (RunningServer server = RunningServer.start(directory);
                SmtpTalk smtp = SmtpTalk.greeted(connect(server).client()).hello()) {
            for (int i = 0; i < WARM_UP; i++) {
                deliver(smtp, message(SMALL, i));
            }
            long before = allocated();
            for (int i = 0; i < MESSAGES; i++) {
                deliver(smtp, message(SMALL, WARM_UP + i));
            }
            long spent = (allocated() - before) / MESSAGES;
            assertTrue(spent <= OCTETS_PER_SMALL, () -> spent + " octets of " + OCTETS_PER_SMALL);
        }
    }

    /** Octets, by all threads. */
    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes();
    }
}
