package org.moxmail.store.testing;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.moxmail.store.DataDirectoryException;
import org.moxmail.store.StoreFiles;

/**
 * Files in memory that fail on demand and lose at a power cut what wasn't synced: octets of files that weren't synced,
 * names whose directory wasn't. What survives beyond that is chosen at random, since a disk may have written more than it
 * was told to. Safe for many threads.
 */
public final class FaultyFiles implements StoreFiles {
    private static final class Node {
        byte[] octets = new byte[0];
        int size;
        int synced;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Path> directories = new HashSet<>();
    private final Map<Path, Node> names = new HashMap<>();
    private final Map<Path, Node> durable = new HashMap<>();
    private final Map<Object, Throwable> open = new HashMap<>();
    private final Set<Path> locked = new HashSet<>();
    private long operations;
    private long failing = -1;
    private boolean everyLater;
    /** What every operation that changes something says; null while it works. */
    private @Nullable String refusal;

    private volatile @Nullable Runnable atSync;
    private long syncs;

    /** Operations so far that can fail. */
    public long operations() {
        lock.lock();
        try {
            return operations;
        } finally {
            lock.unlock();
        }
    }

    /** Files and directories synced so far. */
    public long syncs() {
        lock.lock();
        try {
            return syncs;
        } finally {
            lock.unlock();
        }
    }

    /** Lets the n-th operation from now fail, counted from 0, and with {@code everyLater} all that follow too. */
    public void failAt(long n, boolean everyLater) {
        lock.lock();
        try {
            failing = operations + n;
            this.everyLater = everyLater;
        } finally {
            lock.unlock();
        }
    }

    /** The disk is full: nothing can be made, written or grow, while reading and deleting work. */
    public void fill() {
        refuse("No space left on device");
    }

    /** Nothing can be changed any more, while reading works. */
    public void writeProtect() {
        refuse("Read-only file system");
    }

    private void refuse(String message) {
        lock.lock();
        try {
            refusal = message;
        } finally {
            lock.unlock();
        }
    }

    /** Runs something before each sync of a file, such as a wait; null for nothing. */
    public void atSync(@Nullable Runnable action) {
        atSync = action;
    }

