package org.moxmail.store.kv;

import java.nio.file.Path;
import org.moxmail.time.Timing;

/** Opens stores by directory. */
@FunctionalInterface
public interface KvEngine {
    /**
     * Opens the store in a directory and makes it when there is none.
     *
     * @throws KvException when it can't be opened, in one line that says why
     */
    KvStore open(Path directory);

    /** A directory was renamed, with closed stores in it; for engines that remember directories. */
    default void renamed(Path from, Path to) {}

    /**
     * Stores on the machine's disk.
     *
     * @param cacheBytes memory that all stores of this process together use for caching
     */
    static KvEngine xodus(long cacheBytes, Timing timing) {
        return xodus(cacheBytes, timing, KvFiles.real());
    }

    /** Stores in files of some kind. */
    static KvEngine xodus(long cacheBytes, Timing timing, KvFiles files) {
        return directory -> XodusStore.open(directory, cacheBytes, files, timing);
    }

    /** Stores in memory, for tests: what was committed stays with the engine when a store is closed. */
    static KvEngine memory(Timing timing) {
        return new MemoryEngine(timing);
    }
}
