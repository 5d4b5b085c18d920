package org.moxmail.dns;

import java.util.Arrays;
import java.util.HexFormat;

/** Octets as a value: immutable, compared by content, printed in hexadecimal. */
public final class Bytes {
    private final byte[] octets;

    private Bytes(byte[] octets) {
        this.octets = octets;
    }

    /** A copy of these octets. */
    public static Bytes copyOf(byte[] octets) {
        return new Bytes(octets.clone());
    }

    /**
     * Reads hexadecimal digits of either case, two an octet.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Bytes ofHex(String digits) {
        return new Bytes(HexFormat.of().parseHex(digits));
    }

    /** How many octets. */
    public int length() {
        return octets.length;
    }

    /** A copy of the octets. */
    public byte[] toByteArray() {
        return octets.clone();
    }

    /** Whether these are the same octets. Not for secrets: the time tells how many agree. */
    public boolean contentEquals(byte[] other) {
        return Arrays.equals(octets, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(octets, bytes.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** Lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(octets);
    }
}
