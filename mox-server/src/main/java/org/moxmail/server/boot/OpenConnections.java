package org.moxmail.server.boot;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.moxmail.server.log.Log;
import org.moxmail.time.Timing;

/** The connections that are open, at most so many. Safe for many threads. */
final class OpenConnections {
    private final Timing timing;
    private final ThreadFactory threads;
    private final Log log;
    private final Semaphore permits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();
    private final Map<Long, Socket> sockets = new HashMap<>();
    private final Map<Long, ConnectionHandler> handlers = new HashMap<>();
    private boolean shuttingDown;

    OpenConnections(Environment environment, int most, Log log) {
        timing = environment.timing();
        threads = environment.threads();
        this.log = log;
        permits = new Semaphore(most);
    }

    /**
     * Makes room for what listeners hold while they wait for somebody to come: one each, or those whom nobody calls would
     * keep the others from accepting. Only when all of them are at it are there as many connections more than allowed.
     */
    void reserve(int listeners) {
        permits.release(Math.max(0, listeners - 1));
    }

    /** Waits until there is room for one more, which the caller then either brings or {@linkplain #giveUp gives up}. */
    void awaitRoom() throws InterruptedException {
        permits.acquire();
    }

    /** The room that was waited for isn't used. */
    void giveUp() {
        permits.release();
    }

    /** A connection takes the room that was waited for. */
    void entered(long id, Socket socket) {
        lock.lock();
        try {
            sockets.put(id, socket);
        } finally {
            lock.unlock();
        }
    }

    /** A connection that entered is being served. */
    void serving(long id, ConnectionHandler handler) {
        boolean late;
        lock.lock();
        try {
            handlers.put(id, handler);
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
            sockets.remove(id);
            handlers.remove(id);
            left.signalAll();
        } finally {
            lock.unlock();
        }
        permits.release();
    }

    int count() {
        lock.lock();
        try {
            return sockets.size();
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
            served = List.copyOf(handlers.values());
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
            while (!sockets.isEmpty()) {
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
        List<Socket> open;
        List<ConnectionHandler> served;
        lock.lock();
        try {
            open = List.copyOf(sockets.values());
            served = List.copyOf(handlers.values());
        } finally {
            lock.unlock();
        }
        for (Socket socket : open) {
            try {
                socket.close();
            } catch (IOException e) {
                log.debug("cutting a connection", "err", e);
            }
        }
        served.forEach(ConnectionHandler::close);
    }
}
