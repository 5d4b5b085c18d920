package org.moxmail.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.moxmail.store.kv.KvFiles;

/**
 * Every access to files that the store and, by {@link KvFiles}, its key-value engine make, so that tests can fail the n-th
 * operation and cut the power. Safe for many threads.
 *
 * <p>A name is durable once its directory was synced, octets once their file was.
 */
public interface StoreFiles extends KvFiles {
    /** Makes a file that doesn't exist yet, to be written once from its start. */
    NewFile create(Path file) throws IOException;

    /** Opens a file for reading. */
    ReadableFile open(Path file) throws IOException;

    /** Gives a file a second name. Falls back to a synced copy where the file system can't link. */
    void link(Path existing, Path name) throws IOException;

    /** Gives a file or directory another name, which must not exist. */
    void rename(Path from, Path to) throws IOException;

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
    abstract class NewFile extends SyncedFile {}

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
