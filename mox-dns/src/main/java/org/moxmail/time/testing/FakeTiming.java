package org.moxmail.time.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.moxmail.time.Timing;

/**
 * Time that moves only by {@link #advance}. Waiters whose time has come wake during the advance. Safe for many threads.
 *
 * <p>To move the time of other threads reliably, first let them get to their wait with {@link #awaitWaiters}.
 */
public final class FakeTiming implements Timing {
    /** No record: two waits may be alike, and yet be two. */
    private static final class Waiter {
        private final long until;
        private final Lock lock;
        private final Condition condition;

        Waiter(long until, Lock lock, Condition condition) {
            this.until = until;
            this.lock = lock;
            this.condition = condition;
        }
    }

    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Waiter> waiters = new ArrayList<>();
    private final Instant start;
    private long elapsedNanos;

    private FakeTiming(Instant start) {
        this.start = start;
    }

    /** Starts at an instant such as {@code 2026-01-01T00:00:00Z}. */
    public static FakeTiming at(String instant) {
        return new FakeTiming(Instant.parse(instant));
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanoTime());
    }

    @Override
    public long nanoTime() {
        lock.lock();
        try {
            return elapsedNanos;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        Lock own = new ReentrantLock();
        Condition woken = own.newCondition();
        own.lock();
        try {
            long until = after(duration);
            for (long left = until - nanoTime(); left > 0; left = until - nanoTime()) {
                await(woken, own, Duration.ofNanos(left));
            }
        } finally {
            own.unlock();
        }
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // The loop is the caller's, as the contract says.
    public boolean await(Condition condition, Lock guard, Duration max) throws InterruptedException {
        if (!max.isPositive()) {
            return false;
        }
        Waiter waiter;
        lock.lock();
        try {
            waiter = new Waiter(after(max), guard, condition);
            waiters.add(waiter);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            // The guard is held from before the registration until here, so an advance can't signal too early.
            condition.await();
        } finally {
            lock.lock();
            try {
                waiters.remove(waiter);
            } finally {
                lock.unlock();
            }
        }
        return nanoTime() < waiter.until;
    }

    /** The reading of {@link #nanoTime} when a duration from now has passed; what is beyond its range never passes. */
    private long after(Duration duration) {
        long now = nanoTime();
        return duration.compareTo(Duration.ofNanos(Long.MAX_VALUE - now)) >= 0
                ? Long.MAX_VALUE
                : now + duration.toNanos();
    }

    /**
     * Moves time on and wakes every wait that ends by it.
     *
     * @throws IllegalArgumentException when it would move time back
     */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("time doesn't go back");
        }
        List<Waiter> due = new ArrayList<>();
        lock.lock();
        try {
            elapsedNanos = after(by);
            for (Iterator<Waiter> each = waiters.iterator(); each.hasNext(); ) {
                Waiter waiter = each.next();
                if (waiter.until <= elapsedNanos) {
                    // Removed here, not when its thread gets to run: awaitWaiters then counts only waits still to come.
                    each.remove();
                    due.add(waiter);
                }
            }
        } finally {
            lock.unlock();
        }
        for (Waiter waiter : due) {
            waiter.lock.lock();
            try {
                waiter.condition.signalAll();
            } finally {
                waiter.lock.unlock();
            }
        }
    }

    /** Blocks until at least {@code count} threads wait for time to pass, so that a test can then advance it. */
    public void awaitWaiters(int count) throws InterruptedException {
        lock.lock();
        try {
            while (waiters.size() < count) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }
}
