package org.moxmail.imap.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.moxmail.imap.testing.LineClient;
import org.moxmail.imap.testing.MemoryBackend;
import org.moxmail.imap.testing.SocketPair;
import org.moxmail.imap.testing.TestServer;
import org.moxmail.time.Timing;

/** What the engine allocates for each message of a FETCH, whatever the message has. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FetchBudgetTest {
    private static final int MESSAGES = 1000;
    /** Octets for a row: what is read of it, to be written when no snapshot is held any more. Forms are printed already. */
    private static final long ROW = 120;
    /** Octets of both directions together in which everything fits, so that one thread can play both sides. */
    private static final int PIPE = 4 << 20;

    @Test
    void aRowCostsLittle() throws Exception {
        MemoryBackend backend = new MemoryBackend(Timing.system()).user("ann", "secret");
        try (TestServer server = new TestServer(backend, Timing.system())) {
            LineClient client = server.connect();
            client.read();
            client.command("a LOGIN ann secret");
            for (int i = 0; i < MESSAGES; i++) {
                String message = "From: Ann <ann@example.org>\r\nTo: Bob <bob@example.net>\r\nSubject: lunch " + i
                        + "\r\nDate: Tue, 24 Nov 2026 10:00:00 +0000\r\nMessage-ID: <" + i
                        + "@example.org>\r\n\r\nToday?\r\n";
                client.raw("b APPEND Inbox {" + message.length() + "+}\r\n" + message + "\r\n");
                client.answer("b");
            }
            assertBudget(server, "FLAGS", ROW);
            assertBudget(server, "ENVELOPE", ROW);
            assertBudget(server, "BODYSTRUCTURE", ROW);
        }
    }

    private static void assertBudget(TestServer server, String item, long budget) throws Exception {
        long few = allocated(server, "1:" + MESSAGES / 10, item);
        long all = allocated(server, "1:" + MESSAGES, item);
        long each = (all - few) / (MESSAGES - MESSAGES / 10);
        assertTrue(each <= budget, () -> item + ": " + each + " octets for each message");
    }

    /** The least of some runs, each on this very thread, whose allocations are counted. */
    private static long allocated(TestServer server, String set, String item)
            throws IOException, ReflectiveOperationException {
        Class<?> factory = Class.forName("java.lang.management.ManagementFactory");
        Object bean =
                Objects.requireNonNull(factory.getMethod("getThreadMXBean").invoke(null));
        // By reflection: the module under test doesn't read that of the JDK's counters.
        Method count = Class.forName("com.sun.management.ThreadMXBean").getMethod("getCurrentThreadAllocatedBytes");
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            SocketPair pair = new SocketPair(Timing.system(), PIPE);
            try (Socket client = pair.client()) {
                client.getOutputStream()
                        .write(("a LOGIN ann secret\r\nb EXAMINE Inbox\r\nc FETCH " + set + " (" + item
                                        + ")\r\nd LOGOUT\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                Socket end = pair.server();
                ImapConnection connection = server.server()
                        .adopt(
                                end,
                                new ImapPeer(
                                        "budget", (InetSocketAddress) end.getRemoteSocketAddress(), (InetSocketAddress)
                                                end.getLocalSocketAddress()));
                long before = (long) Objects.requireNonNull(count.invoke(bean));
                connection.run();
                least = Math.min(least, (long) Objects.requireNonNull(count.invoke(bean)) - before);
            }
        }
        return least;
    }
}
