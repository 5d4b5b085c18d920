package org.moxmail.store;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.moxmail.store.kv.KvException;
import org.moxmail.store.kv.KvStore;
import org.moxmail.store.kv.KvTooLargeException;
import org.moxmail.store.kv.KvWrite;

/**
 * Group commit, and the write lock of an environment in one.
 *
 * <p>Writers queue their jobs and wait. One thread takes the jobs that are waiting, runs them one after another inside
 * one exclusive transaction, commits it durably with one sync of the disk, tells each job in order that it is committed
 * (which is when changes are published), and releases the callers. While it syncs the next group gathers, so that groups
 * grow with the load and a lone writer pays for nothing but its own sync.
 *
 * <p>A job that throws spoils the transaction for the whole group: it is abandoned, the job's caller gets the exception,
 * and the others run again. A job therefore has no effects outside the transaction until it is told of the commit.
 *
 * <p>The thread is the store's own and never interrupted, whereas a caller may be interrupted at any time, and an
 * interrupt during a commit would make the environment inoperative. It lives only while there are jobs: thousands of
 * open accounts are not thousands of threads.
 */
final class Committer {
    /** A write. */
    interface Job<T> {
        /** May run several times, each time on a fresh transaction. */
        T run(KvWrite transaction) throws IOException;

        /** The last run is durable. Called in commit order; must neither block nor throw. */
        default void committed() {}
    }

    /** What is done once for a whole group. */
    @FunctionalInterface
    interface Ending {
        /** All jobs of the group have run on this transaction, which is about to be committed. */
        void end(KvWrite transaction);
    }

    private record Result<T>(T value) {}

    private static final class Waiting<T> {
        final Job<T> job;
        final Condition done;

        @Nullable
        Result<T> result;

        @Nullable
        Throwable failure;

        boolean finished;

        Waiting(Job<T> job, Condition done) {
            this.job = job;
            this.done = done;
        }

        void run(KvWrite transaction) throws IOException {
            result = new Result<>(job.run(transaction));
        }
    }

    /** Ends the transaction of a group whose member failed. */
    private static final class Abandoned extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Waiting<?> failed;

