package org.moxmail.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.moxmail.message.mailbox.UidSet;
import org.moxmail.store.kv.KvEngine;
import org.moxmail.store.kv.KvStore;
import org.moxmail.time.testing.FakeTiming;

final class UidBitmapsTest {
    private static KvStore store() {
        return KvEngine.memory(FakeTiming.at("2026-01-01T00:00:00Z")).open(Path.of("/kv"));
    }

    @Property(tries = 60)
    void agreesWithASetOfNumbers(@ForAll long seed) {
        Random random = new Random(seed);
        TreeSet<Long> model = new TreeSet<>();
        // Dense, sparse, and at both ends of what a UID can be.
        long base = List.of(1L, 4090L, UidSet.MAX - 9000).get(random.nextInt(3));
        int spread = 1 + random.nextInt(9000);
        try (KvStore store = store()) {
            for (int round = 0; round < 4; round++) {
                store.write(tx -> {
                    UidBitmaps bitmaps = new UidBitmaps(tx);
                    for (int i = 0; i < 300; i++) {
                        long uid = Math.min(UidSet.MAX, base + random.nextInt(spread));
                        boolean member = random.nextInt(3) > 0;
                        bitmaps.set(8, 1, uid, member);
                        if (member) {
                            model.add(uid);
                        } else {
                            model.remove(uid);
                        }
                    }
                    bitmaps.set(8, 2, 7, true);
                    bitmaps.flush();
                    return true;
                });
                long[] expected = model.stream().mapToLong(Long::longValue).toArray();
                UidSet read = store.read(snapshot -> UidBitmaps.read(snapshot, 8, 1));
                assertEquals(UidSet.of(expected), read);
                long first = store.read(snapshot -> UidBitmaps.first(snapshot, 8, 1));
                assertEquals(model.isEmpty() ? 0 : model.first(), first);
            }
            assertEquals(UidSet.of(7), store.read(snapshot -> UidBitmaps.read(snapshot, 8, 2)));
        }
    }

    @Property(tries = 200)
    void rowsComeBackAndStaySmall(@ForAll long seed) {
        Random random = new Random(seed);
        long[] words = new long[64];
        int density = 1 + random.nextInt(8);
        for (int i = 0; i < 64; i++) {
            words[i] = switch (random.nextInt(density)) {
                case 0 -> random.nextLong();
                case 1 -> -1;
                default -> 0;
            };
        }
        byte[] row = UidBitmaps.encode(words);
        if (row == null) {
            assertArrayEquals(new long[64], words);
        } else {
            assertTrue(row.length <= 513, "" + row.length);
            assertArrayEquals(words, UidBitmaps.decode(row));
        }
    }

    @Example
    void aMillionUidsAreSomeHundredSmallRows() {
        try (KvStore store = store()) {
            store.write(tx -> {
                UidBitmaps bitmaps = new UidBitmaps(tx);
                for (long uid = 1; uid <= 1_000_000; uid++) {
                    bitmaps.set(8, 1, uid, true);
                }
                bitmaps.flush();
                return true;
            });
            long[] rows = new long[2];
            store.read(snapshot -> {
                try (var cursor = snapshot.ascend(8, new byte[0], null)) {
                    while (cursor.next()) {
                        rows[0]++;
                        rows[1] += cursor.value().length;
                    }
                }
                return true;
            });
            assertEquals(245, rows[0]);
            assertTrue(rows[1] < 2000, "" + rows[1]);
            assertEquals(UidSet.range(1, 1_000_000), store.read(snapshot -> UidBitmaps.read(snapshot, 8, 1)));
        }
    }

    @Example
    void brokenRowsAreTold() {
        assertNull(UidBitmaps.encode(new long[64]));
        for (byte[] broken : List.of(new byte[0], new byte[] {3}, new byte[] {1, 5}, new byte[514], new byte[] {
            1, (byte) 0xff, (byte) 0x1f, 1
        })) {
            if (broken.length == 514) {
                broken[0] = 2;
            }
            assertThrows(StoreException.class, () -> UidBitmaps.decode(broken));
        }
    }
}
