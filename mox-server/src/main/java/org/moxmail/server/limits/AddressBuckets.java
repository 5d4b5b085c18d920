package org.moxmail.server.limits;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/** Counts what is open per network. Safe for many threads. */
public final class AddressBuckets {
    private final AddressLimits limits;
    private final Map<Network, Integer> open = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    public AddressBuckets(AddressLimits limits) {
        this.limits = limits;
    }

    /** Something that is open. Closing it a second time does nothing. */
    public interface Permit extends AutoCloseable {
        @Override
        void close();
    }

    /** Counts one more from an address, or not when one of its networks has enough. The caller closes the permit. */
    public Optional<Permit> acquire(InetAddress address) {
        lock.lock();
        try {
            for (int i = 0; i < Network.CLASSES; i++) {
                if (open.getOrDefault(Network.of(address, i), 0) >= limits.of(i)) {
                    return Optional.empty();
                }
            }
            add(address, 1);
        } finally {
            lock.unlock();
        }
        AtomicBoolean returned = new AtomicBoolean();
        return Optional.of(() -> {
            if (returned.compareAndSet(false, true)) {
                release(address);
            }
        });
    }

    private void release(InetAddress address) {
        lock.lock();
        try {
            add(address, -1);
        } finally {
            lock.unlock();
        }
    }

    private void add(InetAddress address, int by) {
        for (int i = 0; i < Network.CLASSES; i++) {
            open.merge(Network.of(address, i), by, (a, b) -> a + b == 0 ? null : a + b);
        }
    }
}
