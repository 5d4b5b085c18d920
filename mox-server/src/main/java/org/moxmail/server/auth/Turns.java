package org.moxmail.server.auth;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.moxmail.time.Timing;

/**
 * Lets so many at a time do something that takes much memory; others wait, but not for ever: a guesser with many
 * connections would otherwise keep everybody waiting longer and longer. Safe for many threads.
 */
final class Turns {
    private final Duration patience;
    private final Timing timing;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private int free;

    /**
     * @param atOnce how many at a time
     * @param patience for those who wait
     */
    Turns(int atOnce, Duration patience, Timing timing) {
        free = atOnce;
        this.patience = patience;
        this.timing = timing;
    }

    /**
     * Waits for a turn. The caller {@linkplain #release ends} it.
     *
     * @throws IOException when none came
     */
    void acquire() throws IOException {
        long until = timing.nanoTime() + patience.toNanos();
        lock.lock();
        try {
            while (free == 0) {
                long left = until - timing.nanoTime();
                if (left <= 0) {
                    throw new IOException("too many passwords wait to be checked");
                }
                timing.await(freed, lock, Duration.ofNanos(left));
            }
            free--;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted before hashing a password");
            interrupted.initCause(e);
            throw interrupted;
        } finally {
            lock.unlock();
        }
    }

    void release() {
        lock.lock();
        try {
            free++;
            freed.signal();
        } finally {
            lock.unlock();
        }
    }
}
