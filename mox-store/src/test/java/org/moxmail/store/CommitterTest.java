package org.moxmail.store;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.moxmail.store.kv.KvEngine;
import org.moxmail.store.kv.KvStore;
import org.moxmail.store.kv.KvTooLargeException;
import org.moxmail.store.kv.KvWrite;
import org.moxmail.time.testing.FakeTiming;

final class CommitterTest {
    private final FakeTiming timing = FakeTiming.at("2026-01-01T00:00:00Z");
    private final KvStore kv = KvEngine.memory(timing).open(Path.of("/kv"));
    private final ConcurrentLinkedQueue<Integer> groups = new ConcurrentLinkedQueue<>();
    private final AtomicInteger threads = new AtomicInteger();
    private final ConcurrentLinkedQueue<Thread> committing = new ConcurrentLinkedQueue<>();
    private final Committer committer = new Committer("test", kv, options(), transaction -> {});
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

    private StoreOptions options() {
        return StoreOptions.standard()
                .withTiming(timing)
                .withThreads(work -> {
                    threads.incrementAndGet();
                    Thread thread = Thread.ofVirtual().unstarted(work);
                    committing.add(thread);
                    return thread;
                })
                .withEvents(new StoreEvents() {
                    @Override
                    public void committed(String account, int writes) {
                        groups.add(writes);
                    }
                });
    }

    @AfterEach
    void close() {
        callers.shutdownNow();
        committer.close();
        kv.close();
    }

    private static void put(KvWrite tx, int key) {
        tx.put(1, new byte[] {(byte) key}, new byte[0]);
    }

    private String keys() {
        return kv.read(snapshot -> {
            StringBuilder keys = new StringBuilder();
            try (var cursor = snapshot.ascend(1, new byte[0], null)) {
                while (cursor.next()) {
                    keys.append(cursor.key()[0]).append(' ');
                }
            }
            return keys.toString().trim();
        });
    }

    /** Occupies the committer until the latch is counted down, so that what is written meanwhile becomes one group. */
    private Future<?> occupy(CountDownLatch free) throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(1);
        Future<?> first = callers.submit(() -> committer.write(tx -> {
            busy.countDown();
            awaitQuietly(free);
            return true;
        }));
        busy.await();
        return first;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError("a thread of the store was interrupted", e);
        }
    }

    @Test
    void writesThatWaitShareOneCommitAndItsSync() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        List<Future<?>> all = new ArrayList<>(List.of(occupy(free)));
        for (int i = 0; i < 10; i++) {
            int key = i;
            all.add(callers.submit(() -> committer.write(tx -> {
                put(tx, key);
                return true;
            })));
        }
        committer.awaitQueued(10);
        free.countDown();
        for (Future<?> one : all) {
            one.get();
        }
        assertEquals(List.of(1, 10), List.copyOf(groups));
        assertEquals("0 1 2 3 4 5 6 7 8 9", keys());
        assertEquals(1, threads.get());
    }

    @Test
    void aFailingWriteFailsAloneAndTheOthersOfItsGroupRunAgain() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        Future<?> first = occupy(free);
        AtomicInteger runs = new AtomicInteger();
        AtomicInteger told = new AtomicInteger();
        Future<Integer> good = callers.submit(() -> committer.write(new Committer.Job<>() {
            @Override
            public Integer run(KvWrite tx) {
                put(tx, 1);
                return runs.incrementAndGet();
            }

            @Override
            public void committed() {
                told.incrementAndGet();
            }
        }));
        committer.awaitQueued(1);
        Future<?> bad = callers.submit(() -> committer.write(tx -> {
            put(tx, 2);
            throw new IOException("no");
        }));
        committer.awaitQueued(2);
        Future<?> later = callers.submit(() -> committer.write(tx -> {
            put(tx, 3);
            return true;
        }));
        committer.awaitQueued(3);
        free.countDown();
        first.get();
        later.get();
        assertEquals(2, good.get());
        assertEquals(1, told.get());
        ExecutionException failure = assertThrows(ExecutionException.class, bad::get);
        assertEquals("java.io.IOException: no", String.valueOf(failure.getCause()));
        assertEquals("1 3", keys());
        assertEquals(List.of(1, 2), List.copyOf(groups));
    }

    @Test
    void aWriteThatOnlyFitsAloneGetsATransactionOfItsOwn() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        List<Future<?>> all = new ArrayList<>(List.of(occupy(free)));
        byte[] value = new byte[KvStore.MAX_VALUE];
        for (int i = 0; i < 2; i++) {
            int key = i;
            all.add(callers.submit(() -> committer.write(tx -> {
                for (int n = 0; n < KvStore.MAX_WRITE / KvStore.MAX_VALUE * (key + 1) / 60; n++) {
                    tx.put(2, new byte[] {(byte) key, (byte) (n >> 8), (byte) n}, value);
                }
                return true;
            })));
            committer.awaitQueued(1 + i);
        }
        Future<?> large = callers.submit(() -> committer.write(tx -> {
            for (int n = 0; n < KvStore.MAX_WRITE / KvStore.MAX_VALUE - 5; n++) {
                tx.put(3, new byte[] {(byte) (n >> 8), (byte) n}, value);
            }
            return true;
        }));
        committer.awaitQueued(3);
        Future<?> tooLarge = callers.submit(() -> committer.write(tx -> {
            for (int n = 0; n < KvStore.MAX_WRITE / KvStore.MAX_VALUE + 5; n++) {
                tx.put(4, new byte[] {(byte) (n >> 8), (byte) n}, value);
            }
            return true;
        }));
        committer.awaitQueued(4);
        free.countDown();
        for (Future<?> one : all) {
            one.get();
        }
        large.get();
        ExecutionException failure = assertThrows(ExecutionException.class, tooLarge::get);
        assertTrue(requireNonNull(failure.getCause()).getCause() instanceof KvTooLargeException);
        assertTrue(kv.available());
    }

    @Test
    void aCallerThatIsInterruptedWaitsOnAndStaysInterrupted() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        Future<?> first = occupy(free);
        AtomicInteger interrupted = new AtomicInteger();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                committer.write(tx -> {
                    put(tx, 5);
                    return true;
                });
                interrupted.set(Thread.currentThread().isInterrupted() ? 1 : 2);
            } catch (IOException e) {
                interrupted.set(3);
            }
        });
        committer.awaitQueued(1);
        caller.interrupt();
        free.countDown();
        first.get();
        caller.join();
        assertEquals(1, interrupted.get());
        assertEquals("5", keys());
        for (Thread thread : committing) {
            assertFalse(thread.isInterrupted());
            assertNotSame(caller, thread);
        }
    }

    @Test
    void itsThreadLivesOnlyWhileThereIsWork() throws Exception {
        for (int i = 0; i < 3; i++) {
            committer.write(tx -> {
                put(tx, 1);
                return true;
            });
            for (Thread thread : committing) {
                thread.join();
            }
        }
        assertEquals(3, threads.get());
    }

    @Test
    void errorsOfAWriteReachItsCaller() {
        assertThrows(
                AssertionError.class,
                () -> committer.write(tx -> {
                    throw new AssertionError("x");
                }));
        assertThrows(
                IllegalStateException.class,
                () -> committer.write(tx -> {
                    throw new IllegalStateException("x");
                }));
        committer.close();
        assertThrows(StoreException.class, () -> committer.write(tx -> true));
    }
}
