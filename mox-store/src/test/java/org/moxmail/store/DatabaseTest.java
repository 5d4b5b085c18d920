package org.moxmail.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.moxmail.store.kv.KvEngine;
import org.moxmail.store.testing.FaultyFiles;
import org.moxmail.time.testing.FakeTiming;

final class DatabaseTest {
    private record Job(long id, String domain, int attempts) {}

    /** Format 1 had no attempts. */
    private static final RowCodec<Job> CODEC = new RowCodec<>() {
        @Override
        public int format() {
            return 2;
        }

        @Override
        public void write(Job row, RowWriter out) {
            out.number(row.id).text(row.domain).number(row.attempts);
        }

        @Override
        public Job read(int format, RowReader in) {
            return switch (format) {
                case 1 -> new Job(in.number(), in.text(), 0);
                case 2 -> new Job(in.number(), in.text(), in.count());
                default -> throw new IllegalArgumentException("format " + format);
            };
        }
    };

    private static final RowCodec<Job> OLD_CODEC = new RowCodec<>() {
        @Override
        public int format() {
            return 1;
        }

        @Override
        public void write(Job row, RowWriter out) {
            out.number(row.id).text(row.domain);
        }

        @Override
        public Job read(int format, RowReader in) {
            return new Job(in.number(), in.text(), 0);
        }
    };

    private final FakeTiming timing = FakeTiming.at("2026-01-01T00:00:00Z");
    private final StoreOptions options = StoreOptions.standard()
            .withTiming(timing)
            .withFiles(new FaultyFiles())
            .withEngine(KvEngine.memory(timing));

    private static Table<Job> jobs() {
        return Table.of(1, "jobs", CODEC, job -> Key.of(job.id));
    }

    private static Index<Job> byDomain(Table<Job> jobs) {
        return jobs.index(2, "jobs by domain", job -> job.domain.isEmpty() ? List.of() : List.of(Key.of(job.domain)));
    }

