package org.moxmail.imap.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.moxmail.imap.testing.LineClient;
import org.moxmail.imap.testing.MemoryBackend;
import org.moxmail.time.Timing;

/** The example of the documents, over real sockets. */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServerExampleTest {
    private final Timing timing = Timing.system();
    private final ThreadFactory threads = Thread.ofVirtual().factory();
    private final AtomicInteger ids = new AtomicInteger();
    private volatile boolean stopped;

    private static InetSocketAddress remote(Socket socket) {
        return (InetSocketAddress) socket.getRemoteSocketAddress();
    }

    private static InetSocketAddress local(Socket socket) {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private void serve(ServerSocket listener, MemoryBackend service) throws IOException {
        ImapServer server = new ImapServer(
                service, ImapOptions.DEFAULT, ImapServerLimits.DEFAULT, null, timing, threads, ImapEvents.NONE);
        while (!stopped) {
            Socket socket = listener.accept();
            ImapPeer peer = new ImapPeer("c" + ids.incrementAndGet(), remote(socket), local(socket));
            ImapConnection connection = server.adopt(socket, peer);
            threads.newThread(connection::run).start();
        }
    }

    @Test
    void theExampleServes() throws Exception {
        MemoryBackend service = new MemoryBackend(timing).user("ann", "secret");
        ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread accepting = threads.newThread(() -> {
            try {
                serve(listener, service);
            } catch (SocketException e) {
                stopped = true;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        accepting.start();
        try (LineClient client =
                new LineClient(new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort()))) {
            assertTrue(String.valueOf(client.read()).startsWith("* OK [CAPABILITY IMAP4rev2"));
            assertTrue(client.command("a LOGIN ann secret").startsWith("a OK"));
            assertTrue(client.command("b SELECT Inbox").contains("* 0 EXISTS"));
            assertTrue(client.command("c LOGOUT").contains("c OK"));
        } finally {
            listener.close();
        }
        accepting.join();
        assertTrue(stopped);
    }

    @Test
    void theExampleIsTheOneInTheDocuments() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        String example = readme.substring(readme.indexOf("ImapServer server = new ImapServer("));
        example = example.substring(0, example.indexOf("```"));
        String test = Files.readString(Path.of("src/test/java/org/moxmail/imap/server/ServerExampleTest.java"));
        String docs = Files.readString(Path.of("src/main/java/org/moxmail/imap/server/package-info.java"));
        for (String line : example.lines().map(String::strip).toList()) {
            boolean listens = line.startsWith("try (ServerSocket");
            assertTrue(listens || test.contains(line), line);
            assertTrue(docs.contains(line), line);
        }
        assertEquals(10, example.lines().count());
    }
}
