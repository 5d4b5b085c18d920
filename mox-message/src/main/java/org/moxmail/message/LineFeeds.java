package org.moxmail.message;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds LF and 8-bit octets in arrays, eight octets and more at a time. */
final class LineFeeds {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long LINE_FEEDS = 0x0a0a_0a0a_0a0a_0a0aL;
    private static final long LOW_BITS = 0x7f7f_7f7f_7f7f_7f7fL;

    private static final long HYPHENS = 0x2d2d_2d2d_2d2d_2d2dL;
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long TOP_BITS = 0x8080_8080_8080_8080L;

    /** Octets that are looked at in one go: few enough for the counts not to overflow, many enough for it to pay. */
    static final int BLOCK = 1024;

    private LineFeeds() {}

    /**
     * How many LFs are in a {@link #BLOCK}; the complement of it when a hyphen is behind one of them. The octet behind the
     * block is looked at too.
     *
     * <p>No branches and a fixed number of rounds, so that the JIT compiler makes vector instructions of it.
     */
    static int block(byte[] octets, int at) {
        long sums = 0;
        long pairs = 0;
        for (int i = 0; i < BLOCK; i += Long.BYTES) {
            long feeds = (long) LONGS.get(octets, at + i) ^ LINE_FEEDS;
            // An octet that is zero: an LF here and a hyphen next.
            long both = (long) LONGS.get(octets, at + i + 1) ^ HYPHENS | feeds;
            pairs |= both - ONES & ~both;
            sums += ~((feeds & LOW_BITS) + LOW_BITS | feeds | LOW_BITS) >>> 7;
        }
        // Each of the eight octets of the sums has at most BLOCK / 8 = 128.
        long wide = (sums & 0x00ff_00ff_00ff_00ffL) + (sums >>> 8 & 0x00ff_00ff_00ff_00ffL);
        int count = (int) (wide * 0x0001_0001_0001_0001L >>> 48);
        return (pairs & TOP_BITS) == 0 ? count : ~count;
    }

    /** The top bit of each octet of the result says whether the octet of the eight from {@code at} on is an LF. */
    static long marks(byte[] octets, int at) {
        long zeros = (long) LONGS.get(octets, at) ^ LINE_FEEDS;
        return ~((zeros & LOW_BITS) + LOW_BITS | zeros | LOW_BITS);
    }

    /** Where the first LF from {@code from} on is; {@code end} when there is none before it. */
    static int find(byte[] octets, int from, int end) {
        int i = from;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            long marks = marks(octets, i);
            if (marks != 0) {
                return i + (Long.numberOfTrailingZeros(marks) >>> 3);
            }
        }
        while (i < end && octets[i] != '\n') {
            i++;
        }
        return i;
    }

    /** How many there are. */
    static long count(byte[] octets, int from, int end) {
        long count = 0;
        int i = from;
        for (; i + BLOCK < end; i += BLOCK) {
            int found = block(octets, i);
            count += found < 0 ? ~found : found;
        }
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            count += Long.bitCount(marks(octets, i));
        }
        for (; i < end; i++) {
            if (octets[i] == '\n') {
                count++;
            }
        }
        return count;
    }

    /** Whether no octet has its top bit set. */
    static boolean isAscii(byte[] octets, int from, int to) {
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            if (((long) LONGS.get(octets, i) & TOP_BITS) != 0) {
                return false;
            }
        }
        while (i < to && octets[i] >= 0) {
            i++;
        }
        return i == to;
    }
}
