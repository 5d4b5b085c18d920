package org.moxmail.server.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.moxmail.time.Timing;
import org.moxmail.time.testing.FakeTiming;

class RateLimiterTest {
    private final FakeTiming timing = FakeTiming.at("2026-01-01T00:00:30Z");

    private RateLimiter limiter(int single, int network, int wide) {
        return new RateLimiter(
                timing,
                List.of(new RateLimiter.Window(Duration.ofMinutes(1), new AddressLimits(single, network, wide))));
    }

    private static InetAddress address(String text) {
        return InetAddress.ofLiteral(text);
    }

    @ParameterizedTest(name = "{0} and {1} share class {2}: {3}")
    @CsvSource({
        "192.0.2.1, 192.0.2.1, 0, true",
        "192.0.2.1, 192.0.2.2, 0, false",
        "192.0.2.1, 192.0.2.63, 1, true",
        "192.0.2.1, 192.0.2.64, 1, false",
        "192.0.0.1, 192.0.7.255, 2, true",
        "192.0.0.1, 192.0.8.0, 2, false",
        "2001:db8::1, 2001:db8::ffff:ffff:ffff:ffff, 0, true",
        "2001:db8::1, 2001:db8:0:1::1, 0, false",
        "2001:db8::1, 2001:db8:0:ffff::1, 1, true",
        "2001:db8::1, 2001:db8:1::1, 1, false",
        "2001:db8::1, 2001:db8:ffff::1, 2, true",
        "2001:db8::1, 2001:db9::1, 2, false",
    })
    void networksOfThreeWidths(String one, String other, int addressClass, boolean same) {
        assertEquals(same, Network.of(address(one), addressClass).equals(Network.of(address(other), addressClass)));
    }

    @Test
    void theLimitIsReachedExactlyAndNotPassed() {
        RateLimiter limiter = limiter(3, 9, 27);
        assertTrue(limiter.add(address("192.0.2.1"), 3));
        assertFalse(limiter.canAdd(address("192.0.2.1"), 1));
        assertFalse(limiter.add(address("192.0.2.1"), 1));
        assertTrue(limiter.add(address("192.0.2.2"), 3));
    }

    @Test
    void whatDoesNotFitLeavesNoTrace() {
        RateLimiter limiter = limiter(3, 4, 5);
        assertTrue(limiter.add(address("192.0.2.1"), 2));
        assertFalse(limiter.add(address("192.0.2.1"), 3));
        assertTrue(limiter.add(address("192.0.2.2"), 2));
    }

    @Test
    void neighboursShareTheWiderLimits() {
        RateLimiter limiter = limiter(2, 3, 4);
        assertTrue(limiter.add(address("192.0.2.1"), 2));
        assertTrue(limiter.add(address("192.0.2.2"), 1));
        assertFalse(limiter.add(address("192.0.2.3"), 1), "the /26 has its three");
        assertTrue(limiter.add(address("192.0.2.64"), 1));
        assertFalse(limiter.add(address("192.0.3.1"), 1), "the /21 has its four");
        assertTrue(limiter.add(address("192.0.8.1"), 2));
    }

    @Test
    void countsGoWithTheirWindowWhichBeginsAtAWholeMinute() {
        RateLimiter limiter = limiter(1, 1, 1);
        assertTrue(limiter.add(address("192.0.2.1"), 1));
        timing.advance(Duration.ofMillis(29_999));
        assertFalse(limiter.canAdd(address("192.0.2.1"), 1));
        timing.advance(Duration.ofMillis(1));
        assertTrue(limiter.canAdd(address("192.0.2.1"), 1));
    }

    @Test
    void everyWindowMustHaveRoom() {
        AddressLimits two = new AddressLimits(2, 2, 2);
        RateLimiter limiter = new RateLimiter(
                timing,
                List.of(
                        new RateLimiter.Window(Duration.ofMinutes(1), new AddressLimits(1, 1, 1)),
                        new RateLimiter.Window(Duration.ofDays(1), two)));
        assertTrue(limiter.add(address("192.0.2.1"), 1));
        assertFalse(limiter.add(address("192.0.2.1"), 1));
        timing.advance(Duration.ofMinutes(1));
        assertTrue(limiter.add(address("192.0.2.1"), 1));
        timing.advance(Duration.ofMinutes(1));
        assertFalse(limiter.add(address("192.0.2.1"), 1));
    }

    @Test
    void aResetTakesAsMuchFromTheNetworksAround() {
        RateLimiter limiter = limiter(2, 3, 3);
        limiter.add(address("192.0.2.1"), 2);
        limiter.add(address("192.0.2.2"), 1);
        assertFalse(limiter.canAdd(address("192.0.2.3"), 1));
        limiter.reset(address("192.0.2.1"));
        assertTrue(limiter.add(address("192.0.2.3"), 2));
        assertFalse(limiter.canAdd(address("192.0.2.1"), 1));
    }

    /** Time passes as it does, and the clock is what somebody made of it. */
    private static final class JumpingClock implements Timing {
        private final FakeTiming passing = FakeTiming.at("2026-01-01T00:00:30Z");
        private Duration off = Duration.ZERO;

        @Override
        public Instant instant() {
            return passing.instant().plus(off);
        }

        @Override
        public long nanoTime() {
            return passing.nanoTime();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            passing.sleep(duration);
        }

        @Override
        public boolean await(Condition condition, Lock lock, Duration max) throws InterruptedException {
            return passing.await(condition, lock, max);
        }
    }

    @ParameterizedTest
    @CsvSource({"P1D", "P-1D", "P365D", "PT61S", "PT-61S"})
    void aClockThatJumpsLetsNobodyOffAndKeepsNobodyOut(Duration jump) {
        JumpingClock clock = new JumpingClock();
        RateLimiter limiter = new RateLimiter(
                clock, List.of(new RateLimiter.Window(Duration.ofMinutes(1), new AddressLimits(2, 4, 8))));
        assertTrue(limiter.add(address("192.0.2.1"), 2));
        clock.off = jump;
        assertFalse(limiter.add(address("192.0.2.1"), 1));
        assertTrue(limiter.add(address("192.0.2.2"), 2));
        clock.passing.advance(Duration.ofMinutes(1));
        clock.off = Duration.ZERO;
        assertTrue(limiter.add(address("192.0.2.1"), 2));
    }
}
