package org.moxmail.store.kv;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.moxmail.time.testing.FakeTiming;

/** What {@link KvStore} promises, checked against every implementation. */
abstract class KvContract {
    final FakeTiming timing = FakeTiming.at("2026-01-01T00:00:00Z");

    @TempDir
    Path temporary;

    KvEngine engine;
    KvStore store;

    abstract KvEngine engine();

    @BeforeEach
    void open() {
        engine = engine();
        store = engine.open(temporary.resolve("kv"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    static String hex(byte @Nullable [] octets) {
        return octets == null ? "null" : HexFormat.of().formatHex(octets);
    }

    private void put(int table, String key, String value) {
        store.write(tx -> {
            tx.put(table, octets(key), octets(value));
            return true;
        });
    }

    private String get(int table, String key) {
        return store.read(snapshot -> hex(snapshot.get(table, octets(key))));
    }

    private static String walk(KvCursor opened) {
        StringBuilder text = new StringBuilder();
        try (KvCursor cursor = opened) {
            while (cursor.next()) {
                text.append(hex(cursor.key()))
                        .append('=')
                        .append(hex(cursor.value()))
                        .append(' ');
            }
            assertFalse(cursor.next(), "stays at the end");
        }
        return text.toString().trim();
    }

    private String ascend(int table, String from, @Nullable String to) {
        return store.read(s -> walk(s.ascend(table, octets(from), to == null ? null : octets(to))));
    }

    private String descend(int table, String from, @Nullable String to) {
        return store.read(s -> walk(s.descend(table, octets(from), to == null ? null : octets(to))));
    }

    @Test
    void whatWasPutIsThereUntilItIsDeleted() {
        assertEquals("null", get(1, "01"));
        put(1, "01", "aa");
        assertEquals("aa", get(1, "01"));
        put(1, "01", "bb");
        assertEquals("bb", get(1, "01"));
        assertTrue(store.<Boolean, RuntimeException>write(tx -> tx.delete(1, octets("01"))));
        assertEquals("null", get(1, "01"));
        assertFalse(store.<Boolean, RuntimeException>write(tx -> tx.delete(1, octets("01"))));
    }

    @Test
    void emptyKeysAndValuesAreKeysAndValues() {
        put(1, "", "");
        put(1, "00", "");
        assertEquals("", get(1, ""));
        assertEquals("= 00=", ascend(1, "", null));
    }

    @Test
    void tablesAreApart() {
        put(0, "01", "a0");
        put(1, "01", "a1");
        put(255, "01", "af");
        assertEquals("a0", get(0, "01"));
        assertEquals("01=a1", ascend(1, "", null));
        assertEquals("01=af", ascend(255, "", null));
        assertEquals("01=af", descend(255, "", null));
        assertEquals("01=a0", descend(0, "", null));
        assertEquals("", ascend(2, "", null));
        assertEquals("", descend(2, "", null));
    }

    @Test
    void keysAreOrderedAsUnsignedOctetsAndPrefixesComeFirst() {
        for (String key : List.of("ff", "7f", "80", "0001", "00", "8000", "ffff")) {
            put(7, key, "");
        }
        assertEquals("00= 0001= 7f= 80= 8000= ff= ffff=", ascend(7, "", null));
        assertEquals("ffff= ff= 8000= 80= 7f= 0001= 00=", descend(7, "", null));
    }

    @Test
    void rangesIncludeTheirStartAndExcludeTheirEnd() {
        for (String key : List.of("01", "03", "05", "07")) {
            put(7, key, "");
        }
        assertEquals("03= 05=", ascend(7, "03", "07"));
        assertEquals("05= 03=", descend(7, "03", "07"));
        assertEquals("03= 05=", ascend(7, "02", "06"));
        assertEquals("05= 03=", descend(7, "02", "06"));
        assertEquals("", ascend(7, "05", "05"));
        assertEquals("", descend(7, "05", "03"));
        assertEquals("", ascend(7, "05", "03"));
        assertEquals("", ascend(7, "08", null));
        assertEquals("", descend(7, "", "01"));
        assertEquals("07=", descend(7, "06", null));
    }

    @Test
    void aCursorStandsNowhereBeforeItsFirstAndAfterItsLastEntry() {
        put(7, "01", "aa");
        store.read(snapshot -> {
            try (KvCursor cursor = snapshot.ascend(7, octets(""), null)) {
                assertThrows(NoSuchElementException.class, cursor::key);
                assertTrue(cursor.next());
                assertEquals("aa", hex(cursor.value()));
                assertFalse(cursor.next());
                assertThrows(NoSuchElementException.class, cursor::value);
            }
            return true;
        });
    }

    @Test
    void arraysAreNotShared() {
        byte[] key = octets("01");
        byte[] value = octets("aa");
        store.write(tx -> {
            tx.put(1, key, value);
            key[0] = 9;
            value[0] = 9;
            return true;
        });
        store.read(snapshot -> {
            byte[] got = requireNonNull(snapshot.get(1, octets("01")));
            assertEquals("aa", hex(got));
            got[0] = 9;
            assertEquals("aa", hex(snapshot.get(1, octets("01"))));
            try (KvCursor cursor = snapshot.ascend(1, octets(""), null)) {
                cursor.next();
                cursor.key()[0] = 9;
                cursor.value()[0] = 9;
                assertEquals("01=aa", hex(cursor.key()) + "=" + hex(cursor.value()));
            }
            return true;
        });
    }

    @Test
    void aWriteSeesItsOwnChanges() {
        put(1, "01", "aa");
        put(1, "02", "bb");
        store.write(tx -> {
            tx.put(1, octets("00"), octets("cc"));
            tx.put(1, octets("01"), octets("dd"));
            tx.delete(1, octets("02"));
            tx.put(2, octets("01"), octets("ee"));
            assertEquals("dd", hex(tx.get(1, octets("01"))));
            assertNull(tx.get(1, octets("02")));
            assertEquals("00=cc 01=dd", walk(tx.ascend(1, octets(""), null)));
            assertEquals("01=dd 00=cc", walk(tx.descend(1, octets(""), null)));
            return true;
        });
        assertEquals("00=cc 01=dd", ascend(1, "", null));
    }

    @Test
    void aWriteThatThrowsDidNothingAndPassesTheExceptionOn() {
        put(1, "01", "aa");
        IOException failure = new IOException("no");
        assertEquals(
                failure,
                assertThrows(
                        IOException.class,
                        () -> store.write(tx -> {
                            tx.put(1, octets("01"), octets("bb"));
                            tx.put(1, octets("02"), octets("bb"));
                            throw failure;
                        })));
        assertEquals("01=aa", ascend(1, "", null));
        put(1, "03", "cc");
        assertTrue(store.available());
    }

    @Test
    void aSnapshotDoesNotSeeLaterCommits() throws Exception {
        put(1, "01", "aa");
        put(1, "02", "bb");
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch written = new CountDownLatch(1);
        try (var threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            Future<String> seen = threads.submit(() -> store.read(snapshot -> {
                String before = walk(snapshot.ascend(1, octets(""), null));
                reading.countDown();
                written.await();
                assertEquals(before, walk(snapshot.ascend(1, octets(""), null)));
                assertEquals("bb", hex(snapshot.get(1, octets("02"))));
                assertNull(snapshot.get(1, octets("03")));
                return before;
            }));
            reading.await();
            store.write(tx -> {
                tx.put(1, octets("01"), octets("cc"));
                tx.delete(1, octets("02"));
                tx.put(1, octets("03"), octets("dd"));
                return true;
            });
            put(1, "01", "ee");
            written.countDown();
            assertEquals("01=aa 02=bb", seen.get());
        }
        assertEquals("01=ee 03=dd", ascend(1, "", null));
    }

    @Test
    void writesOfManyThreadsRunOneAfterAnother() throws Exception {
        try (var threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                all.add(threads.submit(() -> {
                    for (int n = 0; n < 25; n++) {
                        store.write(tx -> {
                            byte[] value = tx.get(1, octets("01"));
                            byte count = value == null ? 0 : value[0];
                            tx.put(1, octets("01"), new byte[] {(byte) (count + 1)});
                            return true;
                        });
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertEquals("64", get(1, "01"));
    }

    @Test
    void whatWasCommittedIsThereAfterReopening() {
        put(1, "01", "aa");
        put(200, "ff00", "bb");
        store.close();
        store = engine.open(temporary.resolve("kv"));
        assertEquals("aa", get(1, "01"));
        assertEquals("ff00=bb", ascend(200, "", null));
    }

    @Test
    void boundsOfKeysValuesAndTables() {
        byte[] longest = new byte[KvStore.MAX_KEY];
        byte[] largest = new byte[KvStore.MAX_VALUE];
        Arrays.fill(largest, (byte) 7);
        store.write(tx -> {
            tx.put(1, longest, largest);
            return true;
        });
        assertEquals(hex(largest), store.read(snapshot -> hex(snapshot.get(1, longest))));
        byte[] tooLong = new byte[KvStore.MAX_KEY + 1];
        byte[] tooLarge = new byte[KvStore.MAX_VALUE + 1];
        store.write(tx -> {
            assertThrows(IllegalArgumentException.class, () -> tx.put(1, tooLong, new byte[0]));
            assertThrows(IllegalArgumentException.class, () -> tx.put(1, new byte[0], tooLarge));
            assertThrows(IllegalArgumentException.class, () -> tx.get(256, new byte[0]));
            assertThrows(IllegalArgumentException.class, () -> tx.get(-1, new byte[0]));
            assertThrows(IllegalArgumentException.class, () -> tx.delete(1, tooLong));
            return true;
        });
    }

    @Test
    void aWriteMayBeSoLargeAndNoLarger() {
        byte[] value = new byte[KvStore.MAX_VALUE - 4];
        long fits = KvStore.MAX_WRITE / KvStore.MAX_VALUE;
        assertThrows(
                KvTooLargeException.class,
                () -> store.write(tx -> {
                    for (int i = 0; i <= fits + 1; i++) {
                        tx.put(1, new byte[] {0, 0, (byte) (i >> 8), (byte) i}, value);
                        assertTrue(tx.written() <= KvStore.MAX_WRITE);
                    }
                    return true;
                }));
        assertEquals("", ascend(1, "", null));
        assertTrue(store.available());
    }

    @Test
    void workMayTakeSoLongAndNoLonger() {
        store.read(snapshot -> {
            timing.advance(KvStore.MAX_TIME);
            for (int i = 0; i < 200; i++) {
                snapshot.get(1, octets("01"));
            }
            timing.advance(Duration.ofNanos(1));
            assertThrows(KvTooLargeException.class, () -> {
                for (int i = 0; i < 200; i++) {
                    snapshot.get(1, octets("01"));
                }
            });
            return true;
        });
    }

    @Test
    void aViewIsDeadWhenItsWorkIsOver() {
        KvRead[] kept = new KvRead[2];
        store.read(snapshot -> kept[0] = snapshot);
        store.write(tx -> kept[1] = tx);
        assertThrows(IllegalStateException.class, () -> kept[0].get(1, octets("01")));
        assertThrows(IllegalStateException.class, () -> ((KvWrite) kept[1]).put(1, octets("01"), octets("01")));
    }

    @Test
    void aClosedStoreRefuses() {
        store.close();
        store.close();
        assertFalse(store.available());
        assertThrows(KvException.class, () -> get(1, "01"));
        assertThrows(KvException.class, () -> put(1, "01", "01"));
    }

    @Test
    void aBackupHasWhatWasCommitted() throws IOException {
        for (int i = 0; i < 50; i++) {
            put(1, "%02x".formatted(i), "aa");
        }
        Path directory = Files.createDirectory(temporary.resolve("backup"));
        store.backup(directory);
        put(1, "ff", "bb");
        try (KvStore copy = engine.open(directory)) {
            String all = copy.read(snapshot -> walk(snapshot.ascend(1, octets(""), null)));
            assertEquals(50, all.split(" ").length);
        }
    }

    @Test
    void randomOperationsAgreeWithAMap() {
        for (long seed = 1; seed <= 20; seed++) {
            compareWithMap(seed);
        }
    }

    private void compareWithMap(long seed) {
        Random random = new Random(seed);
        int table = 100 + (int) seed;
        TreeMap<String, String> model = new TreeMap<>();
        for (int round = 0; round < 12; round++) {
            boolean keep = random.nextInt(4) > 0;
            TreeMap<String, String> draft = new TreeMap<>(model);
            try {
                store.write(tx -> {
                    for (int i = 0; i < 10; i++) {
                        String key = "%02x".formatted(random.nextInt(12)).repeat(1 + random.nextInt(2));
                        if (random.nextInt(3) == 0) {
                            assertEquals(draft.remove(key) != null, tx.delete(table, octets(key)));
                        } else {
                            String value = "%04x".formatted(random.nextInt(1000));
                            draft.put(key, value);
                            tx.put(table, octets(key), octets(value));
                        }
                    }
                    assertEquals(text(draft), walk(tx.ascend(table, octets(""), null)), "seed " + seed);
                    if (!keep) {
                        throw new IllegalStateException();
                    }
                    return true;
                });
                model = draft;
            } catch (IllegalStateException e) {
                assertFalse(keep);
            }
            assertEquals(text(model), ascend(table, "", null), "seed " + seed);
            assertEquals(text(model.descendingMap()), descend(table, "", null), "seed " + seed);
        }
    }

    private static String text(Map<String, String> entries) {
        StringBuilder text = new StringBuilder();
        entries.forEach(
                (key, value) -> text.append(key).append('=').append(value).append(' '));
        return text.toString().trim();
    }
}
