package org.moxmail.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.moxmail.dns.testing.ZoneResolver;
import org.moxmail.time.testing.FakeTiming;

class CachingResolverTest {
    private static final CacheLimits LIMITS = new CacheLimits(
            3, Duration.ofSeconds(10), Duration.ofHours(1), Duration.ofMinutes(3), Duration.ofSeconds(5));

    private final FakeTiming timing = FakeTiming.at("2026-01-01T00:00:00Z");
    private final ZoneResolver zone = new ZoneResolver()
            .address("a.example", "192.0.2.1")
            .address("b.example", "192.0.2.2")
            .address("c.example", "192.0.2.3")
            .address("d.example", "192.0.2.4");
    private final CachingResolver cache = new CachingResolver(zone, LIMITS, timing);

    private static Answer<Inet4Address> ask(Resolver resolver, String name) throws Exception {
        return resolver.lookup(DnsName.forLookup(name), RecordType.A);
    }

    @Test
    void anAnswerIsKeptForItsTimeWhichRunsOut() throws Exception {
        Answer.Found<?> first = assertInstanceOf(Answer.Found.class, ask(cache, "a.example"));
        timing.advance(Duration.ofMinutes(4));
        Answer.Found<?> second = assertInstanceOf(Answer.Found.class, ask(cache, "A.example"));
        assertEquals(ZoneResolver.TTL, first.ttl());
        assertEquals(Duration.ofMinutes(1), second.ttl());
        assertEquals(first.records(), second.records());
        assertEquals(1, zone.asked().size());
        timing.advance(Duration.ofMinutes(1));
        ask(cache, "a.example");
        assertEquals(2, zone.asked().size());
    }

    @Test
    void timesAreBounded() throws Exception {
        for (Duration[] ttl :
                new Duration[][] {{Duration.ZERO, Duration.ofSeconds(10)}, {Duration.ofDays(30), Duration.ofHours(1)}
                }) {
            List<DnsName> asked = new ArrayList<>();
            Resolver source = new Resolver() {
                @Override
                public <R> Answer<R> lookup(DnsName name, RecordType<R> type) {
                    asked.add(name);
                    return new Answer.Found<>(List.of(type.data().cast(name)), name, true, ttl[0]);
                }
            };
            CachingResolver bounded = new CachingResolver(source, LIMITS, timing);
            DnsName name = DnsName.parse("a.example");
            bounded.lookup(name, RecordType.NS);
            timing.advance(ttl[1].minusNanos(1));
            bounded.lookup(name, RecordType.NS);
            assertEquals(1, asked.size());
            timing.advance(Duration.ofNanos(1));
            bounded.lookup(name, RecordType.NS);
            assertEquals(2, asked.size());
        }
    }

    @Test
    void absencesAndFailuresAreKeptForLess() throws Exception { // RFC 2308 §5, RFC 9520
        zone.fail("f.example", RecordType.A, DnsFailure.SERVFAIL);
        for (int i = 0; i < 2; i++) {
            assertInstanceOf(Answer.NxDomain.class, ask(cache, "x.example"));
            assertInstanceOf(Answer.NoData.class, ask(cache, "example"));
            assertInstanceOf(Answer.Failed.class, ask(cache, "f.example"));
        }
        assertEquals(3, zone.asked().size());
        timing.advance(Duration.ofSeconds(5));
        ask(cache, "f.example");
        ask(cache, "x.example");
        assertEquals(4, zone.asked().size());
        timing.advance(Duration.ofMinutes(3));
        ask(cache, "x.example");
        ask(cache, "example");
        assertEquals(6, zone.asked().size());
    }

    @Test
    void typesAreKeptApart() throws Exception {
        ask(cache, "a.example");
        assertInstanceOf(Answer.NoData.class, cache.lookup(DnsName.parse("a.example"), RecordType.AAAA));
    }

    @Test
    void theSizeIsBoundedAndTheLeastRecentlyAskedGoes() throws Exception {
        for (String name : List.of("a.example", "b.example", "c.example", "a.example", "d.example")) {
            ask(cache, name);
        }
        assertEquals(3, cache.size());
        ask(cache, "a.example");
        assertEquals(4, zone.asked().size());
        ask(cache, "b.example");
        assertEquals(5, zone.asked().size());
        cache.clear();
        assertEquals(0, cache.size());
    }

    /** Answers when it's let. */
    private final class Slow implements Resolver {
        private final Semaphore asked = new Semaphore(0);
        private final Semaphore let = new Semaphore(0);

        @Override
        public <R> Answer<R> lookup(DnsName name, RecordType<R> type) throws InterruptedException {
            asked.release();
            let.acquire();
            return zone.lookup(name, type);
        }
    }

    @Test
    void lookupsOfTheSameAtTheSameTimeAreOne() throws Exception {
        Slow slow = new Slow();
        CachingResolver shared = new CachingResolver(slow, LIMITS, timing);
        ConcurrentLinkedQueue<Answer<?>> answers = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        CountDownLatch started = new CountDownLatch(20);
        for (int i = 0; i < 20; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                started.countDown();
                try {
                    answers.add(ask(shared, "a.example"));
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }));
        }
        started.await();
        slow.asked.acquire();
        // Another name isn't held up.
        Thread other = Thread.ofVirtual().start(() -> {
            try {
                ask(shared, "b.example");
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        slow.asked.acquire();
        slow.let.release(2);
        for (Thread thread : threads) {
            thread.join();
        }
        other.join();
        assertEquals(20, answers.size());
        assertEquals(2, zone.asked().size());
    }

    @Test
    void whenTheOneThatAsksIsInterruptedAnotherAsks() throws Exception {
        Slow slow = new Slow();
        CachingResolver shared = new CachingResolver(slow, LIMITS, timing);
        ConcurrentLinkedQueue<Object> ends = new ConcurrentLinkedQueue<>();
        Runnable asking = () -> {
            try {
                ends.add(ask(shared, "a.example"));
            } catch (Exception e) {
                ends.add(e);
            }
        };
        Thread first = Thread.ofVirtual().start(asking);
        slow.asked.acquire();
        Thread second = Thread.ofVirtual().start(asking);
        first.interrupt();
        first.join();
        assertInstanceOf(InterruptedException.class, ends.poll());
        slow.asked.acquire();
        slow.let.release();
        second.join();
        assertInstanceOf(Answer.Found.class, ends.poll());
    }

    @Test
    void aBrokenResolverBreaksNobodyElse() throws Exception {
        Resolver broken = new Resolver() {
            @Override
            public <R> Answer<R> lookup(DnsName name, RecordType<R> type) {
                throw new IllegalStateException("broken");
            }
        };
        CachingResolver shared = new CachingResolver(broken, LIMITS, timing);
        assertThrows(IllegalStateException.class, () -> ask(shared, "a.example"));
        assertThrows(IllegalStateException.class, () -> ask(shared, "a.example"));
        assertEquals(0, shared.size());
    }
}
