package org.moxmail.server.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.moxmail.server.log.Log;
import org.moxmail.time.testing.FakeTiming;

/** A machine without descriptors stops nothing but new connections, and those for as long as it lasts. */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ListenerTest {
    private final FakeTiming timing = FakeTiming.at("2026-01-01T00:00:00Z");
    private final List<String> logged = new ArrayList<>();
    private final Logger logger = Logger.getLogger("org.moxmail.server.listenertest");
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            logged.add(line.getMessage());
        }

        @Override
        public void flush() {
            // Nothing is kept back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    @BeforeEach
    void listen() {
        logger.setUseParentHandlers(false);
        logger.setLevel(Level.ALL);
        logger.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(handler);
    }

    /** Accepts when it is told to, and else says what a machine says. */
    private static final class ScriptedSocket extends ServerSocket {
        private final BlockingQueue<Boolean> answers = new LinkedBlockingQueue<>();
        private volatile boolean shut;

        ScriptedSocket() throws IOException {
            super();
        }

        @Override
        public Socket accept() throws IOException {
            try {
                if (answers.take()) {
                    return new Socket();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new SocketException(shut ? "Socket closed" : "Too many open files");
        }

        @Override
        public boolean isClosed() {
            return shut;
        }

        @Override
        public void close() {
            shut = true;
            answers.add(false);
        }
    }

    @Test
    void aMachineWithoutDescriptorsIsAskedAgainEachSecondAndComplainedAboutOnce() throws Exception {
        ScriptedSocket socket = new ScriptedSocket();
        OpenConnections connections =
                new OpenConnections(Environment.standard().withTiming(timing), 2, Log.of("listenertest"));
        ListenerSettings settings = ListenerSettings.of(
                "smtp", Service.SMTP, List.of(InetAddress.getLoopbackAddress()), 0, ListenerSettings.Security.NONE);
        BlockingQueue<Socket> accepted = new LinkedBlockingQueue<>();
        Listener listener = new Listener(settings, socket, connections, timing, Log.of("listenertest"));
        Thread thread = Thread.ofVirtual().start(() -> listener.run(accepted::add));
        for (int i = 0; i < 5; i++) {
            socket.answers.add(false);
            timing.awaitWaiters(1);
            timing.advance(Duration.ofSeconds(1));
        }
        // There is room for two only, so failures that kept theirs would have been the last.
        socket.answers.add(true);
        accepted.take().close();
        assertEquals(List.of("can't accept connections", "accepting connections again"), logged);
        socket.answers.add(false);
        timing.awaitWaiters(1);
        listener.close();
        timing.advance(Duration.ofSeconds(1));
        thread.join();
        assertEquals(
                List.of("can't accept connections", "accepting connections again", "can't accept connections"), logged);
    }
}
