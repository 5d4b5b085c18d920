package org.moxmail.message;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds LF octets in arrays, eight octets at a time. */
final class LineFeeds {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long LINE_FEEDS = 0x0a0a_0a0a_0a0a_0a0aL;
    private static final long LOW_BITS = 0x7f7f_7f7f_7f7f_7f7fL;

    private LineFeeds() {}

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
}
