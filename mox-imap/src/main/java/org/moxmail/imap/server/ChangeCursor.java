package org.moxmail.imap.server;

import java.time.Duration;
import java.util.List;
import org.moxmail.message.mailbox.Commit;

/**
 * A session's place in the account's stream of commits. One thread polls at a time; {@link #wake} may come from any.
 */
public interface ChangeCursor extends AutoCloseable {
    /** Marks the commits that this session's own writes make, see {@link Commit#origin}. */
    long origin();

    /** What was committed since the last call, in commit order. Never blocks. */
    List<Commit> poll();

    /** Like poll, but waits up to {@code max} for something to come or for {@link #wake}. */
    List<Commit> await(Duration max) throws InterruptedException;

    /** Ends a wait early. */
    void wake();

    /**
     * Everything up to {@code modSeq} has been told to the client: octets of messages removed by then may go.
     */
    void acknowledge(long modSeq);

    @Override
    void close();
}
