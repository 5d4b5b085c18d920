package org.moxmail.server.incoming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.server.testing.RunningServer;
import org.moxmail.server.testing.SmtpTalk;

/** What clients hear when the server stops, over real sockets. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ShutdownTest {
    @TempDir
    Path directory;

    /** RFC 5321 §3.8. */
    @ParameterizedTest
    @ValueSource(strings = {"smtp", "submissions"})
    void idleConnectionsAreTold(String listener) throws Exception {
        RunningServer server = RunningServer.start(directory);
        try (server) {
            Socket plain = server.connect(listener);
            Socket socket = listener.equals("submissions") ? server.secure(plain) : plain;
            try (SmtpTalk idle = SmtpTalk.greeted(socket).hello()) {
                server.close();
                assertTrue(idle.reply().startsWith("421 4.3.2 shutting down"));
                assertEquals("", idle.reply());
            }
        }
    }
}
