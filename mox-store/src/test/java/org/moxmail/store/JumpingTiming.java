package org.moxmail.store;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.moxmail.time.Timing;
import org.moxmail.time.testing.FakeTiming;

/** A clock that somebody sets while time goes on as ever, and on which looking takes time if wanted. */
final class JumpingTiming implements Timing {
    private final FakeTiming time;
    private final AtomicLong jumpedMillis = new AtomicLong();
    private final AtomicLong nanosPerLook = new AtomicLong();

    JumpingTiming(FakeTiming time) {
        this.time = time;
    }

    /** Sets the clock forward, or back by a negative duration. */
    void jump(Duration duration) {
        jumpedMillis.addAndGet(duration.toMillis());
    }

    /** From now on each look at the time lets so much of it pass. */
    void slow(Duration perLook) {
        nanosPerLook.set(perLook.toNanos());
    }

    @Override
    public Instant instant() {
        return time.instant().plusMillis(jumpedMillis.get());
    }

    @Override
    public long nanoTime() {
        long nanos = nanosPerLook.get();
        if (nanos > 0) {
            time.advance(Duration.ofNanos(nanos));
        }
        return time.nanoTime();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        time.sleep(duration);
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // The loop is the caller's, as the contract says.
    public boolean await(Condition condition, Lock lock, Duration max) throws InterruptedException {
        return time.await(condition, lock, max);
    }
}
