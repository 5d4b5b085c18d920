package org.moxmail.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.moxmail.message.MessageContent;
import org.moxmail.store.kv.KvRead;

/**
 * The octets of an account's messages. Small ones are rows: they become durable with the very commit that names them, one
 * sync for a whole group. Large ones are files, written and synced before that commit, so that deliveries to several
 * accounts share them and the engine's cleaner doesn't copy them around. Either way they never change.
 */
final class MessageBytes {
    /** Octets of all parts but the last. */
    static final int PART = 60_000;
    /** Files per directory, as a power of two. */
    private static final int DIRECTORY_BITS = 13;

    private final Path directory;
    private final StoreFiles files;

    MessageBytes(Path directory, StoreFiles files) {
        this.directory = directory;
        this.files = files;
    }

    Path directory() {
        return directory;
    }

    StoreFiles files() {
        return files;
    }

    Path directory(long bytesId) {
        return directory.resolve(Long.toString(bytesId >> DIRECTORY_BITS));
    }

    Path file(long bytesId) {
        return directory(bytesId).resolve(Long.toString(bytesId));
    }

    /** Whether a directory can hold files with ids from {@code bytesId} up. */
    static boolean mayHold(Path directory, long bytesId) {
        long number = id(directory);
        return number < 0 || number >= bytesId >> DIRECTORY_BITS;
    }

    /** The number that a path's name is, or -1. */
    static long id(Path path) {
        Path name = path.getFileName();
        if (name == null || !name.toString().matches("[0-9]{1,18}")) {
            return -1;
        }
        return Long.parseLong(name.toString());
    }

    static byte[] partKey(long bytesId, int part) {
        return Key.builder().u64(bytesId).u16(part).build().octets();
    }

    /** Puts octets into rows. */
    static void put(Tx tx, long bytesId, byte[] octets) {
        for (int part = 0; part * PART < octets.length; part++) {
            tx.writeKv()
                    .put(
                            Tables.OCTETS,
                            partKey(bytesId, part),
                            Arrays.copyOfRange(octets, part * PART, Math.min(octets.length, (part + 1) * PART)));
        }
    }

    /** Removes octets from rows. */
    static void delete(Tx tx, long bytesId) {
        int part = 0;
        while (tx.writeKv().delete(Tables.OCTETS, partKey(bytesId, part))) {
            part++;
        }
    }

    /** Octets that are rows. */
    static byte[] read(KvRead kv, BytesRow row) throws FileNotFoundException {
        byte[] octets = new byte[(int) row.sizeBytes()];
        int position = 0;
        for (int part = 0; position < octets.length; part++) {
            byte[] value = kv.get(Tables.OCTETS, partKey(row.bytesId(), part));
            if (value == null || value.length > octets.length - position) {
                throw new FileNotFoundException("the octets " + row.bytesId() + " are damaged");
            }
            System.arraycopy(value, 0, octets, position, value.length);
            position += value.length;
        }
        return octets;
    }

    /** Opens octets that are a file. */
    MessageContent open(BytesRow row) throws IOException {
        StoreFiles.ReadableFile file;
        try {
            file = files.open(file(row.bytesId()));
        } catch (NoSuchFileException e) {
            FileNotFoundException gone = new FileNotFoundException(String.valueOf(e.getMessage()));
            gone.initCause(e);
            throw gone;
        }
        boolean good = false;
        try {
            long size = file.size();
            if (size != row.sizeBytes()) {
                throw new IOException(
                        "the file " + file(row.bytesId()) + " has " + size + " octets instead of " + row.sizeBytes());
            }
            good = true;
            return new FileContent(file, size);
        } finally {
            if (!good) {
                file.close();
            }
        }
    }
}
