package org.moxmail.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.moxmail.imap.testing.SocketPair;
import org.moxmail.server.boot.Environment;
import org.moxmail.server.boot.ListenerSettings;
import org.moxmail.server.boot.MoxServer;
import org.moxmail.server.boot.ServerSettings;
import org.moxmail.server.testing.ImapTalk;
import org.moxmail.server.testing.RunningServer;
import org.moxmail.server.testing.SeededThreads;
import org.moxmail.server.testing.SmtpTalk;
import org.moxmail.store.kv.KvEngine;
import org.moxmail.store.testing.FaultyFiles;
import org.moxmail.time.testing.FakeTiming;

/**
 * The whole server in a world where a seed decides whose turn it is: two clients deliver while a third hears of it in IDLE.
 * What can go wrong between threads can be repeated with its seed.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SeededInterleavingTest {
    private static final int MESSAGES = 3;
    private static final int SENDERS = 2;

    @TempDir
    Path directory;

    @Test
    void oneSeedInterleavesAlikeAndAnotherDifferently() throws Exception {
        // What the first run loads, the others find loaded.
        run(0);
        List<String> first = run(1);
        assertTrue(first.size() > 100, "only " + first.size() + " events");
        assertEquals(first, run(1));
        assertNotEquals(first, run(2));
    }

    @Test
    void everyInterleavingDeliversAndTells() throws Exception {
        long seed = new SecureRandom().nextLong();
        Set<List<String>> different = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            try {
                different.add(run(seed + i));
            } catch (Exception | AssertionError e) {
                throw new AssertionError("seed " + (seed + i), e);
            }
        }
        assertTrue(different.size() > 15, different.size() + " different ones");
    }

    private List<String> run(long seed) throws Exception {
        FakeTiming timing = FakeTiming.at("2026-01-01T00:00:00Z");
        SeededThreads threads = new SeededThreads(seed, timing);
        Environment environment = Environment.standard()
                .withTiming(timing)
                .withThreads(threads.factory())
                .withRandom(new Repeatable(seed))
                .withStore(new FaultyFiles(), KvEngine.memory(timing));
        Logger logger = Logger.getLogger("org.moxmail.server");
        Handler notes = new Notes(threads);
        logger.addHandler(notes);
        logger.setLevel(Level.FINE);
        logger.setUseParentHandlers(false);
        try {
            threads.run(() -> {
                play(environment, threads);
                return null;
            });
        } finally {
            logger.removeHandler(notes);
            logger.setLevel(null);
            logger.setUseParentHandlers(true);
        }
        return threads.trace();
    }

    private void play(Environment environment, SeededThreads threads) throws Exception {
        try (MoxServer server = MoxServer.start(withoutSockets(), environment)) {
            CountDownLatch ended = new CountDownLatch(SENDERS + 1);
            CountDownLatch listening = new CountDownLatch(1);
            threads.factory()
                    .newThread(() ->
                            task(threads, ended, () -> listen(connect(server, environment, "imap"), listening)))
                    .start();
            for (int i = 0; i < SENDERS; i++) {
                String name = "sender" + i;
                threads.factory()
                        .newThread(() -> task(threads, ended, () -> {
                            listening.await();
                            send(connect(server, environment, "smtp"), name);
                        }))
                        .start();
            }
            ended.await();
            assertEquals(
                    List.of(),
                    threads.trace().stream()
                            .filter(event -> event.startsWith("failed "))
                            .toList());
        }
    }

    /** As localserve has it, but nothing is bound. */
    private ServerSettings withoutSockets() {
        ServerSettings settings = RunningServer.settings(directory);
        List<ListenerSettings> listeners = settings.listeners().stream()
                .map(listener -> new ListenerSettings(
                        listener.name(), listener.service(), List.of(), 0, listener.security(), true, listener.alpn()))
                .toList();
        return settings.withListeners(listeners);
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void task(SeededThreads threads, CountDownLatch ended, Work work) {
        try {
            work.run();
        } catch (Exception | AssertionError e) {
            threads.note("failed " + e);
        } finally {
            ended.countDown();
        }
    }

    private static Socket connect(MoxServer server, Environment environment, String listener)
            throws InterruptedException {
        SocketPair pair = new SocketPair(environment.timing());
        server.adopt(listener, pair.server());
        return pair.client();
    }

    private static void send(Socket socket, String name) throws IOException {
        try (SmtpTalk smtp = SmtpTalk.greeted(socket).hello()) {
            for (int i = 0; i < MESSAGES; i++) {
                String reply = smtp.send("a@example.org", "Subject: " + name + i + "\r\n\r\nx\r\n", "you@localhost");
                assertTrue(reply.startsWith("250"), reply);
            }
            smtp.expect("221", "QUIT");
        }
    }

    private static void listen(Socket socket, CountDownLatch listening) throws IOException {
        try (ImapTalk imap = ImapTalk.loggedIn(socket)) {
            imap.ok("SELECT Inbox");
            imap.raw("i IDLE\r\n");
            assertTrue(imap.line().startsWith("+"));
            listening.countDown();
            String last = "* " + SENDERS * MESSAGES + " EXISTS";
            for (String line = imap.line(); !line.equals(last); line = imap.line()) {
                assertTrue(line.startsWith("* "), line);
            }
            imap.raw("DONE\r\n");
            for (String line = imap.line(); !line.startsWith("i OK"); line = imap.line()) {
                assertTrue(line.startsWith("* "), line);
            }
            String all = imap.ok("UID FETCH 1:* (BODY.PEEK[HEADER.FIELDS (SUBJECT)])");
            for (int i = 0; i < MESSAGES; i++) {
                assertTrue(all.contains("Subject: sender0" + i) && all.contains("Subject: sender1" + i), all);
            }
        }
    }

    /** Log lines as events, without what differs between any two runs. */
    private static final class Notes extends Handler {
        private final SeededThreads threads;

        Notes(SeededThreads threads) {
            this.threads = threads;
            setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord line) {
            threads.note(line.getLoggerName() + " " + line.getMessage());
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    /** Chance that repeats. */
    private static final class Repeatable extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final transient Random random;

        Repeatable(long seed) {
            random = new Random(seed);
        }

        @Override
        public void nextBytes(byte[] octets) {
            random.nextBytes(octets);
        }
    }
}
