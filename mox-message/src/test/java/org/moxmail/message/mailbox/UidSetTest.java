package org.moxmail.message.mailbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Against a set of numbers. The numbers are few, so that ranges touch and overlap. */
final class UidSetTest {
    private static UidSet set(List<Long> uids) {
        return UidSet.of(uids.stream().mapToLong(Long::longValue).toArray());
    }

    private static List<Long> list(UidSet set) {
        List<Long> uids = new ArrayList<>();
        set.forEach(uids::add);
        return uids;
    }

    @Property(tries = 1000)
    void operationsAreThoseOfSets(
            @ForAll @Size(max = 30) List<@LongRange(min = 1, max = 40) Long> a,
            @ForAll @Size(max = 30) List<@LongRange(min = 1, max = 40) Long> b,
            @ForAll @LongRange(min = 0, max = 41) long first,
            @ForAll @LongRange(min = 0, max = 41) long last) {
        TreeSet<Long> union = new TreeSet<>(a);
        union.addAll(b);
        TreeSet<Long> both = new TreeSet<>(a);
        both.retainAll(b);
        TreeSet<Long> left = new TreeSet<>(a);
        left.removeAll(b);
        TreeSet<Long> between = new TreeSet<>(a);
        between.removeIf(uid -> uid < first || uid > last);
        check(union, set(a).union(set(b)));
        check(both, set(a).intersect(set(b)));
        check(left, set(a).minus(set(b)));
        check(between, set(a).between(first, last));
        check(new TreeSet<>(a), set(a).intersect(UidSet.EVERY));
        check(new TreeSet<>(), set(a).minus(UidSet.EVERY));
    }

    private static void check(NavigableSet<Long> model, UidSet set) {
        assertEquals(new ArrayList<>(model), list(set));
        assertEquals(model.size(), set.size());
        assertEquals(model.isEmpty(), set.isEmpty());
        assertEquals(set, set(new ArrayList<>(model)));
        assertEquals(set.hashCode(), set(new ArrayList<>(model)).hashCode());
        long index = 0;
        for (long uid = 1; uid <= 41; uid++) {
            assertEquals(model.contains(uid), set.contains(uid));
            assertEquals(model.contains(uid) ? index : -1, set.indexOf(uid));
            if (model.contains(uid)) {
                assertEquals(uid, set.at(index++));
            }
        }
        for (int i = 1; i < set.ranges(); i++) {
            assertEquals(true, set.first(i) > set.last(i - 1) + 1, "ranges that touch");
        }
        if (!model.isEmpty()) {
            assertEquals(model.first(), set.min());
            assertEquals(model.last(), set.max());
        }
    }

    @Property(tries = 500)
    void textIsTheRangesInOrder(@ForAll @Size(max = 30) List<@LongRange(min = 1, max = 40) Long> uids) {
        UidSet.Builder builder = new UidSet.Builder();
        String text = set(uids).toString();
        for (String range : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            String[] ends = range.split(":", -1);
            builder.add(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]));
        }
        assertEquals(set(uids), builder.build());
    }

    @Test
    void uidsAreFromOneToTwoToThe32LessOne() {
        assertEquals(UidSet.MAX, UidSet.EVERY.size());
        assertEquals("1:4294967295", UidSet.EVERY.toString());
        assertEquals(UidSet.EMPTY, UidSet.range(5, 4));
        assertThrows(IllegalArgumentException.class, () -> UidSet.of(0));
        assertThrows(IllegalArgumentException.class, () -> UidSet.of(UidSet.MAX + 1));
        assertThrows(IndexOutOfBoundsException.class, () -> UidSet.of(1).at(1));
        assertThrows(IndexOutOfBoundsException.class, () -> UidSet.of(1).at(-1));
    }

    @Test
    void buildersTakeRangesInOrder() {
        UidSet.Builder builder = new UidSet.Builder();
        builder.add(3, 5);
        builder.add(4, 7);
        builder.add(8);
        assertEquals("3:8", builder.build().toString());
        assertThrows(IllegalArgumentException.class, () -> builder.add(2));
        assertThrows(IllegalArgumentException.class, () -> builder.add(9, 8));
    }
}
