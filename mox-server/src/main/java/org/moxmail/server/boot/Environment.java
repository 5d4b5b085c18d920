package org.moxmail.server.boot;

import java.security.SecureRandom;
import java.util.concurrent.ThreadFactory;
import org.moxmail.store.StoreFiles;
import org.moxmail.store.kv.KvEngine;
import org.moxmail.time.Timing;

/**
 * What the server takes from the world around it. There is nothing of the kind anywhere else, so that a test can run a
 * whole server in a world of its own.
 *
 * @param timing the clock and every timed wait
 * @param threads makes every thread
 * @param random for secrets, ids and salts
 * @param files the store's access to files
 * @param engine the store's tables
 */
public record Environment(
        Timing timing, ThreadFactory threads, SecureRandom random, StoreFiles files, KvEngine engine) {
    /** Of the heap at its largest, what the tables of all accounts together keep in memory, and the bounds of that. */
    private static final int TABLE_CACHE_SHARE = 4;

    private static final long LEAST_TABLE_CACHE = 16L << 20;
    private static final long MOST_TABLE_CACHE = 256L << 20;

    /** The real world: the machine's clock, virtual threads, disks. */
    public static Environment standard() {
        Timing timing = Timing.system();
        return new Environment(
                timing,
                Thread.ofVirtual().name("mox-", 0).factory(),
                new SecureRandom(),
                StoreFiles.real(),
                KvEngine.xodus(tableCache(Runtime.getRuntime().maxMemory()), timing));
    }

    private static long tableCache(long heap) {
        return Math.clamp(heap / TABLE_CACHE_SHARE, LEAST_TABLE_CACHE, MOST_TABLE_CACHE);
    }

    public Environment withTiming(Timing timing) {
        return new Environment(timing, threads, random, files, engine);
    }

    public Environment withThreads(ThreadFactory threads) {
        return new Environment(timing, threads, random, files, engine);
    }

    public Environment withRandom(SecureRandom random) {
        return new Environment(timing, threads, random, files, engine);
    }

    public Environment withStore(StoreFiles files, KvEngine engine) {
        return new Environment(timing, threads, random, files, engine);
    }
}
