package org.moxmail.bench.store;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** One file per message, synced and its directory too before the row that names it commits. */
final class FilesLayout implements Layout {
    private final Path files;
    private final GroupCommit index;

    FilesLayout(Path directory) throws IOException {
        files = Files.createDirectories(directory.resolve("msg"));
        index = new GroupCommit(directory.resolve("db"), () -> {});
    }

    @Override
    public String name() {
        return "files";
    }

    @Override
    public void deliver(long id, byte[] octets) throws IOException {
        Path directory = files.resolve(Long.toString(id >> 13));
        Files.createDirectories(directory);
        Path file = directory.resolve(Long.toString(id));
        try (FileOutputStream out = new FileOutputStream(file.toFile())) {
            out.write(octets);
            out.getFD().sync();
        }
        try (FileChannel channel = FileChannel.open(directory)) {
            channel.force(true);
        }
        index.write(txn -> index.putIndexRows(txn, id));
    }

    @Override
    public void delete(long id) throws IOException {
        index.write(txn -> index.deleteIndexRows(txn, id));
        Files.delete(files.resolve(Long.toString(id >> 13)).resolve(Long.toString(id)));
    }

    @Override
    public void reclaim() {}

    @Override
    public void backup(Path target) throws IOException {
        index.copyTo(target.resolve("db"));
        try (var all = Files.walk(files)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Path copy = target.resolve("msg").resolve(files.relativize(path));
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else {
                    Files.createLink(copy, path);
                }
            }
        }
    }

    @Override
    public void close() {
        index.close();
    }
}
