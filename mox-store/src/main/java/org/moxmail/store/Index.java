package org.moxmail.store;

import java.util.List;
import java.util.function.Function;

/**
 * Another order of a table's rows. Rows with the same index key come in the order of their primary keys.
 *
 * @param <R> the rows' type
 */
public final class Index<R> {
    private final int number;
    private final String name;
    private final Table<R> table;
    private final Function<R, List<Key>> keys;

    Index(int number, String name, Table<R> table, Function<R, List<Key>> keys) {
        if (number < 1 || number >= Table.FIRST_RESERVED) {
            throw new IllegalArgumentException("index number " + number);
        }
        this.number = number;
        this.name = name;
        this.table = table;
        this.keys = keys;
    }

    public int number() {
        return number;
    }

    public String name() {
        return name;
    }

    Table<R> table() {
        return table;
    }

    List<Key> keys(R row) {
        return keys.apply(row);
    }

    /** The entry of a row: index key and primary key joined, so that equal index keys stay apart. */
    static byte[] entry(Key indexKey, Key primary) {
        return Key.builder()
                .octets(indexKey.octets())
                .octets(primary.octets())
                .build()
                .octets();
    }

    @Override
    public String toString() {
        return name;
    }
}
