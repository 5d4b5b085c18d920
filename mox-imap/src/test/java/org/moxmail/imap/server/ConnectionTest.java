package org.moxmail.imap.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.moxmail.imap.testing.LineClient;
import org.moxmail.imap.testing.MemoryBackend;
import org.moxmail.imap.testing.SocketPair;
import org.moxmail.imap.testing.TestServer;
import org.moxmail.time.Timing;
import org.moxmail.time.testing.FakeTiming;

/** Slow, hostile and encrypted peers; shutting down; what is told to listeners. */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConnectionTest {
    private final FakeTiming timing = FakeTiming.at("2026-01-01T00:00:00Z");
    private final MemoryBackend backend = new MemoryBackend(timing).user("ann", "secret");
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final List<String> traced = new CopyOnWriteArrayList<>();
    private ImapEvents.Trace level = ImapEvents.Trace.NOTHING;

    private final ImapEvents events = new ImapEvents() {
        @Override
        public void failed(ImapPeer peer, String command, Throwable cause) {
            failures.add(cause);
        }

        @Override
        public void commandDone(ImapPeer peer, String command, Result result, long nanos) {
            done.add(command + " " + result);
        }

        @Override
        public Trace trace(ImapPeer peer) {
            return level;
        }

        @Override
        public void traced(ImapPeer peer, boolean fromClient, String text) {
            traced.add((fromClient ? "C: " : "S: ") + text);
        }
    };

    private @Nullable TestServer server;

    private TestServer server(@Nullable TlsUpgrade tls) {
        TestServer made = new TestServer(backend, ImapOptions.DEFAULT, ImapServerLimits.DEFAULT, tls, timing, events);
        server = made;
        return made;
    }

    @AfterEach
    void everythingIsClosedInTheEnd() {
        if (server != null) {
            server.close();
        }
        assertEquals(List.of(), failures);
        assertEquals(0, backend.openHandles(), "open handles");
    }

    private static LineClient login(LineClient client) throws IOException {
        client.read();
        assertTrue(client.command("l LOGIN ann secret").startsWith("l OK "));
        return client;
    }

    private static void fill(LineClient client, int octets) throws IOException {
        client.raw("f APPEND Inbox {" + octets + "+}\r\n" + "x".repeat(octets) + "\r\n");
        String answer = client.answer("f");
        assertTrue(answer.contains("f OK [APPENDUID"), answer);
    }

    @Test
    void whoNeverReadsIsDisconnected() throws Exception {
        TestServer server = server(null);
        try (LineClient other = login(server.connect())) {
            fill(other, 1_000_000);
        }
        SocketPair pair = new SocketPair(timing, 1000);
        LineClient client = login(new LineClient(server.connect(pair)));
        client.line("s EXAMINE Inbox");
        client.answer("s");
        client.line("f FETCH 1 BODY[]");
        pair.awaitServerStalled();
        timing.awaitWaiters(1);
        Duration stall = ImapServerLimits.DEFAULT.writeStall();
        for (int i = 0; i < 8; i++) {
            timing.advance(stall.dividedBy(4));
        }
        server.join();
        assertTrue(done.contains("fetch BROKEN"), done.toString());
    }

    @Test
    void whoReadsAnOctetASecondIsDisconnectedAndDisturbsNobody() throws Exception {
        TestServer server = server(null);
        LineClient other = login(server.connect());
        fill(other, 1_000_000);
        SocketPair pair = new SocketPair(timing, 1000);
        LineClient slow = login(new LineClient(server.connect(pair)));
        slow.line("s EXAMINE Inbox");
        slow.answer("s");
        slow.line("f FETCH 1 BODY[]");
        pair.awaitServerStalled();
        int seconds = 0;
        while (!hasEnded(slow) && seconds < 1000) {
            if (seconds % 50 == 0) {
                String answer = other.command("o" + seconds + " STATUS Inbox (MESSAGES)");
                assertTrue(answer.contains("MESSAGES 1"), answer);
            }
            // The other one, which waits for a command, and the watchdog.
            timing.awaitWaiters(2);
            timing.advance(Duration.ofSeconds(1));
            seconds++;
        }
        assertTrue(seconds <= 2 * ImapServerLimits.DEFAULT.writeStall().toSeconds(), "after " + seconds + " s");
        other.close();
        server.join();
        assertTrue(done.contains("fetch BROKEN"), done.toString());
    }

    private static boolean hasEnded(LineClient client) throws IOException {
        try {
            return client.read(1).isEmpty();
        } catch (SocketException e) {
            return true;
        }
    }

    @Test
    void whoDripsOctetsMeetsTheCommandsDeadline() throws Exception {
        TestServer server = server(null);
        LineClient client = server.connect();
        client.read();
        client.line("a LOGIN {20}");
        assertTrue(String.valueOf(client.read()).startsWith("+"));
        for (int i = 0; i < 2; i++) {
            client.raw("x");
            timing.awaitWaiters(2);
            timing.advance(Duration.ofSeconds(10));
        }
        client.raw("x");
        timing.awaitWaiters(2);
        timing.advance(Duration.ofSeconds(10));
        assertTrue(String.valueOf(client.read()).startsWith("* BYE"));
        assertNull(client.read());
    }

    @Test
    void whoIsSilentInAnExchangeIsDisconnected() throws Exception {
        TestServer server = server(null);
        LineClient client = server.connect();
        client.read();
        client.line("a AUTHENTICATE PLAIN");
        assertEquals("+ ", client.read());
        timing.awaitWaiters(2);
        timing.advance(Duration.ofSeconds(31));
        assertTrue(String.valueOf(client.read()).startsWith("* BYE"));
        assertNull(client.read());
    }

    @Test
    void aLiteralBeyondMeasureIsRefused() throws Exception {
        TestServer server = server(null);
        LineClient client = login(server.connect());
        assertTrue(client.command("a SELECT {2000000000}").contains("a BAD [TOOBIG]"));
        assertTrue(client.command("b NOOP").startsWith("b OK"));
        assertTrue(client.command("c SELECT {102401}").contains("c BAD [TOOBIG]"));
        // What isn't asked for comes in any case.
        client.line("d SELECT {2000000000+}");
        assertTrue(String.valueOf(client.read()).startsWith("* BYE [ALERT]"));
        assertTrue(String.valueOf(client.read()).startsWith("d BAD [TOOBIG]"));
        assertNull(client.read());
    }

    @Test
    void aHugeMessageIsntReadToRefuseIt() throws Exception {
        TestServer server = server(null);
        backend.quota("ann", 1000);
        LineClient client = login(server.connect());
        assertTrue(client.command("a APPEND Inbox {2000000000}").startsWith("a NO [OVERQUOTA]"));
        assertTrue(client.command("b NOOP").startsWith("b OK"));
        client.raw("c APPEND Inbox {2000+}\r\n" + "x".repeat(2000) + "\r\n");
        assertTrue(client.answer("c").startsWith("c NO [OVERQUOTA]"));
        client.raw("d APPEND Inbox {5+}\r\nhello {2000+}\r\n" + "x".repeat(2000) + "\r\n");
        assertTrue(client.answer("d").startsWith("d NO [OVERQUOTA]"));
        assertTrue(client.command("e STATUS Inbox (MESSAGES)").contains("MESSAGES 0"));
        client.line("f APPEND Inbox {2000000000+}");
        assertTrue(String.valueOf(client.read()).startsWith("* BYE [ALERT]"));
        assertTrue(String.valueOf(client.read()).startsWith("f NO [OVERQUOTA]"));
        assertNull(client.read());
    }

    @Test
    void aLineBeyondMeasureIsPassedOver() throws Exception {
        TestServer server = server(null);
        LineClient client = login(server.connect());
        client.line("a NOOP " + "x".repeat(20_000));
        assertTrue(client.answer("a").startsWith("a BAD [TOOBIG]"));
        assertTrue(client.command("b NOOP").startsWith("b OK"));
    }

    @Test
    void whoClosesOneSideStillGetsTheAnswer() throws Exception {
        TestServer server = server(null);
        LineClient client = login(server.connect());
        client.line("a LIST \"\" Inbox");
        client.finish();
        assertEquals("* LIST () \"/\" Inbox", client.read());
        assertTrue(String.valueOf(client.read()).startsWith("a OK"));
        assertNull(client.read());
        server.join();
    }

    @Test
    void whoClosesWithinACommandLeavesNothingBehind() throws Exception {
        TestServer server = server(null);
        LineClient client = login(server.connect());
        client.raw("a APPEND Inbox {1000+}\r\nhello");
        client.finish();
        assertNull(client.read());
        server.join();
        try (LineClient other = login(server.connect())) {
            assertTrue(other.command("b STATUS Inbox (MESSAGES)").contains("MESSAGES 0"));
        }
    }

    @Test
    void nulsAreNoSyntax() throws Exception {
        TestServer server = server(null);
        LineClient client = login(server.connect());
        client.raw("a SELECT \"in\0box\"\r\n");
        assertTrue(client.answer("a").startsWith("a BAD"));
        client.raw("\0\0\0\r\n");
        assertTrue(String.valueOf(client.read()).startsWith("* BAD"));
        client.raw("b SELECT {3+}\r\na\0b\r\n");
        assertTrue(client.answer("b").startsWith("b BAD"));
        assertTrue(client.command("c NOOP").startsWith("c OK"));
    }

    /** Time in which sleeping takes none, but is remembered. */
    private final class Sleepless implements Timing {
        private final List<Duration> slept = new CopyOnWriteArrayList<>();

        @Override
        public Instant instant() {
            return timing.instant();
        }

        @Override
        public long nanoTime() {
            return timing.nanoTime();
        }

        @Override
        public void sleep(Duration duration) {
            slept.add(duration);
        }

        @Override
        public boolean await(Condition condition, Lock lock, Duration max) throws InterruptedException {
            return timing.await(condition, lock, max);
        }
    }

    @Test
    void whoOnlyGuessesWaitsLongerAndLonger() throws Exception {
        Sleepless sleepless = new Sleepless();
        TestServer made =
                new TestServer(backend, ImapOptions.DEFAULT, ImapServerLimits.DEFAULT, null, sleepless, events);
        server = made;
        LineClient client = made.connect();
        client.read();
        for (int i = 0; i < 6; i++) {
            assertTrue(client.command("a LOGIN ann wrong").startsWith("a NO [AUTHENTICATIONFAILED]"));
        }
        assertTrue(client.command("b LOGIN ann secret").startsWith("b OK"));
        assertEquals(
                List.of(0, 0, 0, 0, 1, 2, 3),
                sleepless.slept.stream().map(slept -> (int) slept.toSeconds()).toList());
    }

    @Test
    void whoOnlyBabblesIsSentAway() throws Exception {
        LineClient babbler = server(null).connect();
        babbler.read();
        babbler.command("a NOOP");
        String heard = "";
        for (int i = 0; i < ImapServerLimits.DEFAULT.badCommands(); i++) {
            babbler.line("a BABBLE");
            heard = String.valueOf(babbler.read());
        }
        assertTrue(heard.startsWith("a BAD"), heard);
        assertTrue(String.valueOf(babbler.read()).startsWith("* BYE"));
        assertNull(babbler.read());
    }

    @Test
    void shuttingDownSaysGoodbyeToThoseWhoWaitAndThoseWhoIdle() throws Exception {
        TestServer server = server(null);
        LineClient fresh = server.connect();
        fresh.read();
        LineClient waiting = login(server.connect());
        waiting.command("s SELECT Inbox");
        LineClient idling = login(server.connect());
        idling.line("i IDLE");
        idling.read();
        // Each waits for its client, IDLE for changes too, and the watchdog.
        timing.awaitWaiters(5);
        timing.advance(Duration.ofSeconds(7));
        assertEquals(Duration.ofSeconds(7), server.connections().get(1).idle());
        server.connections().forEach(ImapConnection::shutDown);
        for (LineClient client : List.of(fresh, waiting, idling)) {
            assertEquals("* BYE shutting down", client.read());
            assertNull(client.read());
        }
        server.join();
    }

    @Test
    void shuttingDownLetsACommandFinish() throws Exception {
        TestServer server = server(null);
        LineClient client = login(server.connect());
        client.raw("a APPEND Inbox {5}\r\n");
        assertTrue(String.valueOf(client.read()).startsWith("+"));
        server.connections().getFirst().shutDown();
        client.raw("hello\r\n");
        assertTrue(client.answer("a").contains("a OK [APPENDUID"));
        assertEquals("* BYE shutting down", client.read());
        assertNull(client.read());
    }

    @Test
    void startTls() throws Exception {
        backend.refusePlaintext(true);
        TestServer server = server(TestTls.upgrade());
        SocketPair pair = new SocketPair(timing);
        LineClient plain = new LineClient(server.connect(pair));
        String greeting = String.valueOf(plain.read());
        assertTrue(greeting.contains(" STARTTLS ") && greeting.contains(" LOGINDISABLED"), greeting);
        assertTrue(plain.command("a LOGIN ann secret").startsWith("a NO [PRIVACYREQUIRED]"));
        assertTrue(plain.command("b AUTHENTICATE PLAIN").startsWith("b NO [PRIVACYREQUIRED]"));
        assertTrue(plain.command("c STARTTLS").startsWith("c OK"));
        LineClient secure = new LineClient(TestTls.client(pair.client()));
        assertTrue(secure.command("d STARTTLS").startsWith("d BAD"));
        String capabilities = secure.command("e CAPABILITY");
        assertTrue(capabilities.contains(" AUTH=PLAIN") && !capabilities.contains("STARTTLS"), capabilities);
        assertTrue(secure.command("f LOGIN ann secret").startsWith("f OK"));
        secure.line("g IDLE");
        assertTrue(String.valueOf(secure.read()).startsWith("+"));
        timing.awaitWaiters(3);
        // Also a reader that is blocked in TLS is sent away politely.
        server.connections().getFirst().shutDown();
        assertEquals("* BYE shutting down", secure.read());
        server.join();
    }

    @Test
    void nothingMayFollowStartTls() throws Exception {
        TestServer server = server(TestTls.upgrade());
        LineClient client = server.connect();
        client.read();
        client.raw("a STARTTLS\r\nb LOGIN ann secret\r\n");
        assertTrue(String.valueOf(client.read()).startsWith("* BYE"));
        assertTrue(String.valueOf(client.read()).startsWith("a BAD"));
        assertNull(client.read());
    }

    @Test
    void aHandshakeThatFailsEndsTheConnection() throws Exception {
        TestServer server = server(TestTls.upgrade());
        LineClient client = server.connect();
        client.read();
        assertTrue(client.command("a STARTTLS").startsWith("a OK"));
        client.raw("this is no TLS, this is no TLS\r\n");
        String heard = client.read();
        while (heard != null) {
            heard = client.read();
        }
        server.join();
    }

    @Test
    void credentialsAndMessagesAreTracedOnlyWhenAsked() throws Exception {
        for (ImapEvents.Trace each : ImapEvents.Trace.values()) {
            level = each;
            traced.clear();
            TestServer server = server(null);
            try (LineClient client = server.connect()) {
                client.read();
                client.line("a AUTHENTICATE PLAIN");
                client.read();
                client.line("AGFubgBzZWNyZXQ=");
                client.answer("a");
                client.command("b LOGIN ann secret");
                client.raw("c APPEND Inbox {8+}\r\nmy words\r\n");
                client.answer("c");
                client.command("d SELECT Inbox");
                client.command("e FETCH 1 BODY.PEEK[]");
                client.command("f LOGOUT");
            }
            server.join();
            String all = String.join("\n", traced);
            boolean auth = each.compareTo(ImapEvents.Trace.AUTH) >= 0;
            boolean data = each == ImapEvents.Trace.DATA;
            assertEquals(each != ImapEvents.Trace.NOTHING, all.contains("C: d SELECT Inbox"), all);
            assertEquals(each != ImapEvents.Trace.NOTHING, all.contains("S: * 1 FETCH (UID 1 BODY[] {8}"), all);
            assertEquals(auth, all.contains("AGFubgBzZWNyZXQ="), all);
            assertEquals(auth, all.contains("LOGIN ann secret"), all);
            assertEquals(data, all.contains("C: my words"), all);
            assertEquals(data, all.contains("S: my words)"), all);
        }
    }

    @Test
    void commandsAreCountedByNameAndResult() throws Exception {
        TestServer server = server(null);
        try (LineClient client = login(server.connect())) {
            client.command("a SELECT Inbox");
            client.command("b UID FETCH 1 FLAGS");
            client.command("c FETCH 1 FLAGS");
            client.command("d SELECT nowhere");
            client.command("e NONSENSE");
            client.command("f LOGOUT");
        }
        server.join();
        assertEquals(
                List.of(
                        "login OK",
                        "select OK",
                        "uid fetch OK",
                        "fetch BAD",
                        "select NO",
                        "(unrecognized) BAD",
                        "logout OK"),
                done);
    }

    @Test
    void disabledCapabilitiesAreNeitherToldNorEnabled() throws Exception {
        ImapOptions options =
                new ImapOptions("mox", "1.2", 1000, Set.of("CONDSTORE", "IDLE", "APPENDLIMIT", "UTF8=ACCEPT"));
        TestServer made = new TestServer(backend, options, ImapServerLimits.DEFAULT, null, timing, events);
        server = made;
        LineClient client = made.connect();
        String greeting = String.valueOf(client.read());
        assertFalse(greeting.contains("CONDSTORE") || greeting.contains(" IDLE") || greeting.contains("APPENDLIMIT"));
        assertEquals(
                "* ID (\"name\" \"mox\")",
                client.command("i ID NIL").lines().findFirst().orElseThrow());
        client.command("l LOGIN ann secret");
        assertEquals(
                "* ENABLED IMAP4rev2",
                client.command("e ENABLE CONDSTORE IMAP4rev2 UTF8=ACCEPT")
                        .lines()
                        .findFirst()
                        .orElseThrow());
        assertEquals(
                "* ID (\"name\" \"mox\" \"version\" \"1.2\")",
                client.command("i ID (\"name\" \"test\")").lines().findFirst().orElseThrow());
        assertTrue(client.command("a APPEND Inbox {1001}").startsWith("a NO [TOOBIG]"));
    }

    @Test
    void aClientThatFellFarBehindLearnsWhatBecameOfItsMailbox() throws Exception {
        TestServer server = server(null);
        LineClient slow = login(server.connect());
        LineClient busy = login(server.connect());
        for (int i = 0; i < 3; i++) {
            fill(busy, 10);
        }
        slow.command("s SELECT Inbox");
        busy.command("s SELECT Inbox");
        busy.command("d STORE 1 +FLAGS.SILENT \\Deleted");
        busy.command("e EXPUNGE");
        for (int i = 0; i < 10_001; i++) {
            busy.command("x STORE 1 " + (i % 2 == 0 ? "+" : "-") + "FLAGS.SILENT \\Seen");
        }
        fill(busy, 10);
        List<String> heard = new ArrayList<>(slow.command("n NOOP").lines().toList());
        assertTrue(heard.removeLast().startsWith("n OK"));
        assertEquals(
                List.of("* 1 EXPUNGE", "* 3 EXISTS", "* 1 FETCH (UID 2 FLAGS (\\Seen))", "* 3 FETCH (UID 4 FLAGS ())"),
                heard);
        assertNotNull(slow.command("m NOOP"));
    }
}
