package org.moxmail.dns;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.moxmail.time.Timing;

/**
 * Keeps answers of another resolver for as long as they may be kept: found ones for their TTL, RFC 1034 §3.6, absences as RFC 2308
 * has it, failures briefly, RFC 9520. The TTL of an answer from the cache is what is left of it.
 *
 * <p>Of several threads that look up the same at the same time, one asks and the others wait for its answer; if it is interrupted
 * another one asks. No lock is held meanwhile.
 */
public final class CachingResolver implements Resolver {
    private record Key(DnsName name, RecordType<?> type) {}

    private record Kept(Answer<?> answer, long since, long nanos) {}

    /** A lookup under way. Guarded by the cache's lock. */
    private static final class Flight {
        private final Condition ended;
        private @Nullable Answer<?> answer;
        private boolean over;

        Flight(Condition ended) {
            this.ended = ended;
        }
    }

    private final Resolver resolver;
    private final CacheLimits limits;
    private final Timing timing;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Key, Flight> flights = new HashMap<>();

    /** A cache in front of a resolver. */
    public CachingResolver(Resolver resolver, CacheLimits limits, Timing timing) {
        this.resolver = resolver;
        this.limits = limits;
        this.timing = timing;
    }

    /** Forgets everything. Lookups under way are answered and kept all the same. */
    public void clear() {
        lock.lock();
        try {
            kept.clear();
        } finally {
            lock.unlock();
        }
    }

    /** How many answers are kept, some of which may be too old to be given. */
    public int size() {
        lock.lock();
        try {
            return kept.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    @SuppressWarnings("unchecked") // What is kept under a key was an answer of the key's type.
    public <R> Answer<R> lookup(DnsName name, RecordType<R> type) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Key key = new Key(name, type);
        Flight flight;
        lock.lock();
        try {
            while (true) {
                Answer<?> cached = cached(key);
                if (cached != null) {
                    return (Answer<R>) cached;
                }
                Flight other = flights.get(key);
                if (other == null) {
                    flight = new Flight(lock.newCondition());
                    flights.put(key, flight);
                    break;
                }
                Answer<?> answer = join(other);
                if (answer != null) {
                    return (Answer<R>) answer;
                }
            }
        } finally {
            lock.unlock();
        }
        return fly(key, flight, name, type);
    }

    /** Waits for another thread's answer; null when it got none. */
    private static @Nullable Answer<?> join(Flight other) throws InterruptedException {
        while (!other.over) {
            other.ended.await();
        }
        return other.answer;
    }

    private <R> Answer<R> fly(Key key, Flight flight, DnsName name, RecordType<R> type) throws InterruptedException {
        Answer<R> answer = null;
        try {
            answer = resolver.lookup(name, type);
            return answer;
        } finally {
            lock.lock();
            try {
                flights.remove(key);
                flight.over = true;
                flight.answer = answer;
                flight.ended.signalAll();
                if (answer != null) {
                    keep(key, answer);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private @Nullable Answer<?> cached(Key key) {
        Kept entry = kept.get(key);
        if (entry == null) {
            return null;
        }
        long left = entry.nanos - (timing.nanoTime() - entry.since);
        if (left <= 0) {
            kept.remove(key);
            return null;
        }
        return aged(entry.answer, Duration.ofNanos(left));
    }

    private static <R> Answer<R> aged(Answer<R> answer, Duration left) {
        return switch (answer) {
            case Answer.Found<R> found ->
                new Answer.Found<>(found.records(), found.canonicalName(), found.authentic(), left);
            case Answer.NoData<R> none -> new Answer.NoData<>(none.authentic(), left);
            case Answer.NxDomain<R> none -> new Answer.NxDomain<>(none.authentic(), left);
            case Answer.Failed<R> failed -> failed;
        };
    }

    private void keep(Key key, Answer<?> answer) {
        Duration time = time(answer);
        if (!time.isPositive()) {
            return;
        }
        kept.put(key, new Kept(answer, timing.nanoTime(), time.toNanos()));
        if (kept.size() > limits.answers()) {
            kept.remove(kept.keySet().iterator().next());
        }
    }

    private Duration time(Answer<?> answer) {
        return switch (answer) {
            case Answer.Found<?> found -> {
                Duration least = found.ttl().compareTo(limits.least()) < 0 ? limits.least() : found.ttl();
                yield shorter(least, limits.most());
            }
            case Answer.NoData<?> none -> shorter(none.ttl(), limits.absence());
            case Answer.NxDomain<?> none -> shorter(none.ttl(), limits.absence());
            case Answer.Failed<?> failed -> limits.failure();
        };
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
