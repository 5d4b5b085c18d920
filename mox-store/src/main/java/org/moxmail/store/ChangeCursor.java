package org.moxmail.store;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.moxmail.message.mailbox.Change;
import org.moxmail.message.mailbox.Commit;

/**
 * A listener's place in the account's stream of commits. One thread polls at a time; {@link #wake}, {@link #acknowledge}
 * and {@link #close} may come from any.
 */
public final class ChangeCursor implements AutoCloseable {
    private final ChangeFeed feed;
    private final StoreOptions options;
    private final long origin;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition came = lock.newCondition();
    private final ArrayDeque<Commit> queue = new ArrayDeque<>();
    private int queued;
    private boolean overflowed;
    private long overflowModSeq;
    private boolean woken;
    private boolean closed;
    private volatile long acknowledged;

    ChangeCursor(ChangeFeed feed, StoreOptions options, long origin, long acknowledged) {
        this.feed = feed;
        this.options = options;
        this.origin = origin;
        this.acknowledged = acknowledged;
    }

    /** Marks the commits that were written through the same account handle, see {@link Commit#origin}. */
    public long origin() {
        return origin;
    }

    /** Messages and other things that changed. */
    private static int weight(Commit commit) {
        int weight = 0;
        for (Change change : commit.changes()) {
            weight += switch (change) {
                case Change.Added added -> Math.max(1, added.messages().size());
                case Change.FlagsChanged flags -> Math.max(1, flags.messages().size());
                default -> 1;
            };
        }
        return weight;
    }

    /** Called under the feed's lock. */
    void offer(Commit commit) {
        int weight = weight(commit);
        lock.lock();
        try {
            if (closed) {
                return;
            }
            // A single commit is always taken, however large: it was made at once and is kept once for all cursors.
            if (overflowed
                    || !queue.isEmpty() && queued + weight > options.limits().queuedChanges()) {
                queue.clear();
                queued = 0;
                overflowed = true;
                overflowModSeq = Math.max(overflowModSeq, commit.modSeq());
                // Whoever missed removals can't be waited for.
                acknowledged = Math.max(acknowledged, commit.modSeq());
            } else {
                queue.add(commit);
                queued += weight;
            }
            came.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * What was committed since the last call, in commit order. Never blocks. When more than
     * {@link StoreLimits#queuedChanges} changes came, a single {@code Overflow} instead of all that was waiting.
     */
    public List<Commit> poll() {
        lock.lock();
        try {
            return take();
        } finally {
            lock.unlock();
        }
    }

    private List<Commit> take() {
        woken = false;
        if (overflowed) {
            overflowed = false;
            return List.of(new Commit(overflowModSeq, 0, List.of(new Change.Overflow())));
        }
        List<Commit> all = List.copyOf(queue);
        queue.clear();
        queued = 0;
        return all;
    }

    /** Like poll, but waits up to {@code max} for something to come, for {@link #wake} or for {@link #close}. */
    public List<Commit> await(Duration max) throws InterruptedException {
        lock.lock();
        try {
            long end = options.timing().nanoTime() + max.toNanos();
            Duration left = max;
            while (queue.isEmpty() && !overflowed && !woken && !closed && left.isPositive()) {
                if (!options.timing().await(came, lock, left)) {
                    break;
                }
                left = Duration.ofNanos(end - options.timing().nanoTime());
            }
            return take();
        } finally {
            lock.unlock();
        }
    }

    /** Ends a wait early: the present one, or else the next. */
    public void wake() {
        lock.lock();
        try {
            woken = true;
            came.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Up to where this listener has let go of removed messages. */
    public long acknowledged() {
        return acknowledged;
    }

    /** Messages removed up to {@code modSeq} won't be read any more by this listener: their octets may go. */
    public void acknowledge(long modSeq) {
        lock.lock();
        try {
            if (modSeq <= acknowledged) {
                return;
            }
            acknowledged = modSeq;
        } finally {
            lock.unlock();
        }
        feed.acknowledged();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            queue.clear();
            came.signalAll();
        } finally {
            lock.unlock();
        }
        feed.closed(this);
    }
}
