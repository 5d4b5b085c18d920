package org.moxmail.store;

/**
 * How a row is laid out. Every row on disk begins with an octet that names its format; a codec writes the newest and
 * reads all that ever were.
 */
public interface RowCodec<R> {
    /** The format that {@link #write} writes, 1 to 255. */
    int format();

    void write(R row, RowWriter out);

    /**
     * Reads a row.
     *
     * @param format any format up to the newest
     * @throws IllegalArgumentException for a format or octets that it can't read
     */
    R read(int format, RowReader in);
}
