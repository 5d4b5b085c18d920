package org.moxmail.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/** The machine's clock, the one place that waits for real. */
final class SystemTiming implements Timing {
    static final SystemTiming INSTANCE = new SystemTiming();

    private final InstantSource source = InstantSource.system();

    private SystemTiming() {}

    @Override
    public Instant instant() {
        return source.instant();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (duration.isPositive()) {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        }
    }

    @Override
    public boolean await(Condition condition, Lock lock, Duration max) throws InterruptedException {
        return max.isPositive() && condition.awaitNanos(max.toNanos()) > 0;
    }
}
