package org.moxmail.store;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.moxmail.store.kv.KvFiles;

/**
 * The machine's files. Streams rather than channels, because an interrupt closes a channel and with it somebody's
 * message.
 */
final class RealFiles implements StoreFiles {
    static final RealFiles INSTANCE = new RealFiles();

    private static final int COPY_BUFFER = 64 << 10;

    private final KvFiles machine = KvFiles.real();

    private RealFiles() {}

    @Override
    public void createDirectories(Path directory) throws IOException {
        machine.createDirectories(directory);
    }

    @Override
    public SyncedFile append(Path file, long length) throws IOException {
        return machine.append(file, length);
    }

    @Override
    public int read(Path file, long position, byte[] into, int offset, int length) throws IOException {
        return machine.read(file, position, into, offset, length);
    }

    @Override
    public NewFile create(Path file) throws IOException {
        // FileOutputStream truncates what exists; ids are never used twice, but a mistake must not cost a message.
        Files.createFile(file);
        return new Written(new FileOutputStream(file.toFile()));
    }

    @Override
    public ReadableFile open(Path file) throws IOException {
        return new Read(new RandomAccessFile(file.toFile(), "r"));
    }

    @Override
    public void link(Path existing, Path name) throws IOException {
        try {
            Files.createLink(name, existing);
        } catch (UnsupportedOperationException e) {
            copy(existing, name);
        } catch (FileAlreadyExistsException | NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            // Too many links, another file system, or one without links: a copy does as well.
            copy(existing, name);
        }
    }

    private void copy(Path existing, Path name) throws IOException {
        try (ReadableFile from = open(existing);
                NewFile to = create(name)) {
            byte[] buffer = new byte[COPY_BUFFER];
            long position = 0;
            for (int count = from.read(0, buffer, 0, buffer.length);
                    count >= 0;
                    count = from.read(position, buffer, 0, buffer.length)) {
                to.write(buffer, 0, count);
                position += count;
            }
            to.sync();
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        if (Files.exists(to)) {
            throw new FileAlreadyExistsException(to.toString());
        }
        Files.move(from, to);
    }

    @Override
    public boolean delete(Path file) throws IOException {
        return machine.delete(file);
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        return machine.list(directory);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        machine.syncDirectory(directory);
    }

    @Override
    public long size(Path file) throws IOException {
        return machine.size(file);
    }

    @Override
    public @Nullable Closeable tryLock(Path directory) throws IOException {
        return machine.tryLock(directory);
    }

    @Override
    public boolean isDirectory(Path path) {
        return Files.isDirectory(path);
    }

    @Override
    public Closeable lock(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean good = false;
        try {
            FileLock lock = channel.tryLock();
            good = lock != null;
        } catch (OverlappingFileLockException e) {
            throw new DataDirectoryException("the data directory " + directory + " is in use by this process", e);
        } finally {
            if (!good) {
                channel.close();
            }
        }
        if (!good) {
            throw new DataDirectoryException("the data directory " + directory + " is in use by another process");
        }
        return channel;
    }

    private static final class Written extends NewFile {
        private final FileOutputStream out;

        Written(FileOutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int octet) throws IOException {
            out.write(octet);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            out.write(octets, offset, length);
        }

        @Override
        public void sync() throws IOException {
            out.getFD().sync();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    private static final class Read implements ReadableFile {
        private final RandomAccessFile file;

        Read(RandomAccessFile file) {
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            return file.length();
        }

        @Override
        public int read(long position, byte[] into, int offset, int length) throws IOException {
            file.seek(position);
            return file.read(into, offset, length);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
