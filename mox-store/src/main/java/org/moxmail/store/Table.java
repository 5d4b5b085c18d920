package org.moxmail.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A table of rows, each under its primary key. A declaration: tables are constants, and hold no data themselves.
 *
 * <p>The idea: a table is a number on disk, forever. The number is its key space in the key-value engine and is never
 * used for something else, even when the table is gone. Its rows carry the number of their format in front, so that
 * rows of all earlier versions can be read, and are written in the newest format whenever they change. An index is a key
 * space of its own, whose entries a {@link Tx} derives from the row before and the row after each change; nobody else
 * writes them, so they can't disagree. An index that is declared later than the table's first rows is filled by a
 * background step that may be stopped anywhere, see {@link Database}.
 *
 * @param <R> the rows' type
 */
public final class Table<R> {
    /** Numbers from here up are the store's own. */
    public static final int FIRST_RESERVED = 240;

    private final int number;
    private final String name;
    private final RowCodec<R> codec;
    private final Function<R, Key> key;
    private final boolean large;
    private final List<Index<R>> indexes = new CopyOnWriteArrayList<>();

    private Table(int number, String name, RowCodec<R> codec, Function<R, Key> key, boolean large) {
        if (number < 1 || number >= FIRST_RESERVED) {
            throw new IllegalArgumentException("table number " + number);
        }
        this.number = number;
        this.name = name;
        this.codec = codec;
        this.key = key;
        this.large = large;
    }

    /**
     * Declares a table.
     *
     * @param number 1 to 239, unique among tables and indexes of a database, forever
     * @param name for people
     * @param key a row's primary key
     */
    public static <R> Table<R> of(int number, String name, RowCodec<R> codec, Function<R, Key> key) {
        return new Table<>(number, name, codec, key, false);
    }

    /** Declares a table whose rows may be of any size; they are spread over several entries. */
    public static <R> Table<R> ofLarge(int number, String name, RowCodec<R> codec, Function<R, Key> key) {
        return new Table<>(number, name, codec, key, true);
    }

    /**
     * Declares an index.
     *
     * @param number as a table's
     * @param keys under which a row is to be found: none, one or several
     */
    public Index<R> index(int number, String name, Function<R, List<Key>> keys) {
        Index<R> index = new Index<>(number, name, this, keys);
        indexes.add(index);
        return index;
    }

    public int number() {
        return number;
    }

    public String name() {
        return name;
    }

    RowCodec<R> codec() {
        return codec;
    }

    Key key(R row) {
        return key.apply(row);
    }

    boolean large() {
        return large;
    }

    List<Index<R>> indexes() {
        return indexes;
    }

    byte[] encode(R row) {
        RowWriter out = new RowWriter();
        out.u8(codec.format());
        codec.write(row, out);
        return out.toOctets();
    }

    R decode(byte[] octets) {
        try {
            RowReader in = new RowReader(octets);
            return codec.read(in.u8(), in);
        } catch (IllegalArgumentException e) {
            throw new StoreException("a row of table " + name + " can't be read: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
