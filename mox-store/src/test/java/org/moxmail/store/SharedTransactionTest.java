package org.moxmail.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.moxmail.message.mailbox.MailboxName;

/** Writes of one account that share a transaction and the rows that are pending in it. */
final class SharedTransactionTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch go = new CountDownLatch(1);
    private Fixture fixture;
    private OpenAccount account;
    private Future<?> first;

    /** The first write takes its time, so that those behind it become one group. */
    @BeforeEach
    void open() throws Exception {
        fixture = new Fixture();
        account = OpenAccount.open(
                "eve",
                Path.of("/eve"),
                fixture.options,
                new RowCache(fixture.options.limits().cacheBytes()));
        CountDownLatch running = new CountDownLatch(1);
        first = threads.submit(() -> account.background(tx -> {
            running.countDown();
            return await(go);
        }));
        running.await();
    }

    private static boolean await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @AfterEach
    void close() throws Exception {
        first.get();
        threads.shutdownNow();
        account.close();
        fixture.close();
    }

    private List<Future<?>> group(List<Callable<?>> works) throws InterruptedException {
        List<Future<?>> results = new ArrayList<>();
        for (Callable<?> work : works) {
            results.add(threads.submit(work));
            account.committer().awaitQueued(results.size());
        }
        go.countDown();
        return results;
    }

    private AccountState state() throws IOException {
        return account.read(tx -> tx.get(Tables.STATE, Key.of(1)).orElseThrow());
    }

    private Callable<Boolean> quota(long bytes) {
        return () -> account.write(0, view -> {
            view.quotaLimit(bytes);
            return true;
        });
    }

    @Test
    void workOnTheTablesFindsWhatIsPendingAndIsNotUndoneByIt() throws Exception {
        List<Long> found = new ArrayList<>();
        Callable<Boolean> sweep = () -> account.background(tx -> {
            AccountState state = tx.get(Tables.STATE, Key.of(1)).orElseThrow();
            found.add(state.quotaLimit);
            state.sweptBelow = 77;
            return tx.put(Tables.STATE, state).isPresent();
        });
        for (Future<?> result : group(List.of(quota(5), sweep, quota(6)))) {
            result.get();
        }
        assertEquals(List.of(5L), found);
        assertEquals(6, state().quotaLimit);
        assertEquals(77, state().sweptBelow);
    }

    @Test
    void aWriteThatFailsLeavesNothingOfItsOwnToTheOthers() throws Exception {
        MailboxName one = MailboxName.parse("One");
        MailboxName two = MailboxName.parse("Two");
        Callable<Object> failing = () -> account.write(0, view -> {
            view.quotaLimit(9);
            view.create(two, Set.of());
            throw new IOException("on purpose");
        });
        Callable<Object> creating = () -> account.write(0, view -> view.create(one, Set.of()));
        long before = state().lastModSeq;
        List<Future<?>> results = group(List.of(quota(5), failing, creating));
        results.get(0).get();
        assertThrows(ExecutionException.class, () -> results.get(1).get());
        results.get(2).get();
        assertEquals(5, state().quotaLimit);
        assertEquals(before + 1, state().lastModSeq);
        assertEquals(List.of("Inbox", "One"), account.read(tx -> {
            List<String> names = new ArrayList<>();
            tx.each(
                    Tables.MAILBOX_BY_NAME,
                    Key.EMPTY,
                    row -> names.add(row.name().toString()));
            names.retainAll(List.of("Inbox", "One", "Two"));
            return names;
        }));
    }
}
