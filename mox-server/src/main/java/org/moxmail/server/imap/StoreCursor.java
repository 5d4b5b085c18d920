package org.moxmail.server.imap;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.moxmail.imap.server.ChangeCursor;
import org.moxmail.message.mailbox.Commit;

/** A session's place in the account's commits. */
final class StoreCursor implements ChangeCursor {
    private final org.moxmail.store.ChangeCursor cursor;
    private final Consumer<StoreCursor> closed;

    /** @param closed is told when this is closed */
    StoreCursor(org.moxmail.store.ChangeCursor cursor, Consumer<StoreCursor> closed) {
        this.cursor = cursor;
        this.closed = closed;
    }

    long acknowledged() {
        return cursor.acknowledged();
    }

    @Override
    public long origin() {
        return cursor.origin();
    }

    @Override
    public List<Commit> poll() {
        return cursor.poll();
    }

    @Override
    public List<Commit> await(Duration max) throws InterruptedException {
        return cursor.await(max);
    }

    @Override
    public void wake() {
        cursor.wake();
    }

    @Override
    public void acknowledge(long modSeq) {
        cursor.acknowledge(modSeq);
    }

    @Override
    public void close() {
        cursor.close();
        closed.accept(this);
    }
}
