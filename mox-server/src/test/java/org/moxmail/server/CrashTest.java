package org.moxmail.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.moxmail.server.testing.ChildServer;
import org.moxmail.server.testing.ImapTalk;
import org.moxmail.server.testing.SmtpTalk;

/** A message that was acknowledged is there, byte for byte, when the process is killed at any moment afterwards. */
class CrashTest {
    private static final int ROUNDS = 10;
    private static final int CLIENTS = 3;
    private static final Pattern LITERAL = Pattern.compile("BODY\\[\\] \\{(\\d+)\\}\r\n");

    @TempDir
    Path directory;

    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();

    @Test
    @Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatWasAcknowledgedSurvivesBeingKilled() throws Exception {
        long seed = new java.security.SecureRandom().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            String what = "round " + round + " of seed " + seed;
            try (ChildServer child = ChildServer.start(directory)) {
                verify(child, what);
                load(child, round, random);
                child.kill();
            }
        }
        try (ChildServer child = ChildServer.start(directory)) {
            verify(child, "after seed " + seed);
            assertEquals(15, child.terminate());
        }
        assertTrue(acknowledged.size() >= ROUNDS, "acknowledged " + acknowledged.size());
    }

    /** Clients send until the server dies, which it does some time after a number of acknowledgements. */
    private void load(ChildServer child, int round, Random random) throws InterruptedException {
        CountDownLatch enough = new CountDownLatch(1 + random.nextInt(25));
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int client = 0; client < CLIENTS; client++) {
                String name = "r" + round + "c" + client;
                Random contents = new Random(random.nextLong());
                clients.execute(() -> send(child, name, contents, enough));
            }
            enough.await();
            child.kill();
        }
    }

    private void send(ChildServer child, String name, Random random, CountDownLatch enough) {
        try (SmtpTalk smtp = SmtpTalk.greeted(child.connect("SMTP")).hello()) {
            for (int i = 0; ; i++) {
                String id = name + "m" + i;
                String message = "Subject: " + id + "\r\n\r\n" + body(random);
                if (!smtp.send("a@example.org", message, "you@localhost").startsWith("250")) {
                    return;
                }
                acknowledged.put(id, message);
                enough.countDown();
            }
        } catch (IOException | AssertionError e) {
            // The server was killed while this client waited for it. If that was too early, the test waits in vain.
            return;
        }
    }

    /** Of any size up to a few files' worth, so that both ways of keeping octets are met. */
    private static String body(Random random) {
        StringBuilder body = new StringBuilder();
        int lines = 1 + random.nextInt(random.nextInt(4) == 0 ? 1500 : 40);
        for (int i = 0; i < lines; i++) {
            body.append(Long.toHexString(random.nextLong()))
                    .append("x".repeat(random.nextInt(50)))
                    .append("\r\n");
        }
        return body.toString();
    }

    private void verify(ChildServer child, String what) throws IOException {
        try (ImapTalk imap = ImapTalk.loggedIn(child.connect("IMAP"))) {
            imap.ok("SELECT Inbox");
            String all = imap.ok("UID FETCH 1:* (BODY.PEEK[])");
            Map<String, String> found = new ConcurrentHashMap<>();
            Matcher literal = LITERAL.matcher(all);
            int from = 0;
            while (literal.find(from)) {
                int end = literal.end() + Integer.parseInt(literal.group(1));
                String message = all.substring(literal.end(), end);
                int subject = message.indexOf("Subject: ");
                String id = message.substring(subject + 9, message.indexOf("\r\n", subject));
                found.put(id, message.substring(subject));
                from = end;
            }
            acknowledged.forEach((id, message) -> assertEquals(message, found.get(id), what + ": message " + id));
        }
    }
}
