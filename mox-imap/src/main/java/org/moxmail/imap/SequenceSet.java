package org.moxmail.imap;

import java.util.Arrays;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.mailbox.UidSet;

/**
 * A sequence-set of RFC 9051 §9: message numbers or UIDs as the client wrote them, in its order, with {@code *} for the
 * largest number in use, or {@code $} for the saved search result (RFC 9051 §6.4.4.1). At least one range unless it is
 * {@code $}. Each range keeps its two ends in the written order; a single number is a range whose ends are equal.
 */
public final class SequenceSet {
    /** Stands for {@code *} where a number is returned or taken. */
    public static final long STAR = 0;
    /** {@code $}. */
    public static final SequenceSet SAVED = new SequenceSet(new long[0], new long[0]);
    /** {@code 1:*}. */
    public static final SequenceSet ALL = new SequenceSet(new long[] {1}, new long[] {STAR});

    private final long[] lefts;
    private final long[] rights;

    private SequenceSet(long[] lefts, long[] rights) {
        this.lefts = lefts;
        this.rights = rights;
    }

    /** The range of two ends in any order, each a number or {@link #STAR}. */
    public static SequenceSet range(long left, long right) {
        return new SequenceSet(new long[] {end(left)}, new long[] {end(right)});
    }

    /** Numbers in the given order, at least one; each may be {@link #STAR}. */
    public static SequenceSet of(long... numbers) {
        if (numbers.length == 0) {
            throw new IllegalArgumentException("an empty sequence set");
        }
        for (long number : numbers) {
            end(number);
        }
        return new SequenceSet(numbers.clone(), numbers.clone());
    }

    /** The ranges of a set that isn't empty. */
    public static SequenceSet of(UidSet uids) {
        if (uids.isEmpty()) {
            throw new IllegalArgumentException("an empty sequence set");
        }
        Builder builder = new Builder();
        for (int i = 0; i < uids.ranges(); i++) {
            builder.add(uids.first(i), uids.last(i));
        }
        return builder.build();
    }

    /** Reads a set as it is written, such as {@code 1,5:*}. */
    public static SequenceSet parse(String text) throws SyntaxException {
        return new SequenceSetParser(text).parse();
    }

    private static long end(long number) {
        return number == STAR ? STAR : Grammar.nzNumber(number);
    }

    /** Whether this is {@code $}. */
    public boolean isSaved() {
        return lefts.length == 0;
    }

    /** How many ranges there are; none for {@code $}. */
    public int ranges() {
        return lefts.length;
    }

    /** The end of range {@code i} that was written first: a number or {@link #STAR}. */
    public long left(int i) {
        return lefts[i];
    }

    /** The other end of range {@code i}. */
    public long right(int i) {
        return rights[i];
    }

    /** Whether {@code *} is in it. */
    public boolean hasStar() {
        for (int i = 0; i < lefts.length; i++) {
            if (lefts[i] == STAR || rights[i] == STAR) {
                return true;
            }
        }
        return false;
    }

    /** The largest number that is written, 0 when there is only {@code *}. */
    public long largestNumber() {
        long largest = 0;
        for (int i = 0; i < lefts.length; i++) {
            largest = Math.max(largest, Math.max(lefts[i], rights[i]));
        }
        return largest;
    }

    /**
     * The numbers meant, sorted and unique, when {@code largest} is the largest number in use. A range with {@code *}
     * always has {@code largest} in it (RFC 9051 §9, seq-range); when nothing is in use ({@code largest} 0) such a range
     * has nothing in it. Numbers above {@code largest} stay.
     */
    public UidSet resolve(long largest) {
        if (isSaved()) {
            throw new IllegalStateException("the saved result isn't in the set itself");
        }
        Grammar.number(largest);
        long[][] ranges = new long[lefts.length][];
        int count = 0;
        for (int i = 0; i < lefts.length; i++) {
            long left = lefts[i] == STAR ? largest : lefts[i];
            long right = rights[i] == STAR ? largest : rights[i];
            if (left != 0 && right != 0) {
                ranges[count++] = new long[] {Math.min(left, right), Math.max(left, right)};
            }
        }
        Arrays.sort(ranges, 0, count, (a, b) -> Long.compare(a[0], b[0]));
        UidSet.Builder builder = new UidSet.Builder();
        for (int i = 0; i < count; i++) {
            builder.add(ranges[i][0], ranges[i][1]);
        }
        return builder.build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SequenceSet that
                && Arrays.equals(lefts, that.lefts)
                && Arrays.equals(rights, that.rights);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(lefts) + Arrays.hashCode(rights);
    }

    /** As it is written. */
    @Override
    public String toString() {
        if (isSaved()) {
            return "$";
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lefts.length; i++) {
            text.append(i == 0 ? "" : ",");
            append(text, lefts[i]);
            if (rights[i] != lefts[i]) {
                append(text.append(':'), rights[i]);
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, long end) {
        if (end == STAR) {
            text.append('*');
        } else {
            text.append(end);
        }
    }

    /** Collects ranges in the order they are to be written. */
    public static final class Builder {
        private long[] lefts = new long[4];
        private long[] rights = new long[4];
        private int count;

        /** Starts with no range. */
        public Builder() {}

        /** Adds a number or {@link #STAR}. */
        public void add(long number) {
            add(number, number);
        }

        /** Adds a range of two ends in any order, each a number or {@link #STAR}. */
        public void add(long left, long right) {
            end(left);
            end(right);
            if (count == lefts.length) {
                lefts = Arrays.copyOf(lefts, count * 2);
                rights = Arrays.copyOf(rights, count * 2);
            }
            lefts[count] = left;
            rights[count++] = right;
        }

        /** The set; at least one range was added. */
        public SequenceSet build() {
            if (count == 0) {
                throw new IllegalStateException("an empty sequence set");
            }
            return new SequenceSet(Arrays.copyOf(lefts, count), Arrays.copyOf(rights, count));
        }
    }
}