    /** Lets nothing fail any more. */
    public void heal() {
        lock.lock();
        try {
            failing = -1;
            everyLater = false;
            refusal = null;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a failure that was asked for has happened. */
    public boolean failed() {
        lock.lock();
        try {
            return failing >= 0 && operations > failing;
        } finally {
            lock.unlock();
        }
    }

    /** The power goes and comes back: what wasn't synced is gone, or not. Locks and open files are gone too. */
    public void cutPower(RandomGenerator random) {
        lock.lock();
        try {
            Set<Path> all = new HashSet<>(names.keySet());
            all.addAll(durable.keySet());
            for (Path path : all.stream().sorted().toList()) {
                Node live = names.get(path);
                Node kept = durable.get(path);
                Node survivor = live == kept || random.nextBoolean() ? kept : live;
                if (survivor == null) {
                    names.remove(path);
                    durable.remove(path);
                } else {
                    names.put(path, survivor);
                    durable.put(path, survivor);
                }
            }
            for (Node node : new HashSet<>(names.values())) {
                node.size = node.synced + random.nextInt(node.size - node.synced + 1);
                node.synced = node.size;
            }
            open.clear();
            locked.clear();
            failing = -1;
            everyLater = false;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Checks that no file or lock is open.
     *
     * @throws AssertionError with the stack that opened it
     */
    public void assertNothingOpen() {
        lock.lock();
        try {
            for (Throwable opened : open.values()) {
                throw new AssertionError("a file is open still", opened);
            }
        } finally {
            lock.unlock();
        }
    }

    private static Path normal(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /** Counts an operation, which may fail. */
    private void operation() throws IOException {
        long number = operations++;
        if (failing >= 0 && (number == failing || everyLater && number > failing)) {
            throw new IOException("operation " + number + " failed, as asked");
        }
    }

    private <T extends @Nullable Object> T growing(Action<T> action) throws IOException {
        return locked(() -> {
            requireSpace();
            return action.run();
        });
    }

    private void requireSpace() throws IOException {
        if (refusal != null) {
            throw new IOException(refusal);
        }
    }

    private interface Action<T extends @Nullable Object> {
        T run() throws IOException;
    }

    private <T extends @Nullable Object> T locked(Action<T> action) throws IOException {
        lock.lock();
        try {
            operation();
            return action.run();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        Path wanted = normal(directory);
        lock.lock();
        try {
            if (directories.contains(wanted)) {
                return;
            }
            operation();
            requireSpace();
            for (Path path = wanted; path != null; path = path.getParent()) {
                if (names.containsKey(path)) {
                    throw new FileAlreadyExistsException(path.toString());
                }
                directories.add(path);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public NewFile create(Path file) throws IOException {
        Path path = normal(file);
        return growing(() -> {
            if (names.containsKey(path) || directories.contains(path)) {
                throw new FileAlreadyExistsException(path.toString());
            }
            if (!directories.contains(path.getParent())) {
                throw new NoSuchFileException(path.toString());
            }
            Node node = new Node();
            names.put(path, node);
            Written written = new Written(node);
            open.put(written, new Throwable("opened for writing: " + path));
            return written;
        });
    }

    @Override
    public SyncedFile append(Path file, long length) throws IOException {
        Path path = normal(file);
        return locked(() -> {
            if (!directories.contains(path.getParent())) {
                throw new NoSuchFileException(path.toString());
            }
            if ("Read-only file system".equals(refusal) || !names.containsKey(path)) {
                requireSpace();
            }
            Node node = names.computeIfAbsent(path, name -> new Node());
            if (node.size < length) {
                throw new IOException(path + " has " + node.size + " octets, fewer than " + length);
            }
            node.size = (int) length;
            node.synced = Math.min(node.synced, node.size);
            Written written = new Written(node);
            open.put(written, new Throwable("opened for writing: " + path));
            return written;
        });
    }

    @Override
    public int read(Path file, long position, byte[] into, int offset, int length) throws IOException {
        Path path = normal(file);
        return locked(() -> read(node(path), position, into, offset, length));
    }

    private static int read(Node node, long position, byte[] into, int offset, int length) {
        if (position >= node.size) {
            return -1;
        }
        int count = (int) Math.min(length, node.size - position);
        System.arraycopy(node.octets, (int) position, into, offset, count);
        return count;
    }

    @Override
    public ReadableFile open(Path file) throws IOException {
        Path path = normal(file);
        return locked(() -> {
            Node node = node(path);
            Read read = new Read(node);
            open.put(read, new Throwable("opened for reading: " + path));
            return read;
        });
    }

    private Node node(Path path) throws NoSuchFileException {
        Node node = names.get(path);
        if (node == null) {
            throw new NoSuchFileException(path.toString());
        }
        return node;
    }

    @Override
    public void link(Path existing, Path name) throws IOException {
        growing(() -> {
            Node node = node(normal(existing));
            if (names.putIfAbsent(normal(name), node) != null) {
                throw new FileAlreadyExistsException(name.toString());
            }
            return node;
        });
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Path source = normal(from);
        Path target = normal(to);
        locked(() -> {
            if (names.containsKey(target) || directories.contains(target)) {
                throw new FileAlreadyExistsException(target.toString());
            }
            // Renaming a directory is atomic, and the store syncs it at once; a half-renamed tree isn't modelled.
            move(names, source, target);
            move(durable, source, target);
            for (Path directory : List.copyOf(directories)) {
                if (directory.startsWith(source)) {
                    directories.remove(directory);
                    directories.add(moved(directory, source, target));
                }
            }
            return target;
        });
    }

    private static void move(Map<Path, Node> map, Path source, Path target) {
        for (Path path : List.copyOf(map.keySet())) {
            Node node = path.startsWith(source) ? map.remove(path) : null;
            if (node != null) {
                map.put(moved(path, source, target), node);
            }
        }
    }

    private static Path moved(Path path, Path source, Path target) {
        return path.equals(source) ? target : target.resolve(source.relativize(path));
    }

    @Override
    public boolean delete(Path file) throws IOException {
        Path path = normal(file);
        return locked(() -> {
            if (directories.contains(path)) {
                if (!children(path).isEmpty()) {
                    throw new DirectoryNotEmptyException(path.toString());
                }
                return directories.remove(path);
            }
            return names.remove(path) != null;
        });
    }

    private List<Path> children(Path directory) {
        List<Path> children = new ArrayList<>();
        names.keySet().stream()
                .filter(path -> directory.equals(path.getParent()))
                .forEach(children::add);
        directories.stream().filter(path -> directory.equals(path.getParent())).forEach(children::add);
        return children;
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        Path path = normal(directory);
        return locked(() -> children(path));
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        Path path = normal(directory);
        locked(() -> {
            syncs++;
            durable.keySet().removeIf(name -> path.equals(name.getParent()) && !names.containsKey(name));
            names.forEach((name, node) -> {
                if (path.equals(name.getParent())) {
                    durable.put(name, node);
                }
            });
            return path;
        });
    }

    @Override
    public long size(Path file) throws IOException {
        Path path = normal(file);
        return locked(() -> {
            Node node = names.get(path);
            return node == null ? -1L : node.size;
        });
    }

    @Override
    public boolean isDirectory(Path path) throws IOException {
        return locked(() -> directories.contains(normal(path)));
    }

    @Override
    public Closeable lock(Path directory) throws IOException {
        Closeable held = tryLock(directory);
        if (held == null) {
            throw new DataDirectoryException("the data directory " + directory + " is in use");
        }
        return held;
    }

    @Override
    public @Nullable Closeable tryLock(Path directory) throws IOException {
        Path path = normal(directory);
        boolean taken = locked(() -> locked.add(path));
        if (!taken) {
            return null;
        }
        return () -> {
            lock.lock();
            try {
                locked.remove(path);
            } finally {
                lock.unlock();
            }
        };
    }

    private void closed(Object handle) {
        lock.lock();
        try {
            open.remove(handle);
        } finally {
            lock.unlock();
        }
    }

    private final class Written extends NewFile {
        private final Node node;
        private boolean ended;

        Written(Node node) {
            this.node = node;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            growing(() -> {
                require();
                if (node.size + length > node.octets.length) {
                    node.octets = Arrays.copyOf(node.octets, Math.max(node.size + length, 2 * node.octets.length));
                }
                System.arraycopy(from, offset, node.octets, node.size, length);
                node.size += length;
                return node;
            });
        }

        private void require() throws IOException {
            if (ended) {
                throw new IOException("the file is closed");
            }
        }

        @Override
        public void sync() throws IOException {
            Runnable action = atSync;
            if (action != null) {
                action.run();
            }
            locked(() -> {
                require();
                syncs++;
                node.synced = node.size;
                return node;
            });
        }

        @Override
        public void close() {
            ended = true;
            closed(this);
        }
    }

    private final class Read implements ReadableFile {
        private final Node node;
        private boolean ended;

        Read(Node node) {
            this.node = node;
        }

        @Override
        public long size() throws IOException {
            return locked(() -> (long) node.size);
        }

        @Override
        public int read(long position, byte[] into, int offset, int length) throws IOException {
            return locked(() -> {
                if (ended) {
                    throw new IOException("the file is closed");
                }
                return FaultyFiles.read(node, position, into, offset, length);
            });
        }

        @Override
        public void close() {
            ended = true;
            closed(this);
        }
    }

    /** The octets of a file, for a test to look at; null when there is none. */
    public byte @Nullable [] octets(Path file) {
        lock.lock();
        try {
            Node node = names.get(normal(file));
            return node == null ? null : Arrays.copyOf(node.octets, node.size);
        } finally {
            lock.unlock();
        }
    }
}
