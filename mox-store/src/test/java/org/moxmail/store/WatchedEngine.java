package org.moxmail.store;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.moxmail.store.kv.KvEngine;
import org.moxmail.store.kv.KvException;
import org.moxmail.store.kv.KvStore;

/** An engine that tells of each store that closes and lets commits fail on demand. */
final class WatchedEngine implements KvEngine {
    private final KvEngine engine;
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    volatile CountDownLatch closing = new CountDownLatch(1);
    volatile boolean broken;

    WatchedEngine(KvEngine engine) {
        this.engine = engine;
    }

    @Override
    public KvStore open(Path directory) {
        KvStore store = engine.open(directory);
        opened.incrementAndGet();
        return new KvStore() {
            private volatile boolean failed;

            @Override
            public <T, E extends Exception> T read(ReadWork<T, E> work) throws E {
                require();
                return store.read(work);
            }

            @Override
            public <T, E extends Exception> T write(WriteWork<T, E> work) throws E {
                require();
                T result = store.write(work);
                if (broken) {
                    failed = true;
                    throw new KvException("a commit failed");
                }
                return result;
            }

            private void require() {
                if (failed) {
                    throw new KvException("unavailable");
                }
            }

            @Override
            public boolean available() {
                return !failed && store.available();
            }

            @Override
            public void backup(Path target) {
                store.backup(target);
            }

            @Override
            public void close() {
                store.close();
                closed.incrementAndGet();
                closing.countDown();
            }
        };
    }
}
