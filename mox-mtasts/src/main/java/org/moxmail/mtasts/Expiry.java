package org.moxmail.mtasts;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.moxmail.time.Timing;

/** Closes a connection when its time is up: each read has a timeout of its own, which a peer that drips never meets. */
final class Expiry implements AutoCloseable, Runnable {
    private final Socket socket;
    private final Duration time;
    private final Timing timing;
    private final Lock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private boolean done;
    private boolean expired;

    Expiry(Socket socket, Duration time, Timing timing) {
        this.socket = socket;
        this.time = time;
        this.timing = timing;
    }

    /** Waits in a thread of its own. */
    @Override
    public void run() {
        long start = timing.nanoTime();
        lock.lock();
        try {
            Duration left = time;
            while (!done && left.isPositive()) {
                timing.await(ended, lock, left);
                left = time.minusNanos(timing.nanoTime() - start);
            }
            if (done) {
                return;
            }
            expired = true;
        } catch (InterruptedException e) {
            // Whoever interrupts this thread wants everything to end.
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError("closing a plain socket does not fail", e);
        }
    }

    /** Whether the time was up before {@link #close}. */
    boolean expired() {
        lock.lock();
        try {
            return expired;
        } finally {
            lock.unlock();
        }
    }

    /** There is nothing to watch any more. */
    @Override
    public void close() {
        lock.lock();
        try {
            done = true;
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
