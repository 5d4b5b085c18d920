package org.moxmail.store.kv;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.moxmail.time.Timing;

/**
 * Tables in memory. Each entry keeps its versions, newest first, so that a snapshot is a number and costs nothing to
 * take; versions that no snapshot can see any more are cut off when the entry is written again.
 */
final class MemoryStore implements KvStore {
    /** An entry's key: table number and octets in one array, compared unsigned. */
    private record EntryKey(byte[] octets) implements Comparable<EntryKey> {
        @Override
        public int compareTo(EntryKey other) {
            return Arrays.compareUnsigned(octets, other.octets);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof EntryKey that && Arrays.equals(octets, that.octets);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(octets);
        }
    }

    /** One version of an entry; a null value means deleted. */
    private record Version(
            long commit, byte @Nullable [] value, @Nullable Version older) {
        byte @Nullable [] at(long snapshot) {
            for (Version version = this; version != null; version = version.older) {
                if (version.commit <= snapshot) {
                    return version.value;
                }
            }
            return null;
        }
    }

    /** What was committed. */
    static final class Tables {
        private final ConcurrentNavigableMap<EntryKey, Version> entries = new ConcurrentSkipListMap<>();
        private volatile long lastCommit;

        Tables copy() {
            Tables copy = new Tables();
            long snapshot = lastCommit;
            entries.forEach((key, version) -> {
                byte[] value = version.at(snapshot);
                if (value != null) {
                    copy.entries.put(key, new Version(0, value, null));
                }
            });
            return copy;
        }
    }

    private final Tables tables;
    private final Timing timing;
    private final MemoryEngine engine;
    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantLock registering = new ReentrantLock();
    private final TreeMap<Long, Integer> snapshots = new TreeMap<>();
    private volatile boolean closed;

    MemoryStore(Tables tables, Timing timing, MemoryEngine engine) {
        this.tables = tables;
        this.timing = timing;
        this.engine = engine;
    }

    @Override
    public <T, E extends Exception> T read(ReadWork<T, E> work) throws E {
        long snapshot = register();
        View view = new View(snapshot);
        try {
            return work.run(view);
        } finally {
            view.bounds.end();
            unregister(snapshot);
        }
    }

    private long register() {
        registering.lock();
        try {
            requireOpen();
            long snapshot = tables.lastCommit;
            snapshots.merge(snapshot, 1, Integer::sum);
            return snapshot;
        } finally {
            registering.unlock();
        }
    }

    private void unregister(long snapshot) {
        registering.lock();
        try {
            snapshots.computeIfPresent(snapshot, (any, count) -> count == 1 ? null : count - 1);
        } finally {
            registering.unlock();
        }
    }

    @Override
    public <T, E extends Exception> T write(WriteWork<T, E> work) throws E {
        writing.lock();
        try {
            requireOpen();
            Change change = new Change(tables.lastCommit);
            T result;
            try {
                result = work.run(change);
            } finally {
                change.bounds.end();
            }
            requireOpen();
            commit(change);
            return result;
        } finally {
            writing.unlock();
        }
    }

    private void commit(Change change) {
        long commit = tables.lastCommit + 1;
        long oldest = oldestSnapshot();
        change.changed.forEach((key, value) -> tables.entries.compute(key, (any, before) -> {
            Version older = before == null ? null : cut(before, oldest);
            byte[] octets = value.orElse(null);
            return octets == null && older == null ? null : new Version(commit, octets, older);
        }));
        tables.lastCommit = commit;
    }

    private long oldestSnapshot() {
        registering.lock();
        try {
            return snapshots.isEmpty() ? tables.lastCommit : snapshots.firstKey();
        } finally {
            registering.unlock();
        }
    }

    private static @Nullable Version cut(Version version, long oldest) {
        if (version.commit <= oldest) {
            return version.value == null ? null : new Version(version.commit, version.value, null);
        }
        return version.older == null ? version : new Version(version.commit, version.value, cut(version.older, oldest));
    }

    private void requireOpen() {
        if (closed) {
            throw new KvException("the store is closed");
        }
    }

    @Override
    public boolean available() {
        return !closed;
    }

    @Override
    public void backup(Path directory) {
        requireOpen();
        engine.copy(tables, directory);
    }

    @Override
    public void close() {
        closed = true;
    }

    private static EntryKey entryKey(int table, byte[] key) {
        byte[] octets = new byte[key.length + 1];
        octets[0] = (byte) table;
        System.arraycopy(key, 0, octets, 1, key.length);
        return new EntryKey(octets);
    }

