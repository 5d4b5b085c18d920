package org.moxmail.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A key of a table: octets whose unsigned order is the order of the components they were made of. Numbers are written
 * big-endian in fixed width; text in UTF-8 ends in a zero pair, so that it may stand before further components.
 */
public final class Key implements Comparable<Key> {
    /** Begins every key. */
    public static final Key EMPTY = new Key(new byte[0]);

    private final byte[] octets;

    Key(byte[] octets) {
        this.octets = octets;
    }

    /** A key of unsigned 64-bit numbers. */
    public static Key of(long... numbers) {
        Key.Builder builder = new Builder();
        for (long number : numbers) {
            builder.u64(number);
        }
        return builder.build();
    }

    /** A key of one text. */
    public static Key of(String text) {
        return new Builder().text(text).build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The first key behind all that begin with this one; null when there is none. */
    byte @org.jspecify.annotations.Nullable [] end() {
        return end(octets);
    }

    static byte @org.jspecify.annotations.Nullable [] end(byte[] prefix) {
        int length = prefix.length;
        while (length > 0 && prefix[length - 1] == (byte) 0xff) {
            length--;
        }
        if (length == 0) {
            return null;
        }
        byte[] end = Arrays.copyOf(prefix, length);
        end[length - 1]++;
        return end;
    }

    /** Not a copy. */
    byte[] octets() {
        return octets;
    }

    @Override
    public int compareTo(Key other) {
        return Arrays.compareUnsigned(octets, other.octets);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return java.util.HexFormat.of().formatHex(octets);
    }

    /** Puts a key together. */
    public static final class Builder {
        private byte[] octets = new byte[16];
        private int length;

        private void room(int more) {
            if (length + more > octets.length) {
                octets = Arrays.copyOf(octets, Math.max(length + more, octets.length * 2));
            }
        }

        /** A number from 0 to 255. */
        public Builder u8(int number) {
            return number(number, 1);
        }

        /** A number from 0 to 65,535. */
        public Builder u16(int number) {
            return number(number, 2);
        }

        /** A number from 0 to 2^32 - 1. */
        public Builder u32(long number) {
            return number(number, 4);
        }

        /** A number, ordered as an unsigned one. */
        public Builder u64(long number) {
            return number(number, 8);
        }

        private Builder number(long number, int width) {
            if (width < 8 && number >>> 8 * width != 0) {
                throw new IllegalArgumentException(number + " in " + width + " octets");
            }
            room(width);
            for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
                octets[length++] = (byte) (number >>> shift);
            }
            return this;
        }

        /** Text; a zero character in it is written as 0, 255. */
        public Builder text(String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            room(2 * utf8.length + 2);
            for (byte octet : utf8) {
                octets[length++] = octet;
                if (octet == 0) {
                    octets[length++] = (byte) 0xff;
                }
            }
            octets[length++] = 0;
            octets[length++] = 0;
            return this;
        }

        /** Octets as they are; nothing can be told apart behind them. */
        public Builder octets(byte[] more) {
            room(more.length);
            System.arraycopy(more, 0, octets, length, more.length);
            length += more.length;
            return this;
        }

        public Key build() {
            return new Key(Arrays.copyOf(octets, length));
        }
    }
}
