package org.moxmail.dkim;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.moxmail.dns.DnsName;

/** Keeps the keys used last in memory. Safe for use by many threads. */
public final class MemoryKeyCache implements DkimKeyCache {
    private record Kept(DkimKeyAnswer answer, Instant until) {}

    private final InstantSource clock;
    private final Duration least;
    private final Duration most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<DnsName, Kept> kept;

    /**
     * A cache, empty.
     *
     * @param entries keys at most; the one not used for longest goes first
     * @param least how long a key is kept even if its time to live is less
     * @param most how long a key is kept at most, which bounds the time a revoked key is still accepted
     */
    public MemoryKeyCache(InstantSource clock, int entries, Duration least, Duration most) {
        if (entries < 1 || least.compareTo(most) > 0) {
            throw new IllegalArgumentException("no room or no time");
        }
        this.clock = clock;
        this.least = least;
        this.most = most;
        this.kept = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<DnsName, Kept> eldest) {
                return size() > entries;
            }
        };
    }

    /** A cache of 10,000 keys, each for a minute to an hour. */
    public MemoryKeyCache(InstantSource clock) {
        this(clock, 10_000, Duration.ofMinutes(1), Duration.ofHours(1));
    }

    @Override
    public Optional<DkimKeyAnswer> find(DnsName name) {
        Instant now = clock.instant();
        lock.lock();
        try {
            Kept entry = kept.get(name);
            if (entry == null) {
                return Optional.empty();
            }
            if (!now.isBefore(entry.until())) {
                kept.remove(name);
                return Optional.empty();
            }
            return Optional.of(entry.answer());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void keep(DnsName name, DkimKeyAnswer answer, Duration ttl) {
        Duration time = ttl.compareTo(least) < 0 ? least : ttl.compareTo(most) > 0 ? most : ttl;
        Instant until = clock.instant().plus(time);
        lock.lock();
        try {
            kept.put(name, new Kept(answer, until));
        } finally {
            lock.unlock();
        }
    }
}
