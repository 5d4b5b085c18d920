package org.moxmail.server.limits;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.moxmail.time.Timing;

/**
 * Counts events per network in fixed windows. An event counts only if it fits into every window and every class of networks.
 * They begin at multiples of their length since 1970, by what the clock said when the limiter was made; from then on the time
 * that passes counts: a clock that is put forward or back neither lets anybody off nor keeps anybody out. Safe for many threads.
 *
 * <p>What it remembers is bounded by what it lets through: an event that doesn't fit leaves no trace.
 */
public final class RateLimiter {
    private final Timing timing;
    /** What the clock was ahead of the monotonic reading at first. */
    private final long offsetNanos;

    private final List<Counters> windows = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * A window and what may happen in it.
     *
     * @param length at least a millisecond
     * @param limits events per window
     */
    public record Window(Duration length, AddressLimits limits) {
        public Window {
            if (length.toMillis() < 1) {
                throw new IllegalArgumentException("window of " + length);
            }
        }
    }

    public RateLimiter(Timing timing, List<Window> windows) {
        this.timing = timing;
        offsetNanos = TimeUnit.MILLISECONDS.toNanos(timing.millis()) - timing.nanoTime();
        windows.forEach(window -> this.windows.add(new Counters(window)));
    }

    /** Counts {@code events} from an address, all or none; false when they don't fit. */
    public boolean add(InetAddress address, int events) {
        lock.lock();
        try {
            if (!fits(address, events)) {
                return false;
            }
            windows.forEach(window -> window.add(address, events));
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether {@link #add} would count. */
    public boolean canAdd(InetAddress address, int events) {
        lock.lock();
        try {
            return fits(address, events);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the events of the address itself, and takes as many from the networks around it. */
    public void reset(InetAddress address) {
        lock.lock();
        try {
            long now = now();
            for (Counters window : windows) {
                window.roll(now);
                int single = window.count(address, 0);
                if (single > 0) {
                    window.add(address, -single);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private long now() {
        return timing.nanoTime() + offsetNanos;
    }

    private boolean fits(InetAddress address, int events) {
        long now = now();
        windows.forEach(window -> window.roll(now));
        return windows.stream().allMatch(window -> window.fits(address, events));
    }

    /** The counters of one window. */
    private static final class Counters {
        private final Window window;
        private final Map<Network, Integer> counts = new HashMap<>();
        private long number;

        Counters(Window window) {
            this.window = window;
        }

        void roll(long nowNanos) {
            long current = Math.floorDiv(nowNanos, window.length().toNanos());
            if (current != number) {
                number = current;
                counts.clear();
            }
        }

        int count(InetAddress address, int addressClass) {
            return counts.getOrDefault(Network.of(address, addressClass), 0);
        }

        boolean fits(InetAddress address, int events) {
            for (int i = 0; i < Network.CLASSES; i++) {
                if ((long) count(address, i) + events > window.limits().of(i)) {
                    return false;
                }
            }
            return true;
        }

        void add(InetAddress address, int events) {
            for (int i = 0; i < Network.CLASSES; i++) {
                counts.merge(Network.of(address, i), events, (a, b) -> a + b == 0 ? null : a + b);
            }
        }
    }
}
