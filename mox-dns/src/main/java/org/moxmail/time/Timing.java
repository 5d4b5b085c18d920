package org.moxmail.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * The clock and every timed wait. Implementations are safe for use by many threads.
 *
 * <p>Durations that are zero or negative don't wait. An untimed wait needs no clock: use the condition itself.
 */
public interface Timing extends InstantSource {
    /** A monotonic reading in nanoseconds; only differences mean anything. */
    long nanoTime();

    /** Lets {@code duration} pass. */
    void sleep(Duration duration) throws InterruptedException;

    /**
     * Waits on {@code condition} of {@code lock}, which the caller holds, until it is signalled or {@code max} has passed. May also
     * return without either, as conditions do: callers loop.
     *
     * @return false when {@code max} has passed
     */
    boolean await(Condition condition, Lock lock, Duration max) throws InterruptedException;

    /** The machine's clock. */
    static Timing system() {
        return SystemTiming.INSTANCE;
    }

    @Override
    Instant instant();
}
