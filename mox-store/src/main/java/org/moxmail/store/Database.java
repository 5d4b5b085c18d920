package org.moxmail.store;

import java.io.IOException;
import java.util.List;
import org.moxmail.store.kv.KvException;
import org.moxmail.store.kv.KvStore;

/**
 * Declared tables in an environment of their own. Reads see one snapshot; writes queue, run alone, and are durable when
 * they return, several sharing one sync of the disk. Safe for many threads.
 *
 * <p>An index that was declared after its table had rows is filled in the background, a batch of rows per write, from
 * where the last batch ended, also after a restart; until then {@link ReadTx#ready} is false for it. Meanwhile every write
 * keeps it for the rows that it changes, so nothing is missed.
 */
public final class Database implements AutoCloseable {
    private final KvStore kv;
    private final Committer committer;
    private final IndexFilling filling;
    private final Runnable closed;

    Database(String name, KvStore kv, List<Table<?>> tables, StoreOptions options, Runnable closed) throws IOException {
        this.kv = kv;
        this.closed = closed;
        committer = new Committer(name, kv, options, transaction -> {});
        filling = new IndexFilling(name, kv, committer, tables, options);
        filling.begin();
    }

    /** Runs work on a snapshot. The work is short. */
    public <T> T read(ReadWork<T> work) throws IOException {
        try {
            return kv.read(snapshot -> work.run(new ReadTx(snapshot)));
        } catch (KvException e) {
            throw new StoreException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Runs work alone. It may run again and has no effects outside. On return it is durable; when it throws, nothing
     * happened. An interrupt doesn't end the wait.
     */
    public <T> T write(WriteWork<T> work) throws IOException {
        return committer.write(transaction -> work.run(new Tx(transaction)));
    }

    @Override
    public void close() {
        filling.stop();
        committer.close();
        kv.close();
        closed.run();
    }

    /** Work on a snapshot. */
    @FunctionalInterface
    public interface ReadWork<T> {
        T run(ReadTx tx) throws IOException;
    }

    /** Work that changes something. */
    @FunctionalInterface
    public interface WriteWork<T> {
        T run(Tx tx) throws IOException;
    }
}
