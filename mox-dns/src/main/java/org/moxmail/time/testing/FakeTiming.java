package org.moxmail.time.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.moxmail.time.Timing;

/**
 * Time that moves only by {@link #advance}. Waiters whose time has come wake during the advance. Safe for many threads.
 */
public final class FakeTiming implements Timing {
    private record Waiter(long until, Lock lock, Condition condition) {}

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
            long until = nanoTime() + duration.toNanos();
            for (long left = duration.toNanos(); left > 0; left = until - nanoTime()) {
                if (!await(woken, own, Duration.ofNanos(left))) {
                    return;
                }
            }
        } finally {
            own.unlock();
        }
    }

    @Override
    public boolean await(Condition condition, Lock guard, Duration max) throws InterruptedException {
        if (!max.isPositive()) {
            return false;
        }
        Waiter waiter;
        lock.lock();
        try {
            waiter = new Waiter(elapsedNanos + max.toNanos(), guard, condition);
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
                waiters.removeIf(other -> other == waiter);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
        return nanoTime() < waiter.until;
    }

    /** Moves time on and wakes every wait that ends by it. */
    public void advance(Duration by) {
        List<Waiter> due = new ArrayList<>();
        lock.lock();
        try {
            elapsedNanos += by.toNanos();
            for (Waiter waiter : waiters) {
                if (waiter.until <= elapsedNanos) {
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
