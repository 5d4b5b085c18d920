package org.moxmail.time;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.moxmail.time.testing.FakeTiming;

@Timeout(30)
class FakeTimingTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final FakeTiming timing = FakeTiming.at("2026-01-01T00:00:00Z");
    private final Lock lock = new ReentrantLock();
    private final Condition condition = lock.newCondition();
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory());

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private Future<Boolean> awaitInThread(Duration max) {
        return threads.submit(() -> {
            lock.lock();
            try {
                return timing.await(condition, lock, max);
            } finally {
                lock.unlock();
            }
        });
    }

    private void signal() {
        lock.lock();
        try {
            condition.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Test
    void timeStandsStillUntilItIsAdvanced() {
        assertEquals(Instant.parse("2026-01-01T00:00:00Z"), timing.instant());
        long before = timing.nanoTime();
        timing.advance(Duration.ofMinutes(29));
        assertEquals(Instant.parse("2026-01-01T00:29:00Z"), timing.instant());
        assertEquals(Duration.ofMinutes(29).toNanos(), timing.nanoTime() - before);
        assertEquals(timing.instant().toEpochMilli(), timing.millis());
    }

    @Test
    void timeDoesNotGoBack() {
        assertThrows(IllegalArgumentException.class, () -> timing.advance(Duration.ofNanos(-1)));
    }

    @Test
    void awaitEndsWithFalseExactlyWhenItsTimeHasPassed() throws Exception {
        Future<Boolean> waiting = awaitInThread(SECOND);
        timing.awaitWaiters(1);
        timing.advance(SECOND.minusNanos(1));
        assertFalse(waiting.isDone());
        timing.advance(Duration.ofNanos(1));
        assertFalse(waiting.get());
    }

    @Test
    void awaitEndsWithTrueWhenSignalled() throws Exception {
        Future<Boolean> waiting = awaitInThread(SECOND);
        timing.awaitWaiters(1);
        signal();
        assertTrue(waiting.get());
    }

    @Test
    void signalledTooLateIsTimePassed() throws Exception {
        Future<Boolean> waiting = awaitInThread(SECOND);
        timing.awaitWaiters(1);
        lock.lock();
        try {
            condition.signalAll();
            timing.advance(SECOND);
        } finally {
            lock.unlock();
        }
        assertFalse(waiting.get());
    }

    @Test
    void waitsOfNoTimeDoNotWait() throws InterruptedException {
        lock.lock();
        try {
            assertFalse(timing.await(condition, lock, Duration.ZERO));
            assertFalse(timing.await(condition, lock, SECOND.negated()));
        } finally {
            lock.unlock();
        }
        timing.sleep(Duration.ZERO);
        timing.sleep(SECOND.negated());
    }

    @Test
    void sleepersWakeInTheirTime() throws Exception {
        Future<?> early = sleepInThread(SECOND);
        Future<?> late = sleepInThread(SECOND.multipliedBy(3));
        timing.awaitWaiters(2);
        timing.advance(SECOND.multipliedBy(2));
        early.get();
        assertFalse(late.isDone());
        timing.advance(SECOND);
        late.get();
    }

    private Future<?> sleepInThread(Duration duration) {
        return threads.submit(() -> {
            timing.sleep(duration);
            return null;
        });
    }

    @Test
    void everyTickReachesALoopThatSleeps() throws Exception {
        AtomicInteger ticks = new AtomicInteger();
        Future<?> loop = threads.submit(() -> {
            while (true) {
                timing.sleep(SECOND);
                ticks.incrementAndGet();
            }
        });
        for (int i = 0; i < 1000; i++) {
            timing.awaitWaiters(1);
            assertEquals(i, ticks.get());
            timing.advance(SECOND);
        }
        timing.awaitWaiters(1);
        assertEquals(1000, ticks.get());
        assertFalse(loop.isDone());
    }

    @Test
    void interruptedWaitsAreForgotten() throws Exception {
        Future<?> sleeping = sleepInThread(SECOND);
        timing.awaitWaiters(1);
        sleeping.cancel(true);
        threads.shutdown();
        assertTrue(threads.awaitTermination(20, TimeUnit.SECONDS));
        assertDoesNotThrow(() -> timing.advance(SECOND));
    }

    @Test
    void longerThanTheClockReachesIsForEver() throws Exception {
        timing.advance(SECOND);
        Future<Boolean> waiting = awaitInThread(Duration.ofSeconds(Long.MAX_VALUE));
        Future<?> sleeping = sleepInThread(Duration.ofSeconds(Long.MAX_VALUE));
        timing.awaitWaiters(2);
        timing.advance(Duration.ofDays(36_500));
        assertFalse(waiting.isDone());
        assertFalse(sleeping.isDone());
    }

    @Test
    void theSystemsTimingKeepsTheSameContract() throws InterruptedException, ExecutionException {
        Timing system = Timing.system();
        lock.lock();
        try {
            assertFalse(system.await(condition, lock, Duration.ZERO));
            assertFalse(system.await(condition, lock, SECOND.negated()));
            while (system.await(condition, lock, Duration.ofNanos(1))) {
                // as conditions do, it may return early
            }
        } finally {
            lock.unlock();
        }
        system.sleep(Duration.ZERO);
        long before = system.nanoTime();
        system.sleep(Duration.ofNanos(1));
        assertTrue(system.nanoTime() - before >= 1);
        Future<Boolean> forEver = threads.submit(() -> {
            lock.lock();
            try {
                condition.signalAll();
                return system.await(condition, lock, Duration.ofSeconds(Long.MAX_VALUE));
            } finally {
                lock.unlock();
            }
        });
        while (!forEver.isDone()) {
            signal();
        }
        assertTrue(forEver.get());
    }
}
