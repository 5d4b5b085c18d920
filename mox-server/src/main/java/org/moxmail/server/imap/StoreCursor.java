package org.moxmail.server.imap;

import java.time.Duration;
import java.util.List;
import org.moxmail.imap.server.ChangeCursor;
import org.moxmail.message.mailbox.Commit;

/** A session's place in the account's commits. */
record StoreCursor(org.moxmail.store.ChangeCursor cursor) implements ChangeCursor {
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
    }
}
