package org.moxmail.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.moxmail.message.mailbox.Commit;

/**
 * Hands an account's commits to its cursors, in commit order, and knows up to where all of them have let go of removed
 * messages. Its lock is held for moving references only.
 */
final class ChangeFeed {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<ChangeCursor> cursors = new ArrayList<>();
    private final AtomicLong origins = new AtomicLong();
    private final StoreOptions options;
    private final Runnable released;
    /** Those before this account was opened may not be erased yet. */
    private volatile long lastRemoval;

    private volatile long erasedUpTo;
    private long published;

    /** @param released runs when removed messages may have become free of readers; must not block */
    ChangeFeed(StoreOptions options, long published, Runnable released) {
        this.options = options;
        this.published = published;
        lastRemoval = published;
        this.released = released;
    }

    /** A number that marks one handle's writes. */
    long newOrigin() {
        return origins.incrementAndGet();
    }

    ChangeCursor open(long origin) {
        lock.lock();
        try {
            ChangeCursor cursor = new ChangeCursor(this, options, origin, published);
            cursors.add(cursor);
            return cursor;
        } finally {
            lock.unlock();
        }
    }

    /** A write removed messages that somebody may still read; called by the committer. */
    void removed(long modSeq) {
        lastRemoval = modSeq;
    }

    /** The last write that removed messages. */
    long lastRemoval() {
        return lastRemoval;
    }

    /** Nothing is left of what was removed by writes up to this one. */
    void erased(long modSeq) {
        erasedUpTo = modSeq;
    }

    /** Called by the committer, in commit order. */
    void publish(Commit commit) {
        lock.lock();
        try {
            published = Math.max(published, commit.modSeq());
            cursors.forEach(cursor -> cursor.offer(commit));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Removals up to this mod-sequence have no reader left, and never get one: cursors that are opened from now on begin behind it.
     */
    long releasedUpTo() {
        lock.lock();
        try {
            // Not more, or who opens a cursor now would lose what is removed next.
            long lowest = published;
            for (ChangeCursor cursor : cursors) {
                lowest = Math.min(lowest, cursor.acknowledged());
            }
            return lowest;
        } finally {
            lock.unlock();
        }
    }

    void acknowledged() {
        release();
    }

    /** Not for each of a thousand clients that heard of a new message. */
    private void release() {
        if (erasedUpTo < lastRemoval) {
            released.run();
        }
    }

    void closed(ChangeCursor cursor) {
        boolean was;
        lock.lock();
        try {
            was = cursors.remove(cursor);
        } finally {
            lock.unlock();
        }
        if (was) {
            release();
        }
    }
}
