package org.moxmail.imap.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.moxmail.imap.testing.LineClient;
import org.moxmail.imap.testing.MemoryBackend;
import org.moxmail.imap.testing.TestServer;
import org.moxmail.time.testing.FakeTiming;

/** Who hears of which flags when two clients change those of the same message. */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FlagNewsTest {
    private final FakeTiming timing = FakeTiming.at("2026-01-01T00:00:00Z");
    private final MemoryBackend backend = new MemoryBackend(timing).user("ann", "secret");
    private final TestServer server = new TestServer(backend, timing);
    private LineClient one;
    private LineClient other;

    private LineClient client() throws IOException {
        LineClient client = server.connect();
        client.read();
        client.command("a LOGIN ann secret");
        return client;
    }

    @BeforeEach
    void selectOneMessage() throws IOException {
        one = client();
        other = client();
        one.raw("a APPEND Inbox {2+}\r\nxx\r\n");
        one.answer("a");
        one.command("a SELECT Inbox");
        other.command("a SELECT Inbox");
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void silentlyChangedFlagsAreToldWhenOthersHadChangedThem() throws IOException {
        other.command("b STORE 1 +FLAGS (\\Seen)");
        assertEquals(
                "b OK done", one.command("b STORE 1 +FLAGS.SILENT (\\Draft)").strip());
        String news = one.command("c NOOP");
        assertTrue(news.contains("* 1 FETCH (UID 1 FLAGS (\\Seen \\Draft))"), news);
    }

    @Test
    void silentlyChangedFlagsAreNotToldOtherwise() throws IOException {
        one.command("b STORE 1 +FLAGS.SILENT (\\Draft)");
        String news = one.command("c NOOP");
        assertFalse(news.contains("FETCH"), news);
        assertTrue(other.command("c NOOP").contains("FLAGS (\\Draft)"));
    }

    @Test
    void whatOthersChangeAfterASilentChangeIsTold() throws IOException {
        one.command("b STORE 1 +FLAGS.SILENT (\\Draft)");
        other.command("b STORE 1 -FLAGS (\\Draft)");
        assertTrue(one.command("c NOOP").contains("* 1 FETCH (UID 1 FLAGS ())"));
    }
}