    private static String ids(Database database, Index<Job> index, String domain) throws IOException {
        List<Long> ids = new ArrayList<>();
        database.read(tx -> {
            tx.each(index, Key.of(domain), job -> ids.add(job.id));
            return true;
        });
        return ids.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    @Test
    void anIndexFollowsEveryChangeOfItsRows() throws IOException {
        Table<Job> jobs = jobs();
        Index<Job> index = byDomain(jobs);
        try (Store store = Store.open(Path.of("/d"), options);
                Database database = store.database("queue", List.of(jobs))) {
            database.write(tx -> {
                assertTrue(tx.put(jobs, new Job(1, "a", 0)).isEmpty());
                tx.insert(jobs, new Job(2, "b", 0));
                tx.insert(jobs, new Job(3, "a", 0));
                tx.insert(jobs, new Job(4, "", 0));
                return true;
            });
            assertEquals("1 3", ids(database, index, "a"));
            database.write(tx -> {
                assertEquals(
                        new Job(3, "a", 0), tx.put(jobs, new Job(3, "b", 1)).orElseThrow());
                assertEquals(new Job(1, "a", 0), tx.delete(jobs, Key.of(1)).orElseThrow());
                assertTrue(tx.delete(jobs, Key.of(9)).isEmpty());
                return true;
            });
            assertEquals("", ids(database, index, "a"));
            assertEquals("2 3", ids(database, index, "b"));
            database.read(tx -> {
                assertEquals(new Job(2, "b", 0), tx.first(index, Key.of("b")).orElseThrow());
                assertEquals(new Job(2, "b", 0), tx.first(jobs, Key.EMPTY).orElseThrow());
                assertTrue(tx.has(jobs, Key.of(3)));
                assertFalse(tx.has(jobs, Key.of(1)));
                List<Long> down = new ArrayList<>();
                tx.eachDescending(jobs, Key.EMPTY, job -> down.add(job.id));
                assertEquals(List.of(4L, 3L, 2L), down);
                List<Long> some = new ArrayList<>();
                tx.range(jobs, Key.of(3), Key.of(4), job -> some.add(job.id));
                tx.range(index, Key.of("b"), null, job -> some.add(job.id));
                assertEquals(List.of(3L, 2L, 3L), some);
                return true;
            });
        }
    }

    @Test
    void rowsOfEarlierFormatsAreReadAndWrittenInTheNewest() throws IOException {
        Table<Job> old = Table.of(1, "jobs", OLD_CODEC, job -> Key.of(job.id));
        Table<Job> jobs = jobs();
        try (Store store = Store.open(Path.of("/d"), options)) {
            try (Database database = store.database("queue", List.of(old))) {
                database.write(tx -> tx.put(old, new Job(1, "a", 7)));
            }
            try (Database database = store.database("queue", List.of(jobs))) {
                assertEquals(
                        new Job(1, "a", 0),
                        database.read(tx -> tx.get(jobs, Key.of(1))).orElseThrow());
                database.write(tx -> tx.put(jobs, new Job(1, "a", 7)));
                assertEquals(
                        new Job(1, "a", 7),
                        database.read(tx -> tx.get(jobs, Key.of(1))).orElseThrow());
            }
            try (Database database = store.database("queue", List.of(old))) {
                // The old program refuses nothing here, but a codec that meets the future must say so.
                assertThrows(IllegalArgumentException.class, () -> CODEC.read(3, new RowReader(new byte[0])));
                assertTrue(database.<Boolean>read(tx -> tx.has(old, Key.of(1))));
            }
        }
    }

    @Test
    void anIndexAddedToALargeTableIsFilledInStepsThatMayBeStoppedAnywhere() throws Exception {
        int rows = 4 * IndexFilling.BATCH + 17;
        Table<Job> plain = jobs();
        Table<Job> jobs = jobs();
        Index<Job> index = byDomain(jobs);
        try (Store store = Store.open(Path.of("/d"), options)) {
            try (Database database = store.database("queue", List.of(plain))) {
                database.write(tx -> {
                    for (int id = 1; id <= rows; id++) {
                        tx.insert(plain, new Job(id, id % 2 == 0 ? "even" : "odd", 0));
                    }
                    return true;
                });
            }
        }
        // The first opening is stopped after one batch, the second goes on; a write comes in between.
        AtomicInteger batches = new AtomicInteger();
        CountDownLatch filling = new CountDownLatch(2);
        CountDownLatch goOn = new CountDownLatch(1);
        StoreOptions slow = options.withEvents(new StoreEvents() {
            @Override
            public void committed(String account, int writes) {
                batches.incrementAndGet();
                filling.countDown();
                if (filling.getCount() == 0) {
                    awaitQuietly(goOn);
                }
            }
        });
        Store store = Store.open(Path.of("/d"), slow);
        Database database = store.database("queue", List.of(jobs));
        filling.await();
        assertFalse(database.<Boolean>read(tx -> tx.ready(index)));
        assertThrows(StoreException.class, () -> ids(database, index, "odd"));
        Thread closing = Thread.ofVirtual().start(database::close);
        goOn.countDown();
        closing.join();
        store.close();
        try (Store again = Store.open(Path.of("/d"), options)) {
            try (Database second = again.database("queue", List.of(jobs))) {
                second.write(tx -> {
                    tx.put(jobs, new Job(3, "changed", 0));
                    tx.put(jobs, new Job(rows - 1, "changed", 0));
                    tx.delete(jobs, Key.of(5));
                    tx.insert(jobs, new Job(rows + 1, "odd", 0));
                    return true;
                });
                while (!second.read(tx -> tx.ready(index))) {
                    second.write(tx -> true);
                }
                TreeMap<String, Integer> counts = new TreeMap<>();
                second.read(tx -> {
                    tx.each(index, Key.EMPTY, job -> counts.merge(job.domain, 1, Integer::sum) > 0);
                    return true;
                });
                // Of 2,017 rows 3 and 2,016 changed, 5 went and 2,018 came.
                assertEquals(2, counts.get("changed"));
                assertEquals(rows / 2 - 1, counts.get("even"));
                assertEquals(rows / 2 + 1 - 2 + 1, counts.get("odd"));
                assertEquals("3 " + (rows - 1), ids(second, index, "changed"));
            }
        }
        assertTrue(batches.get() >= 2);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void numbersAreUsedOnce() throws IOException {
        Table<Job> one = jobs();
        Table<Job> two = Table.of(3, "other", CODEC, job -> Key.of(job.id));
        byDomain(two);
        two.index(1, "clash", job -> List.of());
        try (Store store = Store.open(Path.of("/d"), options)) {
            assertThrows(IllegalArgumentException.class, () -> store.database("queue", List.of(one, two)));
            store.database("queue", List.of(one)).close();
        }
        assertThrows(IllegalArgumentException.class, () -> Table.of(240, "x", CODEC, job -> Key.EMPTY));
        assertThrows(IllegalArgumentException.class, () -> one.index(0, "x", job -> List.of()));
    }

    @Test
    void largeRowsAreSpreadAndComeBackWhole() throws IOException {
        Table<Job> table = Table.ofLarge(1, "large", CODEC, job -> Key.of(job.id));
        Index<Job> index = table.index(2, "by attempts", job -> List.of(Key.of(job.attempts)));
        try (Store store = Store.open(Path.of("/d"), options);
                Database database = store.database("queue", List.of(table))) {
            for (int size : new int[] {0, ReadTx.CHUNK - 10, ReadTx.CHUNK - 6, ReadTx.CHUNK, 3 * ReadTx.CHUNK, 5}) {
                Job job = new Job(7, "d".repeat(size), size);
                database.write(tx -> tx.put(table, job));
                assertEquals(job, database.read(tx -> tx.get(table, Key.of(7))).orElseThrow());
                assertEquals(
                        job, database.read(tx -> tx.first(index, Key.of(size))).orElseThrow());
                List<Job> all = new ArrayList<>();
                database.read(tx -> {
                    tx.each(table, Key.EMPTY, all::add);
                    return true;
                });
                assertEquals(List.of(job), all);
            }
            database.write(tx -> tx.put(table, new Job(7, "d".repeat(3 * ReadTx.CHUNK), 1)));
            database.write(tx -> tx.delete(table, Key.of(7)));
            assertTrue(database.read(tx -> tx.first(table, Key.EMPTY)).isEmpty());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> database.read(tx -> {
                        tx.eachDescending(table, Key.EMPTY, job -> true);
                        return true;
                    }));
        }
    }

    @Property(tries = 200)
    void keysOrderLikeTheirComponents(
            @ForAll @Size(max = 3) List<String> left, @ForAll @Size(max = 3) List<String> right) {
        int byText = compare(left, right);
        assertEquals(Integer.signum(byText), Integer.signum(key(left).compareTo(key(right))));
    }

    private static Key key(List<String> texts) {
        Key.Builder builder = Key.builder();
        texts.forEach(builder::text);
        return builder.build();
    }

    private static int compare(List<String> left, List<String> right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            byte[] one = left.get(i).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            byte[] two = right.get(i).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            int order = java.util.Arrays.compareUnsigned(one, two);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    @Property(tries = 200)
    void numbersComeBack(@ForAll long number, @ForAll @IntRange(min = 0, max = 255) int small, @ForAll String text) {
        byte[] octets = new RowWriter()
                .number(number)
                .signed(number)
                .u64(number)
                .u8(small)
                .optionalText(text)
                .optionalText(null)
                .toOctets();
        RowReader in = new RowReader(octets);
        assertEquals(number, in.number());
        assertEquals(number, in.signed());
        assertEquals(number, in.u64());
        assertEquals(small, in.u8());
        assertEquals(
                new String(
                        text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        java.nio.charset.StandardCharsets.UTF_8),
                in.optionalText());
        assertEquals(null, in.optionalText());
        assertTrue(in.atEnd());
        assertThrows(IllegalArgumentException.class, in::u8);
    }

    @Example
    void brokenRowsAreTold() {
        byte[] endless = new byte[11];
        java.util.Arrays.fill(endless, (byte) 0xff);
        assertThrows(IllegalArgumentException.class, () -> new RowReader(endless).number());
        assertThrows(IllegalArgumentException.class, () -> new RowReader(new byte[] {5, 1}).text());
        assertThrows(
                IllegalArgumentException.class,
                () -> new RowReader(new RowWriter().number(-1).toOctets()).octets());
        assertThrows(StoreException.class, () -> jobs().decode(new byte[] {9}));
        assertThrows(StoreException.class, () -> jobs().decode(new byte[0]));
    }
}
