package org.moxmail.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the octets of a row, as {@link RowWriter} wrote them. Throws {@link IllegalArgumentException} for octets that
 * end too early or make no sense.
 */
public final class RowReader {
    private final byte[] octets;
    private int position;

    public RowReader(byte[] octets) {
        this(octets, 0);
    }

    RowReader(byte[] octets, int position) {
        this.octets = octets;
        this.position = position;
    }

    private int next() {
        if (position >= octets.length) {
            throw new IllegalArgumentException("a row ends too early");
        }
        return octets[position++] & 0xff;
    }

    public int u8() {
        return next();
    }

    public long number() {
        long number = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int octet = next();
            number |= (long) (octet & 0x7f) << shift;
            if (octet < 0x80) {
                return number;
            }
        }
        throw new IllegalArgumentException("a number of more than 64 bits in a row");
    }

    /** A number that is an int and not negative. */
    public int count() {
        long number = number();
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a count of " + number + " in a row");
        }
        return (int) number;
    }

    public long signed() {
        long number = number();
        return number >>> 1 ^ -(number & 1);
    }

    public long u64() {
        long number = 0;
        for (int i = 0; i < 8; i++) {
            number = number << 8 | next();
        }
        return number;
    }

    public String text() {
        int length = count();
        require(length);
        String text = new String(octets, position, length, StandardCharsets.UTF_8);
        position += length;
        return text;
    }

    public @Nullable String optionalText() {
        return u8() == 0 ? null : text();
    }

    public byte[] octets() {
        int length = count();
        require(length);
        byte[] result = Arrays.copyOfRange(octets, position, position + length);
        position += length;
        return result;
    }

    /** Passes over a text or octets. */
    void skip() {
        int length = count();
        require(length);
        position += length;
    }

    int position() {
        return position;
    }

    /** Goes on from a place that {@link #position()} told. */
    void position(int from) {
        position = from;
    }

    private void require(int length) {
        if (length > octets.length - position) {
            throw new IllegalArgumentException("a row ends too early");
        }
    }

    /** Whether everything was read. */
    public boolean atEnd() {
        return position == octets.length;
    }
}
