package org.moxmail.store.kv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import jetbrains.exodus.env.EnvironmentConfig;
import org.junit.jupiter.api.Test;
import org.moxmail.store.testing.FaultyFiles;

final class XodusStoreTest extends KvContract {
    private static final long CACHE = 16 << 20;

    @Override
    KvEngine engine() {
        return KvEngine.xodus(CACHE, timing);
    }

    @Test
    void durableWriteIsOn() {
        EnvironmentConfig settings = ((XodusStore) store).settings();
        assertTrue(settings.getLogDurableWrite());
        assertFalse(settings.getLogCacheUseNio());
        assertEquals(CACHE, settings.getMemoryUsage());
    }

    private static void put(KvStore store, String key, String value) {
        store.write(tx -> {
            tx.put(1, octets(key), octets(value));
            return true;
        });
    }

    private static String get(KvStore store, String key) {
        return store.<String, RuntimeException>read(snapshot -> hex(snapshot.get(1, octets(key))));
    }

    private XodusStore open(FaultyFiles files) {
        return XodusStore.open(Path.of("/kv"), XodusStore.config(CACHE), files, timing);
    }

    @Test
    void eachWriteIsSyncedOnceBeforeItReturns() {
        FaultyFiles files = new FaultyFiles();
        try (KvStore counted = open(files)) {
            List<Long> syncs = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                long before = files.syncs();
                put(counted, "0" + i, "aa");
                syncs.add(files.syncs() - before);
            }
            assertEquals(List.of(1L, 1L, 1L, 1L, 1L), syncs);
        }
        files.assertNothingOpen();
    }

    @Test
    void aFailedCommitDidNotHappenAndTheStoreGoesOn() {
        // The first operation of a commit is its write, the second its sync.
        for (int operation = 0; operation < 2; operation++) {
            FaultyFiles files = new FaultyFiles();
            try (KvStore store = open(files)) {
                put(store, "01", "aa");
                files.failAt(operation, false);
                assertThrows(KvException.class, () -> put(store, "02", "bb"));
                assertTrue(files.failed());
                assertTrue(store.available());
                assertEquals("aa", get(store, "01"));
                assertEquals("null", get(store, "02"));
                put(store, "03", "cc");
            }
            files.cutPower(new Random(1));
            try (KvStore again = open(files)) {
                assertEquals("aa", get(again, "01"));
                assertEquals("null", get(again, "02"));
                assertEquals("cc", get(again, "03"));
            }
            files.assertNothingOpen();
        }
    }

    @Test
    void aDiskThatKeepsFailingMakesTheStoreUnavailableUntilItWorks() {
        FaultyFiles files = new FaultyFiles();
        try (KvStore store = open(files)) {
            put(store, "01", "aa");
            files.failAt(0, true);
            assertThrows(KvException.class, () -> put(store, "02", "bb"));
            assertFalse(store.available());
            assertThrows(KvException.class, () -> get(store, "01"));
            assertThrows(KvException.class, () -> put(store, "02", "bb"));
            files.heal();
            assertEquals("aa", get(store, "01"));
            assertEquals("null", get(store, "02"));
            put(store, "02", "bb");
            assertEquals("bb", get(store, "02"));
        }
        files.assertNothingOpen();
    }

    @Test
    void anInterruptedWriterDoesNoHarm() {
        Thread.currentThread().interrupt();
        put(store, "01", "aa");
        assertTrue(Thread.interrupted());
        put(store, "02", "bb");
        assertEquals("aa", get(store, "01"));
        assertEquals("bb", get(store, "02"));
    }

    @Test
    void anInterruptedReaderDoesNoHarm() throws Exception {
        store.write(tx -> {
            for (int i = 0; i < 1000; i++) {
                tx.put(1, new byte[] {(byte) (i >> 8), (byte) i}, new byte[1000]);
            }
            return true;
        });
        store.close();
        store = engine.open(temporary.resolve("kv"));
        Thread.currentThread().interrupt();
        int rows = store.read(snapshot -> {
            int count = 0;
            try (KvCursor cursor = snapshot.ascend(1, new byte[0], null)) {
                while (cursor.next()) {
                    count += cursor.value().length / 1000;
                }
            }
            return count;
        });
        assertTrue(Thread.interrupted());
        assertEquals(1000, rows);
        store.write(tx -> tx.delete(1, new byte[2]));
    }
}
