package org.moxmail.store;

import java.time.Duration;
import java.util.List;
import org.moxmail.message.mailbox.Commit;

/**
 * A listener's place in the account's stream of commits. One thread polls at a time; {@link #wake}, {@link #acknowledge}
 * and {@link #close} may come from any.
 */
public final class ChangeCursor implements AutoCloseable {
    ChangeCursor() {}

    /** Marks the commits that were written through the same account handle, see {@link Commit#origin}. */
    public long origin() {
        throw new UnsupportedOperationException();
    }

    /**
     * What was committed since the last call, in commit order. Never blocks. When more than
     * {@link StoreLimits#queuedChanges} changes came, a single {@code Overflow} instead of all that was waiting.
     */
    public List<Commit> poll() {
        throw new UnsupportedOperationException();
    }

    /** Like poll, but waits up to {@code max} for something to come, for {@link #wake} or for {@link #close}. */
    public List<Commit> await(Duration max) throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** Ends a wait early: the present one, or else the next. */
    public void wake() {
        throw new UnsupportedOperationException();
    }

    /** Messages removed up to {@code modSeq} won't be read any more by this listener: their octets may go. */
    public void acknowledge(long modSeq) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
