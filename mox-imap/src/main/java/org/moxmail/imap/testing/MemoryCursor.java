package org.moxmail.imap.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.moxmail.imap.server.ChangeCursor;
import org.moxmail.message.mailbox.Change;
import org.moxmail.message.mailbox.Commit;

/** A bounded queue of commits. Its lock is taken inside the account's, never the other way round. */
final class MemoryCursor implements ChangeCursor {
    /** Changes that may wait; more are dropped and an overflow told. */
    static final int MAX_CHANGES = 10_000;

    private final MemoryAccount account;
    private final MemoryMail session;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition something = lock.newCondition();
    private List<Commit> queue = new ArrayList<>();
    private int changes;
    private boolean woken;
    private boolean closed;

    MemoryCursor(MemoryAccount account, MemoryMail session) {
        this.account = account;
        this.session = session;
    }

    MemoryMail session() {
        return session;
    }

    void offer(Commit commit) {
        lock.lock();
        try {
            int size = size(commit);
            if (changes + size > MAX_CHANGES) {
                queue = new ArrayList<>();
                queue.add(new Commit(commit.modSeq(), 0, List.of(new Change.Overflow())));
                changes = 1;
            } else {
                queue.add(commit);
                changes += size;
            }
            something.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static int size(Commit commit) {
        int size = 0;
        for (Change change : commit.changes()) {
            size += switch (change) {
                case Change.Added added -> added.messages().size();
                case Change.FlagsChanged changed -> changed.messages().size();
                default -> 1;
            };
        }
        return size;
    }

    @Override
    public long origin() {
        return session.origin();
    }

    @Override
    public List<Commit> poll() {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the cursor is closed");
            }
            List<Commit> taken = queue;
            if (!taken.isEmpty()) {
                queue = new ArrayList<>();
                changes = 0;
            }
            return List.copyOf(taken);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Commit> await(Duration max) throws InterruptedException {
        lock.lock();
        try {
            long deadline = account.timing().nanoTime() + max.toNanos();
            while (queue.isEmpty() && !woken && !closed) {
                long left = deadline - account.timing().nanoTime();
                if (left <= 0 || !account.timing().await(something, lock, Duration.ofNanos(left))) {
                    break;
                }
            }
            woken = false;
            return poll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void wake() {
        lock.lock();
        try {
            woken = true;
            something.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void acknowledge(long modSeq) {
        account.acknowledge(this, modSeq, false);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            something.signalAll();
        } finally {
            lock.unlock();
        }
        account.acknowledge(this, Long.MAX_VALUE, true);
    }
}
