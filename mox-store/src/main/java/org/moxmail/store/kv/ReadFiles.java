package org.moxmail.store.kv;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The machine's files that are read here and there, of which so many are open at a time: those that were opened last. One
 * that isn't is opened again when it is read.
 */
final class ReadFiles {
    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    /** In the order of their opening. */
    private final ArrayDeque<OneFile> open = new ArrayDeque<>();

    /** @param most descriptors that are held between two reads */
    ReadFiles(int most) {
        this.most = most;
    }

    KvFiles.Reading reading(Path file) {
        return new OneFile(file);
    }

    /** How many descriptors are held. */
    int held() {
        lock.lock();
        try {
            return open.size();
        } finally {
            lock.unlock();
        }
    }

    private void opened(OneFile file) {
        lock.lock();
        try {
            open.add(file);
        } finally {
            lock.unlock();
        }
    }

    private void forget(OneFile file) {
        lock.lock();
        try {
            open.remove(file);
        } finally {
            lock.unlock();
        }
    }

    /** Closes those that were opened long ago; by a thread that holds no file's lock. */
    private void trim() throws IOException {
        while (true) {
            OneFile oldest;
            lock.lock();
            try {
                if (open.size() <= most) {
                    return;
                }
                oldest = open.remove();
            } finally {
                lock.unlock();
            }
            oldest.release();
        }
    }

    /** Reading moves the file's position, so that readers take turns. */
    private final class OneFile implements KvFiles.Reading {
        private final Path path;
        private final ReentrantLock turn = new ReentrantLock();
        private @Nullable RandomAccessFile file;
        private boolean closed;

        OneFile(Path path) {
            this.path = path;
        }

        @Override
        public int read(long position, byte[] into, int offset, int length) throws IOException {
            boolean fresh = false;
            int count;
            turn.lock();
            try {
                if (closed) {
                    throw new FileNotFoundException(path + " was closed");
                }
                RandomAccessFile from = file;
                if (from == null) {
                    from = new RandomAccessFile(path.toFile(), "r");
                    file = from;
                    opened(this);
                    fresh = true;
                }
                count = MachineFiles.read(from, position, into, offset, length);
            } finally {
                turn.unlock();
            }
            if (fresh) {
                trim();
            }
            return count;
        }

        private void release() throws IOException {
            turn.lock();
            try {
                RandomAccessFile held = file;
                file = null;
                if (held != null) {
                    held.close();
                }
            } finally {
                turn.unlock();
            }
        }

        @Override
        public void close() {
            forget(this);
            turn.lock();
            try {
                closed = true;
            } finally {
                turn.unlock();
            }
            try {
                release();
            } catch (IOException e) {
                // Nothing was written through it, and the system has it closed all the same.
                System.getLogger(ReadFiles.class.getName())
                        .log(System.Logger.Level.DEBUG, "A file couldn't be closed: " + path, e);
            }
        }
    }
}
