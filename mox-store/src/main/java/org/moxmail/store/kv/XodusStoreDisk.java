package org.moxmail.store.kv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jetbrains.exodus.ExodusException;
import jetbrains.exodus.OutOfDiskSpaceException;
import jetbrains.exodus.io.AbstractDataWriter;
import jetbrains.exodus.io.Block;
import jetbrains.exodus.io.DataReader;
import jetbrains.exodus.io.RemoveBlockType;
import jetbrains.exodus.log.LogUtil;
import org.jspecify.annotations.Nullable;

/**
 * The log of a Xodus environment on {@link KvFiles}: files that are named by the address of their first octet, of which
 * only the last one grows.
 *
 * <p>It knows up to where the log is durable. After a failed commit {@link #dropUnsynced} cuts off what was written and
 * not synced, so that a commit that failed is known not to have happened.
 */
final class XodusStoreDisk {
    /** A file that is there since the log had its first commit, and says where the log ended when it was closed last. */
    private static final String BEGUN = "begun";
    /** Octets that making an environment writes at most. */
    private static final long FIRST_COMMIT = 4096;

    private final Path directory;
    private final KvFiles files;
    /** Log files that were read, by their addresses. */
    private final Map<Long, KvFiles.Reading> read = new ConcurrentHashMap<>();
    /** Where the durable log ends; negative when nothing was synced since this was made. */
    private volatile long durable = -1;
    /** Where the log ended when it was closed last; what is before that can't be a crash's leftovers. */
    private volatile long noted;

    private volatile boolean opening;

    XodusStoreDisk(Path directory, KvFiles files) {
        this.directory = directory;
        this.files = files;
    }

    DataReader reader() {
        return new Reader();
    }

    Writer writer() {
        return new Writer();
    }

    private Path file(long address) {
        return directory.resolve(LogUtil.getLogFilename(address));
    }

    private List<Long> addresses() throws IOException {
        List<Long> addresses = new ArrayList<>();
        for (Path path : files.list(directory)) {
            Path name = path.getFileName();
            if (name != null && LogUtil.isLogFileName(name.toString())) {
                addresses.add(LogUtil.getAddress(name.toString()));
            }
        }
        Collections.sort(addresses);
        return addresses;
    }

    /** Whether the log has had a commit. */
    boolean begun() throws IOException {
        return files.size(directory.resolve(BEGUN)) >= 0;
    }

    void noteBegun() throws IOException {
        files.append(directory.resolve(BEGUN), 0).close();
        files.syncDirectory(directory);
    }

    /** Notes where the log ends, which is about to be left alone. */
    void noteEnd() throws IOException {
        long end = durable;
        if (end > noted) {
            try (KvFiles.SyncedFile mark = files.append(directory.resolve(BEGUN), 0)) {
                mark.write(ByteBuffer.allocate(Long.BYTES).putLong(end).array());
                mark.sync();
            }
        }
    }

    /** Before an environment is opened: from now on it may not cut off what was there when it was closed. */
    void guard() throws IOException {
        byte[] octets = new byte[Long.BYTES];
        Path mark = directory.resolve(BEGUN);
        // A crash while it was written leaves less, and nothing is known.
        boolean known = begun() && files.read(mark, 0, octets, 0, octets.length) == octets.length;
        noted = known ? ByteBuffer.wrap(octets).getLong() : 0;
        opening = true;
    }

    void opened() {
        opening = false;
    }

    /**
     * The engine takes a loggable that it can't read for a torn end and cuts the log there. When it stood there already as
     * the log was closed, it is damage, and cutting would lose what was acknowledged.
     */
    private void requireLeftover(long from) {
        if (opening && from < noted) {
            throw new ExodusException("the log is damaged: it can be read up to octet " + from + " of " + noted);
        }
    }

    /** Forgets a log that a crash left without a first commit; false when this may be more than that. */
    boolean forgetUnbegun() throws IOException {
        List<Long> addresses = addresses();
        if (begun() || addresses.size() != 1 || files.size(file(addresses.get(0))) > FIRST_COMMIT) {
            return false;
        }
        letGo(addresses.get(0));
        files.delete(file(addresses.get(0)));
        return true;
    }

    /** Removes what was written and not synced. Nobody may write meanwhile. */
    void dropUnsynced() throws IOException {
        long end = durable;
        if (end < 0) {
            return;
        }
        boolean removed = false;
        for (long address : addresses()) {
            if (address >= end) {
                letGo(address);
                files.delete(file(address));
                removed = true;
            } else if (address + files.size(file(address)) > end) {
                files.append(file(address), end - address).close();
            }
        }
        if (removed) {
            files.syncDirectory(directory);
        }
    }

    private static ExodusException failed(String what, IOException cause) {
        String message = String.valueOf(cause.getMessage());
        return message.contains("No space left")
                ? new OutOfDiskSpaceException(cause)
                : new ExodusException(what + ": " + message, cause);
    }

    private final class Reader implements DataReader {
        @Override
        public String getLocation() {
            return directory.toString();
        }

