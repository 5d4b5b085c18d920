package org.moxmail.server.incoming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.moxmail.server.boot.ServerSettings;
import org.moxmail.server.limits.LimitSettings;
import org.moxmail.server.testing.ImapTalk;
import org.moxmail.server.testing.RunningServer;
import org.moxmail.server.testing.SmtpTalk;

/** Clients that say nothing, or read nothing, while others go on; over real sockets. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SilentClientsTest {
    private static final String MESSAGE = "From: <a@example.org>\r\nSubject: half open\r\n\r\nhello\r\n";

    @TempDir
    Path directory;

    private static Socket connect(RunningServer server, int number) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127." + number / 250 + "." + number % 250 + ".9"), 0));
        socket.connect(server.address("smtp"));
        return socket;
    }

    private static void close(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private static void assertDelivers(RunningServer server, int messages) throws Exception {
        try (SmtpTalk smtp = server.smtp("smtp").hello();
                ImapTalk imap = server.imap()) {
            for (int i = 0; i < messages; i++) {
                assertTrue(smtp.send("a@example.org", MESSAGE, "you@localhost").startsWith("250"));
            }
            assertEquals(messages, imap.count("Inbox"));
        }
    }

    @Test
    void mailIsDeliveredWhileSomeSendCommandsAndReadNoReply() throws Exception {
        List<Socket> deaf = new ArrayList<>();
        byte[] commands = "NOOP\r\n".repeat(100).getBytes(StandardCharsets.US_ASCII);
        try (RunningServer server = RunningServer.start(directory)) {
            for (int i = 0; i < 50; i++) {
                Socket socket = connect(server, i);
                deaf.add(socket);
                socket.getOutputStream().write(commands);
            }
            assertDelivers(server, 20);
        } finally {
            close(deaf);
        }
    }

    /** Who comes when there is no room waits for it, and gets it when it is free. */
    @Test
    void thereAreAsManyAsAllowedAndTheNextIsServedWhenOneLeaves() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try (RunningServer server = RunningServer.start(directory, SilentClientsTest::few)) {
            for (int i = 0; i < 20; i++) {
                Socket socket = connect(server, i);
                silent.add(socket);
                if (i < 4) {
                    assertEquals('2', socket.getInputStream().read());
                }
            }
            close(silent);
            assertDelivers(server, 1);
        } finally {
            close(silent);
        }
    }

    private static ServerSettings few(ServerSettings settings) {
        return settings.withLimits(LimitSettings.DEFAULT.withLoopbackExempt().withConnections(4));
    }
}