    private static @Nullable EntryKey endKey(int table, byte @Nullable [] to) {
        if (to != null) {
            return entryKey(table, to);
        }
        return table == 255 ? null : new EntryKey(new byte[] {(byte) (table + 1)});
    }

    private class View implements KvRead {
        final Bounds bounds = new Bounds(timing);
        final long snapshot;

        View(long snapshot) {
            this.snapshot = snapshot;
        }

        void check(int table, byte[] key) {
            requireOpen();
            bounds.step();
            bounds.table(table);
            bounds.key(key);
        }

        @Override
        public byte @Nullable [] get(int table, byte[] key) {
            check(table, key);
            byte[] value = value(entryKey(table, key));
            return value == null ? null : value.clone();
        }

        byte @Nullable [] value(EntryKey key) {
            Version version = tables.entries.get(key);
            return version == null ? null : version.at(snapshot);
        }

        NavigableMap<EntryKey, ?> range(EntryKey from, @Nullable EntryKey to) {
            return part(tables.entries, from, to);
        }

        final <V> NavigableMap<EntryKey, V> part(NavigableMap<EntryKey, V> all, EntryKey from, @Nullable EntryKey to) {
            if (to == null) {
                return all.tailMap(from, true);
            }
            return from.compareTo(to) >= 0 ? new TreeMap<>() : all.subMap(from, true, to, false);
        }

        @Override
        public KvCursor ascend(int table, byte[] from, byte @Nullable [] to) {
            check(table, from);
            return new Walk(
                    this,
                    range(entryKey(table, from), endKey(table, to))
                            .navigableKeySet()
                            .iterator());
        }

        @Override
        public KvCursor descend(int table, byte[] from, byte @Nullable [] to) {
            check(table, from);
            return new Walk(
                    this,
                    range(entryKey(table, from), endKey(table, to))
                            .navigableKeySet()
                            .descendingIterator());
        }
    }

    /** A view with changes on top; an empty optional is a deletion. */
    private final class Change extends View implements KvWrite {
        final TreeMap<EntryKey, Optional<byte[]>> changed = new TreeMap<>();

        Change(long snapshot) {
            super(snapshot);
        }

        @Override
        byte @Nullable [] value(EntryKey key) {
            Optional<byte[]> own = changed.get(key);
            return own != null ? own.orElse(null) : super.value(key);
        }

        @Override
        NavigableMap<EntryKey, ?> range(EntryKey from, @Nullable EntryKey to) {
            NavigableMap<EntryKey, Optional<byte[]>> own = part(changed, from, to);
            if (own.isEmpty()) {
                return super.range(from, to);
            }
            TreeMap<EntryKey, Object> both = new TreeMap<>(super.range(from, to));
            both.putAll(own);
            return both;
        }

        @Override
        public void put(int table, byte[] key, byte[] value) {
            requireOpen();
            bounds.change(table, key, value);
            changed.put(entryKey(table, key), Optional.of(value.clone()));
        }

        @Override
        public boolean delete(int table, byte[] key) {
            requireOpen();
            bounds.change(table, key);
            EntryKey entry = entryKey(table, key);
            boolean there = value(entry) != null;
            if (there) {
                changed.put(entry, Optional.empty());
            }
            return there;
        }

        @Override
        public long written() {
            return bounds.written();
        }
    }

    private static final class Walk implements KvCursor {
        private final View view;
        private final Iterator<EntryKey> keys;
        private @Nullable EntryKey key;
        private byte @Nullable [] value;

        Walk(View view, Iterator<EntryKey> keys) {
            this.view = view;
            this.keys = keys;
        }

        @Override
        public boolean next() {
            while (keys.hasNext()) {
                view.bounds.step();
                EntryKey candidate = keys.next();
                byte[] found = view.value(candidate);
                if (found != null) {
                    key = candidate;
                    value = found;
                    return true;
                }
            }
            key = null;
            value = null;
            return false;
        }

        @Override
        public byte[] key() {
            EntryKey at = key;
            if (at == null) {
                throw new NoSuchElementException();
            }
            return Arrays.copyOfRange(at.octets, 1, at.octets.length);
        }

        @Override
        public byte[] value() {
            byte[] at = value;
            if (at == null) {
                throw new NoSuchElementException();
            }
            return at.clone();
        }

        @Override
        public void close() {
            key = null;
            value = null;
        }
    }
}