        @Override
        public Iterable<Block> getBlocks() {
            return getBlocks(0);
        }

        @Override
        public Iterable<Block> getBlocks(long from) {
            try {
                List<Block> blocks = new ArrayList<>();
                for (long address : addresses()) {
                    if (address >= from) {
                        blocks.add(block(address));
                    }
                }
                return blocks;
            } catch (IOException e) {
                throw failed("the log in " + directory + " can't be listed", e);
            }
        }

        @Override
        public void close() {
            read.keySet().forEach(XodusStoreDisk.this::letGo);
        }
    }

    /** Of a file that isn't read any more, or whose name another one may get. */
    private void letGo(long address) {
        KvFiles.Reading file = read.remove(address);
        if (file != null) {
            file.close();
        }
    }

    private LogFile block(long address) throws IOException {
        return new LogFile(address, Math.max(0, files.size(file(address))));
    }

    private final class LogFile implements Block {
        private final long address;
        private final long length;

        LogFile(long address, long length) {
            this.address = address;
            this.length = length;
        }

        @Override
        public long getAddress() {
            return address;
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public int read(byte[] output, long position, int offset, int count) {
            try {
                return read.computeIfAbsent(address, at -> files.reading(file(at)))
                        .read(position, output, offset, count);
            } catch (IOException e) {
                throw failed("the log file " + file(address) + " can't be read", e);
            }
        }

        @Override
        public Block refresh() {
            try {
                return block(address);
            } catch (IOException e) {
                throw failed("the log file " + file(address) + " can't be looked at", e);
            }
        }
    }

    /** Used by one thread at a time, under the environment's own locks. */
    final class Writer extends AbstractDataWriter {
        private KvFiles.@Nullable SyncedFile file;
        private @Nullable LogFile block;
        private long end;
        private volatile boolean abandoned;

        private void requireInUse() {
            if (abandoned) {
                throw new ExodusException("the log in " + directory + " was given up after a failure");
            }
        }

        @Override
        public Block write(byte[] octets, int offset, int length) {
            KvFiles.SyncedFile open = file;
            LogFile current = block;
            if (open == null || current == null) {
                throw new ExodusException("the log in " + directory + " isn't open for writing");
            }
            try {
                open.write(octets, offset, length);
            } catch (IOException e) {
                throw failed("the log in " + directory + " can't be written", e);
            }
            end += length;
            return current;
        }

        @Override
        protected void syncImpl() {
            KvFiles.SyncedFile open = file;
            if (open != null) {
                try {
                    open.sync();
                } catch (IOException e) {
                    throw failed("the log in " + directory + " can't be synced", e);
                }
                durable = end;
            }
        }

        @Override
        public void syncDirectory() {
            try {
                files.syncDirectory(directory);
            } catch (IOException e) {
                throw failed("the directory " + directory + " can't be synced", e);
            }
        }

        @Override
        protected void closeImpl() {
            closeFile();
        }

        private void closeFile() {
            KvFiles.SyncedFile open = file;
            file = null;
            block = null;
            if (open != null) {
                try {
                    open.close();
                } catch (IOException e) {
                    throw failed("a log file in " + directory + " can't be closed", e);
                }
            }
        }

        @Override
        protected void clearImpl() {
            try {
                for (long address : addresses()) {
                    letGo(address);
                    files.delete(file(address));
                }
            } catch (IOException e) {
                throw failed("the log in " + directory + " can't be cleared", e);
            }
        }

        @Override
        protected Block openOrCreateBlockImpl(long address, long length) {
            requireInUse();
            requireLeftover(address + length);
            closeFile();
            try {
                file = files.append(file(address), length);
            } catch (IOException e) {
                throw failed("the log file " + file(address) + " can't be opened", e);
            }
            LogFile opened = new LogFile(address, length);
            block = opened;
            end = address + length;
            return opened;
        }

        @Override
        public void removeBlock(long address, RemoveBlockType type) {
            requireInUse();
            requireLeftover(address);
            letGo(address);
            try {
                files.delete(file(address));
            } catch (IOException e) {
                throw failed("the log file " + file(address) + " can't be removed", e);
            }
        }

        @Override
        public void truncateBlock(long address, long length) {
            requireInUse();
            requireLeftover(address + length);
            try {
                files.append(file(address), length).close();
            } catch (IOException e) {
                throw failed("the log file " + file(address) + " can't be cut", e);
            }
        }

        @Override
        public boolean lock(long timeout) {
            // The directory is taken for longer than this environment is open.
            return true;
        }

        @Override
        public boolean release() {
            return true;
        }

        /** Lets go of everything, whatever fails; nothing can be written any more. */
        void abandon() {
            abandoned = true;
            read.keySet().forEach(XodusStoreDisk.this::letGo);
            try {
                closeFile();
            } catch (ExodusException e) {
                // Closed for the system all the same.
                System.getLogger(XodusStoreDisk.class.getName())
                        .log(System.Logger.Level.WARNING, "A log file that failed couldn't be closed", e);
            }
        }

        @Override
        public String lockInfo() {
            return "another store has " + directory;
        }
    }
}
