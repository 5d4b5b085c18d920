package org.moxmail.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes the octets of a row. */
public final class RowWriter {
    private byte[] octets = new byte[64];
    private int length;

    private void room(int more) {
        if (length + more > octets.length) {
            octets = Arrays.copyOf(octets, Math.max(length + more, octets.length * 2));
        }
    }

    /** One octet. */
    public RowWriter u8(int number) {
        room(1);
        octets[length++] = (byte) number;
        return this;
    }

    /** An unsigned number in as few octets as it needs, seven bits each, lowest first. */
    public RowWriter number(long number) {
        room(10);
        long rest = number;
        while ((rest & ~0x7fL) != 0) {
            octets[length++] = (byte) (rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        octets[length++] = (byte) rest;
        return this;
    }

    /** A signed number, small when it is near 0. */
    public RowWriter signed(long number) {
        return number(number << 1 ^ number >> 63);
    }

    /** A number in 8 octets, big-endian. */
    public RowWriter u64(long number) {
        room(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            octets[length++] = (byte) (number >>> shift);
        }
        return this;
    }

    /** Text in UTF-8 with its length in front. */
    public RowWriter text(String text) {
        return octets(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Text or null. */
    public RowWriter optionalText(@Nullable String text) {
        return text == null ? u8(0) : u8(1).text(text);
    }

    /** Octets with their number in front. */
    public RowWriter octets(byte[] more) {
        return number(more.length).raw(more);
    }

    /** Octets as they are. */
    public RowWriter raw(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, octets, length, more.length);
        length += more.length;
        return this;
    }

    /** A copy of what was written. */
    public byte[] toOctets() {
        return Arrays.copyOf(octets, length);
    }
}
