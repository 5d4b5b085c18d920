package org.moxmail.mtasts;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.moxmail.dns.DnsName;

/** A cache for the life of the process, that forgets what was not asked for the longest when it is full. */
public final class MemoryPolicyCache implements PolicyCache {
    private final Lock lock = new ReentrantLock();
    private final Map<DnsName, CacheEntry> entries;

    /**
     * @param size entries at most, 1 or more
     */
    public MemoryPolicyCache(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("a cache of " + size);
        }
        entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<DnsName, CacheEntry> eldest) {
                return size() > size;
            }
        };
    }

    @Override
    public Optional<CacheEntry> get(DnsName domain) {
        lock.lock();
        try {
            return Optional.ofNullable(entries.get(domain));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void put(CacheEntry entry) {
        lock.lock();
        try {
            entries.put(entry.domain(), entry);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void remove(DnsName domain) {
        lock.lock();
        try {
            entries.remove(domain);
        } finally {
            lock.unlock();
        }
    }
}
