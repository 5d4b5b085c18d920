package org.moxmail.server.boot;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.moxmail.server.log.Log;
import org.moxmail.time.Timing;

/**
 * The connections that are open, at most so many. When all are taken, those give way of whose peers nothing is known after
 * {@link #PATIENCE}, the oldest first: nobody keeps others out by connecting and keeping silent. Safe for many threads.
 */
final class OpenConnections {
    /** A program that means to talk has introduced itself by then, handshake included. */
    static final Duration PATIENCE = Duration.ofSeconds(10);
    /** A stranger may have grown old enough meanwhile. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private static final Duration BETWEEN_COMPLAINTS = Duration.ofMinutes(1);

    private final Timing timing;
    private final ThreadFactory threads;
    private final Log log;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final Map<Long, Open> open = new HashMap<>();
    /** In the order of their coming. Who turns out to be established is dropped when it is looked for who gives way. */
    private final Map<Long, Open> strangers = new LinkedHashMap<>();

    private int free;
    private @Nullable Long complained;
    private boolean shuttingDown;

    private static final class Open {
        private final Socket socket;
        private final long since;
        private volatile @Nullable ConnectionHandler handler;

        Open(Socket socket, long since) {
            this.socket = socket;
            this.since = since;
        }

        boolean isEstablished() {
            ConnectionHandler serving = handler;
            return serving != null && serving.isEstablished();
        }
    }

    OpenConnections(Environment environment, int most, Log log) {
        timing = environment.timing();
        threads = environment.threads();
        this.log = log;
        free = most;
    }

    /**
     * Makes room for what listeners hold while they wait for somebody to come: one each, or those whom nobody calls would
     * keep the others from accepting. Only when all of them are at it are there as many connections more than allowed.
     */
    void reserve(int listeners) {
        addRoom(Math.max(0, listeners - 1));
    }

    private void addRoom(int more) {
        lock.lock();
        try {
            free += more;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is room for one more, which the caller then either brings or {@linkplain #giveUp gives up}. */
    void awaitRoom() throws InterruptedException {
        while (!tryRoom()) {
            Open oldest = takeOldestStranger();
            if (oldest != null) {
                cut(oldest);
            }
            awaitChange();
        }
    }

    private boolean tryRoom() {
        boolean complain;
        lock.lock();
        try {
            if (free > 0) {
                free--;
                return true;
            }
            long now = timing.nanoTime();
            complain = complained == null || now - complained >= BETWEEN_COMPLAINTS.toNanos();
            if (complain) {
                complained = now;
            }
        } finally {
            lock.unlock();
        }
        if (complain) {
            log.warn("all connections are taken: silent ones give way", "count", count());
        }
        return false;
    }

    private @Nullable Open takeOldestStranger() {
        lock.lock();
        try {
            Iterator<Open> oldest = strangers.values().iterator();
            while (oldest.hasNext()) {
                Open candidate = oldest.next();
                boolean established = candidate.isEstablished();
                if (!established && age(candidate).compareTo(PATIENCE) < 0) {
                    return null;
                }
                oldest.remove();
                if (!established) {
                    return candidate;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private Duration age(Open connection) {
        return Duration.ofNanos(timing.nanoTime() - connection.since);
    }

    /** Until somebody left, or a stranger may have become old enough. */
    private void awaitChange() throws InterruptedException {
        lock.lock();
        try {
            if (free == 0) {
                timing.await(room, lock, BETWEEN_LOOKS);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The room that was waited for isn't used. */
    void giveUp() {
        addRoom(1);
    }

    /** A connection takes the room that was waited for. */
    void entered(long id, Socket socket) {
        Open entered = new Open(socket, timing.nanoTime());
        lock.lock();
        try {
            open.put(id, entered);
            strangers.put(id, entered);
        } finally {
            lock.unlock();
        }
    }

    /** A connection that entered is being served. */
    void serving(long id, ConnectionHandler handler) {
        boolean late;
        lock.lock();
        try {
            Open served = open.get(id);
            if (served != null) {
                served.handler = handler;
            }
            late = shuttingDown;
        } finally {
            lock.unlock();
        }
        if (late) {
            handler.shutDown();
        }
    }

    /** A connection that entered is gone, and its room is free. */
    void left(long id) {
        lock.lock();
        try {
            open.remove(id);
            strangers.remove(id);
            free++;
            left.signalAll();
            room.signal();
        } finally {
            lock.unlock();
        }
    }

    int count() {
        lock.lock();
        try {
            return open.size();
        } finally {
            lock.unlock();
        }
    }

    boolean isShuttingDown() {
        lock.lock();
        try {
            return shuttingDown;
        } finally {
            lock.unlock();
        }
    }

    /** Tells all of them to end. */
    void shutDown() {
        List<ConnectionHandler> served;
        lock.lock();
        try {
            shuttingDown = true;
            served = open.values().stream()
                    .map(connection -> connection.handler)
                    .filter(Objects::nonNull)
                    .toList();
        } finally {
            lock.unlock();
        }
        // Each on its own: a peer that doesn't read would keep the others from hearing of it.
        served.forEach(handler -> threads.newThread(handler::shutDown).start());
    }

    /** Waits until there is none any more; false when {@code max} has passed before. */
    boolean awaitNone(Duration max) throws InterruptedException {
        long until = timing.nanoTime() + max.toNanos();
        lock.lock();
        try {
            while (!open.isEmpty()) {
                long rest = until - timing.nanoTime();
                if (rest <= 0) {
                    return false;
                }
                timing.await(left, lock, Duration.ofNanos(rest));
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends all of them at once. */
    void cut() {
        List<Open> all;
        lock.lock();
        try {
            all = List.copyOf(open.values());
        } finally {
            lock.unlock();
        }
        all.forEach(this::cut);
    }

    private void cut(Open connection) {
        try {
            connection.socket.close();
        } catch (IOException e) {
            log.debug("cutting a connection", "err", e);
        }
        ConnectionHandler handler = connection.handler;
        if (handler != null) {
            handler.close();
        }
    }
}
