package org.moxmail.imap.server;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.moxmail.time.Timing;

/**
 * Closes connections whose peer doesn't take what is written to it. Blocking sockets have no write timeout in Java, so
 * one thread looks now and then at when each connection's current write began. Reads have a timeout of their own, but one
 * of TLS consists of several of the socket's; one that is long past its deadline ends here too. The thread lives only
 * while somebody is watched.
 */
final class WriteWatchdog {
    private static final Logger LOG = System.getLogger(WriteWatchdog.class.getName());

    private final Timing timing;
    private final ThreadFactory threads;
    private final Duration stall;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Watch> watches = new HashSet<>();
    private boolean running;

    /** @param stall how long one write may take */
    WriteWatchdog(Timing timing, ThreadFactory threads, Duration stall) {
        this.timing = timing;
        this.threads = threads;
        this.stall = stall;
    }

    /** Watches a connection until the watch is closed. */
    Watch watch(Closeable connection) {
        Watch watch = new Watch(connection);
        lock.lock();
        try {
            watches.add(watch);
            if (!running) {
                running = true;
                Thread thread = threads.newThread(this::run);
                thread.setName("imap-write-watchdog");
                thread.start();
            }
        } finally {
            lock.unlock();
        }
        return watch;
    }

    private void run() {
        Duration period = stall.dividedBy(4);
        while (true) {
            List<Watch> stalled = new ArrayList<>();
            lock.lock();
            try {
                if (watches.isEmpty()) {
                    running = false;
                    return;
                }
                timing.await(changed, lock, period);
                long now = timing.nanoTime();
                for (Watch watch : watches) {
                    if (watch.stalled(now)) {
                        stalled.add(watch);
                    }
                }
                watches.removeAll(stalled);
            } catch (InterruptedException e) {
                // Whoever made the threads ends them: connections go on unwatched until the next one comes.
                running = false;
                return;
            } finally {
                lock.unlock();
            }
            stalled.forEach(Watch::abort);
        }
    }

    /** One connection's writes. Used by the thread that writes. */
    final class Watch implements AutoCloseable {
        private static final long IDLE = Long.MIN_VALUE;

        private final Closeable connection;
        private volatile long begun = IDLE;
        private volatile long deadline = IDLE;
        private volatile boolean aborted;
        /** A deadline that had passed at the last look; the watchdog's own. */
        private long late = IDLE;

        private Watch(Closeable connection) {
            this.connection = connection;
        }

        /** A write begins. */
        void begin() {
            begun = timing.nanoTime();
        }

        /** The write has ended. */
        void end() {
            begun = IDLE;
        }

        /** A read begins that has to end by a time. */
        void reading(long by) {
            deadline = by;
        }

        /** The read has ended. */
        void read() {
            deadline = IDLE;
        }

        /** The connection was closed because a write or read took too long. */
        boolean aborted() {
            return aborted;
        }

        private boolean stalled(long now) {
            long since = begun;
            long by = deadline;
            if (since != IDLE && now - since >= stall.toNanos()) {
                return true;
            }
            if (by == IDLE || now - by < 0) {
                late = IDLE;
                return false;
            }
            // The read's own timeout comes first where it works, since it lets us say goodbye: only the second look
            // counts.
            boolean again = late == by;
            late = by;
            return again;
        }

        private void abort() {
            aborted = true;
            try {
                connection.close();
            } catch (IOException e) {
                LOG.log(Logger.Level.DEBUG, "closing a stalled connection failed", e);
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                if (watches.remove(this) && watches.isEmpty()) {
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
