package org.moxmail.smtp.server;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.moxmail.time.Timing;

/**
 * Closes connections that don't get on. Java's blocking sockets have no write timeout, and a read timeout counts from each
 * octet, so a peer that never reads, or that sends an octet now and then, could hold a connection for ever.
 *
 * <p>One watchdog serves any number of connections and needs one thread, which looks around each second while there is
 * something to watch. Safe for many threads.
 */
public final class WriteWatchdog implements AutoCloseable {
    private static final Duration ROUND = Duration.ofSeconds(1);

    private final Timing timing;
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private boolean closed;

    /** Starts the thread. */
    public WriteWatchdog(Timing timing, ThreadFactory threads) {
        this.timing = timing;
        threads.newThread(this::run).start();
    }

    /**
     * Watches a connection until the watch is closed.
     *
     * @param connection closed when time is up; its {@code close} must not block
     */
    public Watch watch(Closeable connection) {
        Watch watch = new Watch(connection);
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the watchdog is closed");
            }
            watches.add(watch);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        return watch;
    }

    /** Ends the thread; what is still watched isn't any more. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            watches.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (pause()) {
                for (Watch watch : overdue()) {
                    watch.expire();
                }
            }
        } catch (InterruptedException e) {
            // Whoever interrupts this thread wants it to end.
            Thread.currentThread().interrupt();
        }
    }

    /** @return false when closed */
    private boolean pause() throws InterruptedException {
        lock.lock();
        try {
            while (watches.isEmpty() && !closed) {
                changed.await();
            }
            long until = timing.nanoTime() + ROUND.toNanos();
            for (long left = ROUND.toNanos(); left > 0 && !closed; left = until - timing.nanoTime()) {
                timing.await(changed, lock, Duration.ofNanos(left));
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private List<Watch> overdue() {
        long now = timing.nanoTime();
        List<Watch> overdue = new ArrayList<>();
        for (Watch watch : watches) {
            if (watch.overdue(now)) {
                overdue.add(watch);
            }
        }
        return overdue;
    }

    /** One connection's. Used by the connection's thread. */
    public final class Watch implements AutoCloseable {
        private final Closeable connection;
        private volatile boolean armed;
        private volatile long deadline;
        private volatile boolean expired;

        private Watch(Closeable connection) {
            this.connection = connection;
        }

        /** The connection is closed unless {@link #disarm} is called, or this again, within {@code max}. */
        public void arm(Duration max) {
            arm(max.toNanos());
        }

        void arm(long nanos) {
            deadline = timing.nanoTime() + nanos;
            armed = true;
        }

        /** The connection got on. */
        public void disarm() {
            armed = false;
        }

        /** Whether the connection was closed because of the time. */
        public boolean expired() {
            return expired;
        }

        private boolean overdue(long now) {
            return armed && deadline - now <= 0;
        }

        private void expire() {
            if (!watches.remove(this)) {
                return;
            }
            expired = true;
            try {
                connection.close();
            } catch (IOException e) {
                // Its own thread meets the same trouble with its next read or write, and tells it.
                armed = false;
            }
        }

        @Override
        public void close() {
            watches.remove(this);
        }
    }
}
