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

    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

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
            TimeUnit.NANOSECONDS.sleep(nanos(duration));
        }
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // The loop is the caller's, as the contract says.
    public boolean await(Condition condition, Lock lock, Duration max) throws InterruptedException {
        return max.isPositive() && condition.awaitNanos(nanos(max)) > 0;
    }

    /** As many as there are or as a long holds, 292 years: "for ever" is a fair thing to ask for. */
    private static long nanos(Duration duration) {
        return duration.compareTo(LONGEST) >= 0 ? Long.MAX_VALUE : duration.toNanos();
    }
}
