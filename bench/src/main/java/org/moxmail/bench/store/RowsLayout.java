package org.moxmail.bench.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import jetbrains.exodus.ArrayByteIterable;

/** Messages are rows of the environment itself. */
final class RowsLayout implements Layout {
    private static final int OCTETS = 20;
    private static final int CHUNK = 60_000;

    private final GroupCommit index;

    RowsLayout(Path directory) throws IOException {
        index = new GroupCommit(directory.resolve("db"), () -> {});
    }

    @Override
    public String name() {
        return "rows";
    }

    @Override
    public void deliver(long id, byte[] octets) throws IOException {
        index.write(txn -> {
            for (int chunk = 0; chunk * CHUNK < octets.length; chunk++) {
                byte[] part = Arrays.copyOfRange(octets, chunk * CHUNK, Math.min(octets.length, (chunk + 1) * CHUNK));
                index.store.put(txn, GroupCommit.key(OCTETS, id, chunk), new ArrayByteIterable(part));
            }
            index.putIndexRows(txn, id);
        });
    }

    @Override
    public void delete(long id) throws IOException {
        index.write(txn -> {
            for (int chunk = 0; index.store.delete(txn, GroupCommit.key(OCTETS, id, chunk)); chunk++) {
                // Each part in turn.
            }
            index.deleteIndexRows(txn, id);
        });
    }

    @Override
    public void reclaim() {
        index.environment.gc();
    }

    @Override
    public void backup(Path target) throws IOException {
        index.copyTo(target.resolve("db"));
    }

    @Override
    public void close() {
        index.close();
    }
}
