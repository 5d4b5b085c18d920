package org.moxmail.message.mailbox;

import java.util.Arrays;

/**
 * An immutable set of UIDs, kept as sorted, disjoint, non-adjacent ranges, so that a mailbox of a million messages with
 * few holes costs little. Look-ups are binary searches; set operations are linear in the ranges.
 */
public final class UidSet {
    /** The largest UID, 2^32 - 1. */
    public static final long MAX = 0xffff_ffffL;

    public static final UidSet EMPTY = new UidSet(new long[0], new long[0]);
    /** Every possible UID. */
    public static final UidSet EVERY = range(1, MAX);

    private final long[] firsts;
    private final long[] lasts;
    /** before[i] is how many UIDs are in the ranges before range i; one more entry holds the total. */
    private final long[] before;

    private UidSet(long[] firsts, long[] lasts) {
        this.firsts = firsts;
        this.lasts = lasts;
        before = new long[firsts.length + 1];
        for (int i = 0; i < firsts.length; i++) {
            before[i + 1] = before[i] + lasts[i] - firsts[i] + 1;
        }
    }

    /** The UIDs from {@code first} to {@code last}, both included; empty when last is below first. */
    public static UidSet range(long first, long last) {
        if (last < first) {
            return EMPTY;
        }
        check(first);
        check(last);
        return new UidSet(new long[] {first}, new long[] {last});
    }

    /** The given UIDs, in any order, repeats allowed. */
    public static UidSet of(long... uids) {
        long[] sorted = uids.clone();
        Arrays.sort(sorted);
        Builder builder = new Builder();
        for (long uid : sorted) {
            builder.add(uid);
        }
        return builder.build();
    }

    private static void check(long uid) {
        if (uid < 1 || uid > MAX) {
            throw new IllegalArgumentException("not a UID: " + uid);
        }
    }

    public boolean isEmpty() {
        return firsts.length == 0;
    }

    /** How many UIDs there are. */
    public long size() {
        return before[firsts.length];
    }

    /** How many ranges there are. */
    public int ranges() {
        return firsts.length;
    }

    /** The first UID of range {@code i}, counted from 0. */
    public long first(int i) {
        return firsts[i];
    }

    /** The last UID of range {@code i}. */
    public long last(int i) {
        return lasts[i];
    }

    /** The smallest UID; the set isn't empty. */
    public long min() {
        return firsts[0];
    }

    /** The largest UID; the set isn't empty. */
    public long max() {
        return lasts[lasts.length - 1];
    }

    public boolean contains(long uid) {
        return indexOf(uid) >= 0;
    }

    /** How many UIDs of the set are smaller than {@code uid}, which must be in the set; -1 when it isn't. */
    public long indexOf(long uid) {
        int i = Arrays.binarySearch(firsts, uid);
        if (i < 0) {
            i = -i - 2;
        }
        return i >= 0 && uid <= lasts[i] ? before[i] + uid - firsts[i] : -1;
    }

    /** The UID that has {@code index} smaller ones. */
    public long at(long index) {
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException("index " + index + " of " + size());
        }
        int i = Arrays.binarySearch(before, index);
        if (i < 0) {
            i = -i - 2;
        }
        return firsts[i] + index - before[i];
    }

    public UidSet union(UidSet other) {
        if (other.isEmpty()) {
            return this;
        }
        if (isEmpty()) {
            return other;
        }
        Builder builder = new Builder();
        int i = 0;
        int j = 0;
        while (i < firsts.length || j < other.firsts.length) {
            if (j == other.firsts.length || i < firsts.length && firsts[i] <= other.firsts[j]) {
                builder.add(firsts[i], lasts[i]);
                i++;
            } else {
                builder.add(other.firsts[j], other.lasts[j]);
                j++;
            }
        }
        return builder.build();
    }

    public UidSet intersect(UidSet other) {
        Builder builder = new Builder();
        int i = 0;
        int j = 0;
        while (i < firsts.length && j < other.firsts.length) {
            long first = Math.max(firsts[i], other.firsts[j]);
            long last = Math.min(lasts[i], other.lasts[j]);
            if (first <= last) {
                builder.add(first, last);
            }
            if (lasts[i] < other.lasts[j]) {
                i++;
            } else {
                j++;
            }
        }
        return builder.build();
    }

    /** This set without the other's UIDs. */
    public UidSet minus(UidSet other) {
        if (other.isEmpty() || isEmpty()) {
            return this;
        }
        Builder builder = new Builder();
        int j = 0;
        for (int i = 0; i < firsts.length; i++) {
            long first = firsts[i];
            while (j < other.firsts.length && other.lasts[j] < first) {
                j++;
            }
            int k = j;
            while (k < other.firsts.length && other.firsts[k] <= lasts[i]) {
                if (other.firsts[k] > first) {
                    builder.add(first, other.firsts[k] - 1);
                }
                first = other.lasts[k] + 1;
                k++;
            }
            if (first <= lasts[i]) {
                builder.add(first, lasts[i]);
            }
        }
        return builder.build();
    }

    /** The UIDs of this set from {@code first} to {@code last}. */
    public UidSet between(long first, long last) {
        return last < first ? EMPTY : intersect(range(Math.max(1, first), Math.min(MAX, last)));
    }

    /** Calls {@code action} with each UID in ascending order. */
    public void forEach(java.util.function.LongConsumer action) {
        for (int i = 0; i < firsts.length; i++) {
            for (long uid = firsts[i]; uid <= lasts[i]; uid++) {
                action.accept(uid);
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UidSet that && Arrays.equals(firsts, that.firsts) && Arrays.equals(lasts, that.lasts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(firsts) + Arrays.hashCode(lasts);
    }

    /** As IMAP writes it, such as {@code 1:3,7}; empty text for the empty set. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < firsts.length; i++) {
            text.append(i == 0 ? "" : ",").append(firsts[i]);
            if (lasts[i] != firsts[i]) {
                text.append(':').append(lasts[i]);
            }
        }
        return text.toString();
    }

    /** Collects UIDs or ranges that come in ascending order of their first UID; they may touch and overlap. */
    public static final class Builder {
        private long[] firsts = new long[4];
        private long[] lasts = new long[4];
        private int count;

        /** With nothing in it yet. */
        public Builder() {}

        public void add(long uid) {
            add(uid, uid);
        }

        /** Adds a range. */
        public void add(long first, long last) {
            check(first);
            check(last);
            if (last < first) {
                throw new IllegalArgumentException("range " + first + ":" + last);
            }
            if (count > 0) {
                if (first < firsts[count - 1]) {
                    throw new IllegalArgumentException(first + " after " + firsts[count - 1]);
                }
                if (first <= lasts[count - 1] + 1) {
                    lasts[count - 1] = Math.max(lasts[count - 1], last);
                    return;
                }
            }
            if (count == firsts.length) {
                firsts = Arrays.copyOf(firsts, count * 2);
                lasts = Arrays.copyOf(lasts, count * 2);
            }
            firsts[count] = first;
            lasts[count++] = last;
        }

        public UidSet build() {
            return count == 0 ? EMPTY : new UidSet(Arrays.copyOf(firsts, count), Arrays.copyOf(lasts, count));
        }
    }
}
