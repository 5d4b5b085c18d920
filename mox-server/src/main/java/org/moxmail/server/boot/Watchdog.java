package org.moxmail.server.boot;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.moxmail.server.log.Log;
import org.moxmail.time.Timing;

/**
 * Closes what takes too long: a read timeout bounds one read, and a peer that sends an octet now and then never meets it.
 * One thread for all. Safe for many threads.
 */
final class Watchdog implements AutoCloseable {
    private final Timing timing;
    private final Log log;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** Soonest first; several may be due at the same time. */
    private final TreeSet<Entry> entries =
            new TreeSet<>(Comparator.comparingLong(Entry::until).thenComparingLong(Entry::number));

    private long numbers;
    private boolean closed;

    private record Entry(long until, long number, Closeable target) {}

    /** Ends the watch over something. */
    interface Guard extends AutoCloseable {
        @Override
        void close();
    }

    Watchdog(Environment environment, Log log) {
        timing = environment.timing();
        this.log = log;
        environment.threads().newThread(this::run).start();
    }

    /** Closes {@code target} unless the guard is closed within {@code max}. */
    Guard guard(Duration max, Closeable target) {
        long until = timing.nanoTime() + max.toNanos();
        Entry entry;
        lock.lock();
        try {
            entry = new Entry(until, numbers++, target);
            entries.add(entry);
            if (entry.equals(entries.first())) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        return () -> remove(entry);
    }

    private void remove(Entry entry) {
        lock.lock();
        try {
            entries.remove(entry);
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            for (List<Entry> due = awaitDue(); !due.isEmpty(); due = awaitDue()) {
                due.forEach(this::bite);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            log.error("the watchdog was interrupted", e);
        }
    }

    /** Those whose time has come; none once the watchdog is closed. */
    private List<Entry> awaitDue() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                if (entries.isEmpty()) {
                    changed.await();
                    continue;
                }
                long left = entries.first().until() - timing.nanoTime();
                if (left > 0) {
                    timing.await(changed, lock, Duration.ofNanos(left));
                    continue;
                }
                return takeDue();
            }
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    private List<Entry> takeDue() {
        List<Entry> due = new ArrayList<>();
        long now = timing.nanoTime();
        while (!entries.isEmpty() && entries.first().until() - now <= 0) {
            due.add(entries.removeFirst());
        }
        return due;
    }

    private void bite(Entry entry) {
        try {
            entry.target().close();
        } catch (IOException e) {
            log.debug("closing what took too long", "err", e);
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
