package org.moxmail.smtp.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.moxmail.time.testing.FakeTiming;

/** What TCP's sockets do, without a network. */
@Timeout(20)
class InMemorySocketTest {
    private final FakeTiming timing = FakeTiming.at("2026-01-01T00:00:00Z");
    private final InMemorySocket.Pair pair = InMemorySocket.pair(timing, 8);
    private final AtomicReference<IOException> thrown = new AtomicReference<>();

    private interface Action {
        void run() throws IOException;
    }

    private Thread start(Action action) {
        Thread thread = Rig.THREADS.newThread(() -> {
            try {
                action.run();
            } catch (IOException e) {
                thrown.set(e);
            }
        });
        thread.start();
        return thread;
    }

    @Test
    void octetsArriveInOrderThroughASmallBuffer() throws Exception {
        byte[] octets = new byte[1000];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) i;
        }
        Thread writer = start(() -> {
            pair.client().getOutputStream().write(octets);
            pair.client().shutdownOutput();
        });
        assertEquals(
                java.util.HexFormat.of().formatHex(octets),
                java.util.HexFormat.of()
                        .formatHex(pair.server().getInputStream().readAllBytes()));
        writer.join();
    }

    @Test
    void readTimeoutsCountInTheGivenTime() throws Exception {
        pair.client().setSoTimeout(5000);
        Thread reader = start(() -> pair.client().getInputStream().read());
        timing.awaitWaiters(1);
        timing.advance(Duration.ofMillis(4999));
        timing.awaitWaiters(1);
        timing.advance(Duration.ofMillis(1));
        reader.join();
        assertTrue(thrown.get() instanceof SocketTimeoutException, () -> String.valueOf(thrown.get()));
    }

    @Test
    void aHalfClosedSideStillReads() throws Exception {
        pair.client().shutdownOutput();
        assertEquals(-1, pair.server().getInputStream().read());
        pair.server().getOutputStream().write('x');
        assertEquals('x', pair.client().getInputStream().read());
        assertThrows(
                SocketException.class, () -> pair.client().getOutputStream().write('y'));
    }

    @Test
    void whatWasWrittenBeforeACloseIsRead() throws Exception {
        pair.client().getOutputStream().write('x');
        pair.client().close();
        assertEquals('x', pair.server().getInputStream().read());
        assertEquals(-1, pair.server().getInputStream().read());
        assertThrows(
                SocketException.class, () -> pair.server().getOutputStream().write('y'));
        assertThrows(SocketException.class, () -> pair.client().getInputStream());
    }

    @Test
    void closingEndsOnesOwnReads() throws Exception {
        pair.client().setSoTimeout(1000);
        Thread reader = start(() -> pair.client().getInputStream().read());
        timing.awaitWaiters(1);
        pair.client().close();
        reader.join();
        assertEquals("Socket closed", Objects.requireNonNull(thrown.get()).getMessage());
    }

    @Test
    void closingEndsTheOthersBlockedWrite() throws Exception {
        Thread writer = start(() -> pair.client().getOutputStream().write(new byte[100]));
        assertEquals(0, pair.server().getInputStream().read());
        pair.server().close();
        writer.join();
        assertEquals("Broken pipe", Objects.requireNonNull(thrown.get()).getMessage());
    }

    @Test
    void shuttingInputDownGivesTheReaderAnEnd() throws Exception {
        pair.client().setSoTimeout(1000);
        AtomicReference<Integer> read = new AtomicReference<>();
        Thread reader = start(() -> read.set(pair.client().getInputStream().read()));
        timing.awaitWaiters(1);
        pair.client().shutdownInput();
        reader.join();
        assertEquals(-1, read.get());
        pair.client().getOutputStream().write('x');
        assertEquals('x', pair.server().getInputStream().read());
    }

    @Test
    void addressesAreThoseOfTheOther() {
        assertEquals(pair.client().getLocalSocketAddress(), pair.server().getRemoteSocketAddress());
        assertEquals(pair.client().getRemoteSocketAddress(), pair.server().getLocalSocketAddress());
    }
}
