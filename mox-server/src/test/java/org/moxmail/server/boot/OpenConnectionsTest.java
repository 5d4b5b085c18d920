package org.moxmail.server.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.moxmail.server.log.Log;
import org.moxmail.time.testing.FakeTiming;

/** Who gives way when all connections are taken. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OpenConnectionsTest {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final FakeTiming timing = FakeTiming.at("2026-11-24T00:00:00Z");
    private final OpenConnections connections =
            new OpenConnections(Environment.standard().withTiming(timing), 3, Log.of("openconnectionstest"));
    private final Semaphore admitted = new Semaphore(0);
    private Thread waiter = new Thread();

    /** A peer that may introduce itself. */
    private static final class Peer implements ConnectionHandler {
        private final AtomicBoolean established = new AtomicBoolean();
        private volatile boolean cut;

        @Override
        public void run() {
            throw new AssertionError("nobody serves it");
        }

        @Override
        public boolean isEstablished() {
            return established.get();
        }

        @Override
        public void shutDown() {
            throw new AssertionError("nobody shuts down");
        }

        @Override
        public void close() {
            cut = true;
        }
    }

    private Peer serve(long id, Socket socket) throws InterruptedException {
        connections.awaitRoom();
        connections.entered(id, socket);
        Peer peer = new Peer();
        connections.serving(id, peer);
        return peer;
    }

    private void anotherComes() {
        waiter = Thread.ofVirtual().start(() -> {
            try {
                connections.awaitRoom();
                admitted.release();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void pass(Duration time) throws InterruptedException {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(LOOK)) {
            timing.awaitWaiters(1);
            timing.advance(LOOK);
        }
        timing.awaitWaiters(1);
    }

    private static List<Integer> cut(Peer... peers) {
        return LongStream.range(0, peers.length)
                .filter(i -> peers[(int) i].cut)
                .mapToObj(i -> (int) i)
                .toList();
    }

    @Test
    void theOldestOfWhomNothingIsKnownGivesWay() throws InterruptedException {
        Peer known = serve(1, new Socket());
        Peer older = serve(2, new Socket());
        timing.advance(LOOK);
        Peer younger = serve(3, new Socket());
        known.established.set(true);
        anotherComes();
        pass(OpenConnections.PATIENCE.minus(LOOK.multipliedBy(2)));
        assertEquals(List.of(), cut(known, older, younger));
        timing.advance(LOOK);
        timing.awaitWaiters(1);
        assertEquals(List.of(1), cut(known, older, younger));
        assertFalse(admitted.tryAcquire(), "before the other is gone");
        connections.left(2);
        waiter.join();
        assertTrue(admitted.tryAcquire());
        assertEquals(List.of(1), cut(known, older, younger));
    }

    @Test
    void whoIsKnownStaysHoweverManyWait() throws InterruptedException {
        Peer[] peers = {serve(1, new Socket()), serve(2, new Socket()), serve(3, new Socket())};
        for (Peer peer : peers) {
            peer.established.set(true);
        }
        anotherComes();
        pass(OpenConnections.PATIENCE.multipliedBy(2));
        assertEquals(List.of(), cut(peers));
        connections.left(3);
        waiter.join();
        assertTrue(admitted.tryAcquire());
    }

    @Test
    void whoHasNotEvenGotToItsProtocolGivesWayToo() throws Exception {
        Socket inHandshake = new Socket();
        connections.awaitRoom();
        connections.entered(1, inHandshake);
        Peer second = serve(2, new Socket());
        Peer third = serve(3, new Socket());
        anotherComes();
        pass(OpenConnections.PATIENCE);
        assertTrue(inHandshake.isClosed());
        assertEquals(List.of(), cut(second, third));
        connections.left(1);
        waiter.join();
        assertTrue(admitted.tryAcquire());
    }
}
