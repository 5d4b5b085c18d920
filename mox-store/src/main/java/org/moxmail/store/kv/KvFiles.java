package org.moxmail.store.kv;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files under a key-value store, so that tests can fail the n-th operation of the engine's own log and cut the power
 * under it. Safe for many threads.
 *
 * <p>A name is durable once its directory was synced, octets once their file was.
 */
public interface KvFiles {
    /** Makes a directory and those above it; durable on return. */
    void createDirectories(Path directory) throws IOException;

    /** The names in a directory, in no order; empty when there is no such directory. */
    List<Path> list(Path directory) throws IOException;

    /** Octets of a file, or -1 when there is none. */
    long size(Path file) throws IOException;

    /**
     * Opens a file to be written behind its first {@code length} octets. What was behind them is gone; a file that doesn't
     * exist is made, and must be with {@code length} 0.
     */
    SyncedFile append(Path file, long length) throws IOException;

    /**
     * Reads up to {@code length} octets of a file from {@code position}.
     *
     * @return how many were read; -1 at or past the end
     */
    int read(Path file, long position, byte[] into, int offset, int length) throws IOException;

    /**
     * A file that is read often, a little at a time. It is looked at when it is read and not before; nobody else gives the
     * name to another file until the result is closed.
     */
    default Reading reading(Path file) {
        return new Reading() {
            @Override
            public int read(long position, byte[] into, int offset, int length) throws IOException {
                return KvFiles.this.read(file, position, into, offset, length);
            }

            @Override
            public void close() {
                // Open only while it is read.
            }
        };
    }

    /** Removes a file's name or an empty directory; false when it wasn't there. */
    boolean delete(Path file) throws IOException;

    /** Makes the names in a directory durable. */
    void syncDirectory(Path directory) throws IOException;

    /** Takes a directory for one store, until the result is closed or the process ends; null when another has it. */
    @Nullable
    Closeable tryLock(Path directory) throws IOException;

    /** The machine's files. */
    static KvFiles real() {
        return MachineFiles.INSTANCE;
    }

    /** A file that is read here and there; safe for many threads. */
    interface Reading extends AutoCloseable {
        /** As {@link KvFiles#read}. */
        int read(long position, byte[] into, int offset, int length) throws IOException;

        /** Reading afterwards fails. */
        @Override
        void close();
    }

    /** A file that is being written. */
    abstract class SyncedFile extends OutputStream {
        /** Makes what was written durable. */
        public abstract void sync() throws IOException;
    }
}
