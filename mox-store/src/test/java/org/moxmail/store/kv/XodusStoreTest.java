package org.moxmail.store.kv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import jetbrains.exodus.env.EnvironmentConfig;
import org.junit.jupiter.api.Test;

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

    @Test
    void eachWriteIsSyncedBeforeItReturns() {
        EnvironmentConfig config = XodusStore.config(CACHE);
        config.setLogDataReaderWriterProvider(CountingDisk.class.getName());
        try (KvStore counted = XodusStore.open(temporary.resolve("counted"), config, timing)) {
            List<Integer> syncs = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                int before = CountingDisk.SYNCS.get();
                byte[] key = {(byte) i};
                counted.write(tx -> {
                    tx.put(1, key, key);
                    return true;
                });
                syncs.add(CountingDisk.SYNCS.get() - before);
            }
            assertEquals(List.of(1, 1, 1, 1, 1), syncs);
        }
    }

    @Test
    void aFailedCommitMakesTheStoreUnavailableUntilItIsReopened() {
        EnvironmentConfig config = XodusStore.config(CACHE);
        config.setLogDataReaderWriterProvider(CountingDisk.class.getName());
        KvStore full = XodusStore.open(temporary.resolve("full"), config, timing);
        try {
            full.write(tx -> {
                tx.put(1, octets("01"), octets("aa"));
                return true;
            });
            CountingDisk.WRITES_UNTIL_FAILURE.set(0);
            assertThrows(
                    KvException.class,
                    () -> full.write(tx -> {
                        tx.put(1, octets("02"), octets("bb"));
                        return true;
                    }));
            assertFalse(full.available());
            assertThrows(KvException.class, () -> full.read(snapshot -> hex(snapshot.get(1, octets("01")))));
            CountingDisk.WRITES_UNTIL_FAILURE.set(Integer.MAX_VALUE);
            assertThrows(KvException.class, () -> full.write(tx -> tx.delete(1, octets("01"))));
        } finally {
            CountingDisk.WRITES_UNTIL_FAILURE.set(Integer.MAX_VALUE);
            full.close();
        }
        try (KvStore again = XodusStore.open(temporary.resolve("full"), config, timing)) {
            assertEquals("aa", again.<String, RuntimeException>read(snapshot -> hex(snapshot.get(1, octets("01")))));
            assertEquals("null", again.<String, RuntimeException>read(snapshot -> hex(snapshot.get(1, octets("02")))));
        }
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
