package org.moxmail.bench.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Messages are appended to segment files, synced once per group; half-dead segments are copied together. */
final class SegmentsLayout implements Layout {
    private static final long SEGMENT = 16L << 20;

    private record Place(int segment, long offset, int length) {}

    private final Path directory;
    private final GroupCommit index;
    private final Map<Long, Place> places = new HashMap<>();
    private final Map<Integer, Long> dead = new HashMap<>();
    private FileChannel current;
    private int segment;
    private long end;

    SegmentsLayout(Path root) throws IOException {
        directory = Files.createDirectories(root.resolve("segments"));
        current = open(0);
        index = new GroupCommit(root.resolve("db"), () -> current.force(false));
    }

    private FileChannel open(int number) throws IOException {
        return FileChannel.open(
                directory.resolve("s" + number), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    @Override
    public String name() {
        return "segments";
    }

    @Override
    public void deliver(long id, byte[] octets) throws IOException {
        index.write(txn -> {
            append(id, octets);
            index.putIndexRows(txn, id);
        });
    }

    /** On the committer's thread only. */
    private void append(long id, byte[] octets) throws IOException {
        if (end + octets.length > SEGMENT) {
            current.force(true);
            current.close();
            current = open(++segment);
            try (FileChannel names = FileChannel.open(directory)) {
                names.force(true);
            }
            end = 0;
        }
        ByteBuffer buffer = ByteBuffer.wrap(octets);
        while (buffer.hasRemaining()) {
            current.write(buffer, end + buffer.position());
        }
        places.put(id, new Place(segment, end, octets.length));
        end += octets.length;
    }

    @Override
    public void delete(long id) throws IOException {
        index.write(txn -> {
            Place place = places.remove(id);
            if (place != null) {
                dead.merge(place.segment, (long) place.length, Long::sum);
            }
            index.deleteIndexRows(txn, id);
        });
    }

    @Override
    public void reclaim() throws IOException {
        List<Path> gone = new ArrayList<>();
        for (Map.Entry<Integer, Long> entry : Map.copyOf(dead).entrySet()) {
            if (entry.getKey() == segment || entry.getValue() < SEGMENT / 3) {
                continue;
            }
            Path file = directory.resolve("s" + entry.getKey());
            byte[] all = Files.readAllBytes(file);
            index.write(txn -> {
                for (Map.Entry<Long, Place> live : List.copyOf(places.entrySet())) {
                    Place place = live.getValue();
                    if (place.segment == entry.getKey()) {
                        byte[] octets = new byte[place.length];
                        System.arraycopy(all, (int) place.offset, octets, 0, place.length);
                        append(live.getKey(), octets);
                        index.putIndexRows(txn, live.getKey());
                    }
                }
            });
            dead.remove(entry.getKey());
            gone.add(file);
        }
        for (Path file : gone) {
            Files.delete(file);
        }
    }

    @Override
    public void backup(Path target) throws IOException {
        index.copyTo(target.resolve("db"));
        Files.createDirectories(target.resolve("segments"));
        try (var all = Files.list(directory)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                Files.createLink(target.resolve("segments").resolve(file.getFileName()), file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        index.close();
        current.close();
    }
}
