package org.moxmail.imap.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.moxmail.imap.testing.LineClient;
import org.moxmail.imap.testing.MemoryBackend;
import org.moxmail.imap.testing.SocketPair;
import org.moxmail.imap.testing.TestServer;
import org.moxmail.time.Timing;

/** What idle clients cost, and that they hear. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class IdleCostTest {
    private static final int CLIENTS = 300;
    /** Octets of the pair's two buffers, which aren't the engine's. */
    private static final int PIPES = 2 * 1024;

    private static final long BUDGET = 60 * 1024;

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            runtime.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Test
    void anIdleClientCostsLittleAndHearsOfEveryMessage() throws Exception {
        MemoryBackend backend = new MemoryBackend(Timing.system()).user("ann", "secret");
        try (TestServer server = new TestServer(backend, Timing.system())) {
            List<LineClient> clients = new ArrayList<>();
            long before = 0;
            for (int i = 0; i <= CLIENTS; i++) {
                LineClient client = new LineClient(server.connect(new SocketPair(Timing.system(), PIPES / 2)));
                client.read();
                client.command("a LOGIN ann secret");
                client.command("b SELECT Inbox");
                client.line("c IDLE");
                client.read();
                clients.add(client);
                if (i == 0) {
                    before = used();
                }
            }
            long each = (used() - before) / CLIENTS - PIPES;
            assertTrue(each < BUDGET, "octets of an idle client: " + each);
            LineClient sender = server.connect();
            sender.read();
            sender.command("a LOGIN ann secret");
            sender.raw("b APPEND Inbox {5+}\r\nhello\r\n");
            assertTrue(sender.answer("b").contains("b OK"));
            for (LineClient client : clients) {
                assertTrue(String.valueOf(client.read()).equals("* 1 EXISTS"));
                assertTrue(String.valueOf(client.read()).startsWith("* 1 FETCH"));
            }
        }
    }
}
