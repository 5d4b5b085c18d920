package org.moxmail.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.moxmail.store.kv.KvCursor;
import org.moxmail.store.kv.KvRead;

/**
 * Tables in one snapshot. For the thread that it was given to, until its work returns. Visitors change nothing:
 * rows are collected first, then changed.
 */
public class ReadTx {
    /** Octets of a large row's entries but the last, which is shorter. */
    static final int CHUNK = 60_000;
    /** The store's own table of indexes that are complete or being filled. */
    static final int INDEX_STATES = 255;

    private final KvRead kv;

    ReadTx(KvRead kv) {
        this.kv = kv;
    }

    final KvRead kv() {
        return kv;
    }

    /** The row under a primary key. */
    public final <R> Optional<R> get(Table<R> table, Key key) {
        byte[] octets = octets(table, key);
        return octets == null ? Optional.empty() : Optional.of(table.decode(octets));
    }

    /** Whether there is a row under a primary key. */
    public final boolean has(Table<?> table, Key key) {
        return kv.get(table.number(), table.large() ? chunkKey(key, 0) : key.octets()) != null;
    }

    private byte @Nullable [] octets(Table<?> table, Key key) {
        if (!table.large()) {
            return kv.get(table.number(), key.octets());
        }
        byte[] chunk = kv.get(table.number(), chunkKey(key, 0));
        if (chunk == null || chunk.length < CHUNK) {
            return chunk;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream(2 * CHUNK);
        int i = 0;
        while (chunk != null) {
            all.writeBytes(chunk);
            chunk = chunk.length < CHUNK ? null : kv.get(table.number(), chunkKey(key, ++i));
        }
        return all.toByteArray();
    }

    static byte[] chunkKey(Key key, int chunk) {
        return Key.builder().octets(key.octets()).u16(chunk).build().octets();
    }

    /** Visits the rows whose primary keys begin with {@code prefix}, in ascending order. */
    public final <R> void each(Table<R> table, Key prefix, Visitor<R> visitor) throws IOException {
        visit(table, kv.ascend(table.number(), prefix.octets(), prefix.end()), visitor);
    }

    /** Visits the rows whose primary keys begin with {@code prefix}, in descending order; not for large rows. */
    public final <R> void eachDescending(Table<R> table, Key prefix, Visitor<R> visitor) throws IOException {
        if (table.large()) {
            throw new IllegalArgumentException(table + " is a table of large rows");
        }
        visit(table, kv.descend(table.number(), prefix.octets(), prefix.end()), visitor);
    }

    /** Visits the rows with primary keys from {@code from} up to but not including {@code to}, null for the end. */
    public final <R> void range(Table<R> table, Key from, @Nullable Key to, Visitor<R> visitor) throws IOException {
        visit(table, kv.ascend(table.number(), from.octets(), to == null ? null : to.octets()), visitor);
    }

    private <R> void visit(Table<R> table, KvCursor opened, Visitor<R> visitor) throws IOException {
        try (KvCursor cursor = opened) {
            while (cursor.next()) {
                R row;
                if (table.large()) {
                    byte[] key = cursor.key();
                    if (key[key.length - 1] != 0 || key[key.length - 2] != 0) {
                        continue;
                    }
                    Key primary = new Key(java.util.Arrays.copyOf(key, key.length - 2));
                    row = get(table, primary).orElseThrow();
                } else {
                    row = table.decode(cursor.value());
                }
                if (!visitor.visit(row)) {
                    return;
                }
            }
        }
    }

    /** Visits the rows whose keys in an index begin with {@code prefix}, in the index's order. */
    public final <R> void each(Index<R> index, Key prefix, Visitor<R> visitor) throws IOException {
        range(index, prefix.octets(), prefix.end(), visitor);
    }

    /** Visits the rows whose keys in an index are from {@code from} up to but not including {@code to}, null for the end. */
    public final <R> void range(Index<R> index, Key from, @Nullable Key to, Visitor<R> visitor) throws IOException {
        range(index, from.octets(), to == null ? null : to.octets(), visitor);
    }

    private <R> void range(Index<R> index, byte[] from, byte @Nullable [] to, Visitor<R> visitor) throws IOException {
        if (!ready(index)) {
            throw new StoreException("index " + index + " is still being filled");
        }
        try (KvCursor cursor = kv.ascend(index.number(), from, to)) {
            while (cursor.next()) {
                Optional<R> row = get(index.table(), new Key(cursor.value()));
                if (row.isEmpty()) {
                    throw new StoreException("index " + index + " names a row that isn't there");
                }
                if (!visitor.visit(row.get())) {
                    return;
                }
            }
        }
    }

    /** The first row whose key in an index begins with {@code prefix}. */
    public final <R> Optional<R> first(Index<R> index, Key prefix) throws IOException {
        First<R> first = new First<>();
        each(index, prefix, first);
        return Optional.ofNullable(first.row);
    }

    /** The first row whose primary key begins with {@code prefix}. */
    public final <R> Optional<R> first(Table<R> table, Key prefix) throws IOException {
        First<R> first = new First<>();
        each(table, prefix, first);
        return Optional.ofNullable(first.row);
    }

    /** Whether an index knows all rows; one that was added to a table of rows is filled in the background. */
    public final boolean ready(Index<?> index) {
        byte[] state =
                kv.get(INDEX_STATES, Key.builder().u8(index.number()).build().octets());
        return state != null && state[0] == 1;
    }

    /** Sees one row after the other. */
    @FunctionalInterface
    public interface Visitor<R> {
        /** Returns false to end the visit. */
        boolean visit(R row) throws IOException;
    }

    private static final class First<R> implements Visitor<R> {
        private @Nullable R row;

        @Override
        public boolean visit(R row) {
            this.row = row;
            return false;
        }
    }
}
