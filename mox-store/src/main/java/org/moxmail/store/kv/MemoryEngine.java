package org.moxmail.store.kv;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.moxmail.time.Timing;

/** Keeps what its stores committed, by directory. */
final class MemoryEngine implements KvEngine {
    private final Map<Path, MemoryStore.Tables> committed = new ConcurrentHashMap<>();
    private final Timing timing;

    MemoryEngine(Timing timing) {
        this.timing = timing;
    }

    @Override
    public KvStore open(Path directory) {
        MemoryStore.Tables tables =
                committed.computeIfAbsent(directory.toAbsolutePath().normalize(), any -> new MemoryStore.Tables());
        return new MemoryStore(tables, timing, this);
    }

    @Override
    public void renamed(Path from, Path to) {
        Path before = from.toAbsolutePath().normalize();
        Path after = to.toAbsolutePath().normalize();
        for (Path directory : List.copyOf(committed.keySet())) {
            if (directory.startsWith(before)) {
                MemoryStore.Tables tables = committed.remove(directory);
                if (tables != null) {
                    committed.put(after.resolve(before.relativize(directory)), tables);
                }
            }
        }
    }

    void copy(MemoryStore.Tables from, Path directory) {
        committed.put(directory.toAbsolutePath().normalize(), from.copy());
    }
}
