package org.moxmail.store.kv;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The machine's files. Not channels, because an interrupt of some thread that reads or writes would close one, and with it
 * everybody's store.
 */
final class MachineFiles implements KvFiles {
    static final MachineFiles INSTANCE = new MachineFiles();

    private static final String LOCK = "lock";
    /** Descriptors of files that are read; of all stores together, few beside what a process may have. */
    private static final int READ_FILES = 64;

    private final ReadFiles readFiles = new ReadFiles(READ_FILES);

    private MachineFiles() {}

    @Override
    public void createDirectories(Path directory) throws IOException {
        Path path = directory.toAbsolutePath();
        if (Files.isDirectory(path)) {
            return;
        }
        Path parent = path.getParent();
        if (parent != null) {
            createDirectories(parent);
        }
        try {
            Files.createDirectory(path);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(path)) {
                throw e;
            }
        }
        if (parent != null) {
            syncDirectory(parent);
        }
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        try (var names = Files.list(directory)) {
            return names.toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
    }

    @Override
    public long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return -1;
        }
    }

    @Override
    public SyncedFile append(Path file, long length) throws IOException {
        RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw");
        boolean good = false;
        try {
            long there = opened.length();
            if (there < length) {
                throw new IOException(file + " has " + there + " octets, fewer than " + length);
            }
            if (there > length) {
                opened.setLength(length);
                opened.getFD().sync();
            }
            opened.seek(length);
            good = true;
            return new Appended(opened);
        } finally {
            if (!good) {
                opened.close();
            }
        }
    }

    @Override
    public int read(Path file, long position, byte[] into, int offset, int length) throws IOException {
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "r")) {
            return read(opened, position, into, offset, length);
        }
    }

    static int read(RandomAccessFile from, long position, byte[] into, int offset, int length) throws IOException {
        from.seek(position);
        int count = 0;
        while (count < length) {
            int read = from.read(into, offset + count, length - count);
            if (read < 0) {
                return count == 0 ? -1 : count;
            }
            count += read;
        }
        return count;
    }

    @Override
    public Reading reading(Path file) {
        return readFiles.reading(file);
    }

    @Override
    public boolean delete(Path file) throws IOException {
        return Files.deleteIfExists(file);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                    channel.force(true);
                    return;
                } catch (ClosedByInterruptException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public @Nullable Closeable tryLock(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean good = false;
        try {
            FileLock lock = channel.tryLock();
            good = lock != null;
            return good ? channel : null;
        } catch (OverlappingFileLockException e) {
            // Held by another store of this process.
            return null;
        } finally {
            if (!good) {
                channel.close();
            }
        }
    }

    private static final class Appended extends SyncedFile {
        private final RandomAccessFile file;

        Appended(RandomAccessFile file) {
            this.file = file;
        }

        @Override
        public void write(int octet) throws IOException {
            file.write(octet);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            file.write(octets, offset, length);
        }

        @Override
        public void sync() throws IOException {
            file.getFD().sync();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