        Abandoned(Waiting<?> failed, Throwable cause) {
            super(null, cause, false, false);
            this.failed = failed;
        }
    }

    private final String name;
    private final KvStore kv;
    private final StoreOptions options;
    private final Ending ending;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final Condition queued = lock.newCondition();
    private final ArrayDeque<Waiting<?>> queue = new ArrayDeque<>();
    private boolean running;
    private boolean closed;

    Committer(String name, KvStore kv, StoreOptions options, Ending ending) {
        this.name = name;
        this.kv = kv;
        this.options = options;
        this.ending = ending;
    }

    /** Runs a job and waits until it is durable. An interrupt doesn't end the wait. */
    <T> T write(Job<T> job) throws IOException {
        Waiting<T> waiting;
        lock.lock();
        try {
            if (closed) {
                throw new StoreException(name + " is closed");
            }
            waiting = new Waiting<>(job, lock.newCondition());
            queue.add(waiting);
            queued.signalAll();
            if (!running) {
                begin(waiting);
            }
            while (!waiting.finished) {
                waiting.done.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        if (waiting.failure != null) {
            throw thrown(waiting.failure);
        }
        Result<T> result = waiting.result;
        if (result == null) {
            throw new IllegalStateException("a write ended without a result");
        }
        return result.value;
    }

    /** Under the lock: starts the thread, or takes the job back when there can't be one. */
    private void begin(Waiting<?> waiting) {
        boolean started = false;
        try {
            options.threads().newThread(this::run).start();
            started = true;
        } finally {
            running = started;
            if (!started) {
                queue.remove(waiting);
            }
        }
    }

    private static RuntimeException thrown(Throwable failure) throws IOException {
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof KvException e && StorageFullException.causes(e)) {
            throw new StorageFullException("no space left on device: " + e.getMessage(), e);
        }
        if (failure instanceof KvException e) {
            throw new StoreException(String.valueOf(e.getMessage()), e);
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        throw new IllegalStateException(failure);
    }

    /** Waits until so many jobs wait for the next group; for tests that need a group of a known size. */
    void awaitQueued(int count) throws InterruptedException {
        lock.lock();
        try {
            while (queue.size() < count) {
                queued.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets no job in any more and waits for those that are. */
    void close() {
        lock.lock();
        try {
            closed = true;
            while (running) {
                idle.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        for (List<Waiting<?>> group = take(); group != null; group = take()) {
            commit(group);
        }
    }

    private @Nullable List<Waiting<?>> take() {
        lock.lock();
        try {
            if (queue.isEmpty()) {
                running = false;
                idle.signalAll();
                return null;
            }
            List<Waiting<?>> group = new ArrayList<>();
            while (!queue.isEmpty() && group.size() < options.limits().groupedWrites()) {
                group.add(queue.remove());
            }
            return group;
        } finally {
            lock.unlock();
        }
    }

    private void commit(List<Waiting<?>> taken) {
        List<Waiting<?>> group = taken;
        while (!group.isEmpty()) {
            List<Waiting<?>> candidates = group;
            try {
                int count = kv.write(transaction -> runAll(candidates, transaction));
                List<Waiting<?>> committed = candidates.subList(0, count);
                committed.forEach(waiting -> tell(waiting.job::committed));
                tell(() -> options.events().committed(name, count));
                finish(committed);
                group = candidates.subList(count, candidates.size());
            } catch (Abandoned e) {
                group = withoutFailed(candidates, e);
            } catch (RuntimeException | Error e) {
                fail(candidates, e);
                group = List.of();
            }
        }
    }

    /** What is durable stays so, whatever those make of it who are told. */
    private void tell(Runnable told) {
        try {
            told.run();
        } catch (RuntimeException e) {
            System.getLogger(Committer.class.getName())
                    .log(System.Logger.Level.ERROR, "Telling of a commit failed, environment " + name, e);
        }
    }

    /** Runs jobs until the transaction is big enough; how many ran. */
    private int runAll(List<Waiting<?>> group, KvWrite transaction) {
        int count = 0;
        for (Waiting<?> waiting : group) {
            if (count > 0 && transaction.written() > options.limits().groupedBytes()) {
                break;
            }
            try {
                waiting.run(transaction);
            } catch (IOException | RuntimeException | Error e) {
                throw new Abandoned(waiting, e);
            }
            count++;
        }
        ending.end(transaction);
        return count;
    }

    private List<Waiting<?>> withoutFailed(List<Waiting<?>> group, Abandoned abandoned) {
        Waiting<?> failed = abandoned.failed;
        List<Waiting<?>> rest = new ArrayList<>(group);
        rest.remove(failed);
        if (abandoned.getCause() instanceof KvTooLargeException && group.get(0) != failed) {
            // The group was too large, not the job: it comes first in a transaction of its own.
            rest.add(0, failed);
            return rest;
        }
        if (!kv.available()) {
            fail(group, abandoned.getCause());
            return List.of();
        }
        failed.failure = abandoned.getCause();
        finish(List.of(failed));
        return rest;
    }

    private void fail(List<Waiting<?>> group, @Nullable Throwable cause) {
        Throwable failure = cause == null ? new IllegalStateException() : cause;
        for (Waiting<?> waiting : group) {
            waiting.failure = failure;
        }
        if (!kv.available()) {
            tell(() -> options.events().unavailable(name, failure));
        }
        finish(group);
    }

    private void finish(List<Waiting<?>> group) {
        lock.lock();
        try {
            for (Iterator<Waiting<?>> each = group.iterator(); each.hasNext(); ) {
                Waiting<?> waiting = each.next();
                waiting.finished = true;
                waiting.done.signal();
            }
        } finally {
            lock.unlock();
        }
    }
}
