package org.moxmail.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Every access to files that the store makes outside its key-value engine, so that tests can fail the n-th operation
 * and cut the power. Safe for many threads.
 *
 * <p>A name is durable once its directory was synced, octets once their file was.
 */
public interface StoreFiles {
    /** Makes a directory and those above it; durable on return. */
    void createDirectories(Path directory) throws IOException;

    /** Makes a file that doesn't exist yet, to be written once from its start. */
    NewFile create(Path file) throws IOException;

    /** Opens a file for reading. */
    ReadableFile open(Path file) throws IOException;

    /** Gives a file a second name. Falls back to a synced copy where the file system can't link. */
    void link(Path existing, Path name) throws IOException;

    /** Gives a file or directory another name, which must not exist. */
    void rename(Path from, Path to) throws IOException;

    /** Removes a file's name or an empty directory; false when it wasn't there. */
    boolean delete(Path file) throws IOException;

    /** The names in a directory, in no order; empty when there is no such directory. */
    List<Path> list(Path directory) throws IOException;

    /** Makes the names in a directory durable. */
    void syncDirectory(Path directory) throws IOException;

    /** Octets of a file, or -1 when there is none. */
    long size(Path file) throws IOException;

    /** Whether there is such a directory. */
    boolean isDirectory(Path path) throws IOException;

    /**
     * Takes a directory for this process, until the result is closed or the process ends.
     *
     * @throws DataDirectoryException when another has it
     */
    Closeable lock(Path directory) throws IOException;

    /** The machine's files. */
    static StoreFiles real() {
        return RealFiles.INSTANCE;
    }

    /** A file that is being written. */
    abstract class NewFile extends OutputStream {
        /** Makes what was written durable. */
        public abstract void sync() throws IOException;
    }

    /** A file that is being read. One thread at a time. */
    interface ReadableFile extends Closeable {
        long size() throws IOException;

        /**
         * Reads up to {@code length} octets from {@code position}.
         *
         * @return how many were read, at least 1 unless {@code length} is 0; -1 at or past the end
         */
        int read(long position, byte[] into, int offset, int length) throws IOException;
    }
}
