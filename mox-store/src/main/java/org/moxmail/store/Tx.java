package org.moxmail.store;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.moxmail.store.kv.KvWrite;

/**
 * Tables in a transaction that is alone among the database's writes; having one is the proof of that. Changes are visible
 * to itself at once, and to others when the transaction is durable.
 */
public final class Tx extends ReadTx {
    private static final byte[] READY = {1};

    private final KvWrite kv;

    Tx(KvWrite kv) {
        super(kv);
        this.kv = kv;
    }

    KvWrite writeKv() {
        return kv;
    }

    /** Adds a row, or replaces the one with its primary key; the one that was there is the result. */
    public <R> Optional<R> put(Table<R> table, R row) {
        Key key = table.key(row);
        Optional<R> before = get(table, key);
        put(table, key, before, row);
        return before;
    }

    /** Adds a row whose primary key is known to be new, which saves looking. */
    public <R> void insert(Table<R> table, R row) {
        put(table, table.key(row), Optional.empty(), row);
    }

    /** Puts a row into a table that has no indexes, whether or not its primary key is new, which saves looking. */
    <R> void replace(Table<R> table, R row) {
        if (table.large() || !table.indexes().isEmpty()) {
            throw new IllegalArgumentException(table + " has more than one entry for a row");
        }
        kv.put(table.number(), table.key(row).octets(), table.encode(row));
    }

    private <R> void put(Table<R> table, Key key, Optional<R> before, R row) {
        for (Index<R> index : table.indexes()) {
            List<Key> after = index.keys(row);
            Set<Key> gone = before.isPresent() ? new HashSet<>(index.keys(before.get())) : new HashSet<>();
            for (Key fresh : after) {
                if (!gone.remove(fresh) || !ready(index)) {
                    kv.put(index.number(), Index.entry(fresh, key), key.octets());
                }
            }
            gone.forEach(old -> kv.delete(index.number(), Index.entry(old, key)));
        }
        byte[] octets = table.encode(row);
        if (table.large()) {
            putLarge(table, key, octets, before.isPresent());
        } else {
            kv.put(table.number(), key.octets(), octets);
        }
    }

    private void putLarge(Table<?> table, Key key, byte[] octets, boolean replacing) {
        int chunk = 0;
        int position = 0;
        int length;
        do {
            length = Math.min(CHUNK, octets.length - position);
            kv.put(
                    table.number(),
                    chunkKey(key, chunk++),
                    java.util.Arrays.copyOfRange(octets, position, position + length));
            position += length;
        } while (length == CHUNK);
        if (replacing) {
            deleteChunks(table, key, chunk);
        }
    }

    private boolean deleteChunks(Table<?> table, Key key, int first) {
        int chunk = first;
        while (kv.delete(table.number(), chunkKey(key, chunk))) {
            chunk++;
        }
        return chunk > first;
    }

    /** Removes the row under a primary key; the one that was there is the result. */
    public <R> Optional<R> delete(Table<R> table, Key key) {
        Optional<R> before = get(table, key);
        if (before.isEmpty()) {
            return before;
        }
        for (Index<R> index : table.indexes()) {
            index.keys(before.get()).forEach(old -> kv.delete(index.number(), Index.entry(old, key)));
        }
        if (table.large()) {
            deleteChunks(table, key, 0);
        } else {
            kv.delete(table.number(), key.octets());
        }
        return before;
    }

    /** Puts the entries of one row into one index. */
    <R> void fill(Index<R> index, R row) {
        Key key = index.table().key(row);
        index.keys(row).forEach(fresh -> kv.put(index.number(), Index.entry(fresh, key), key.octets()));
    }

    void setReady(Index<?> index) {
        kv.put(INDEX_STATES, Key.builder().u8(index.number()).build().octets(), READY);
    }
}
