package org.moxmail.store.kv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReadFilesTest {
    @TempDir
    Path directory;

    private final ReadFiles files = new ReadFiles(3);

    private Path file(int number) throws IOException {
        byte[] octets = new byte[1000];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) (number + i);
        }
        return Files.write(directory.resolve("f" + number), octets);
    }

    private static void check(KvFiles.Reading reading, int number, int position) throws IOException {
        byte[] into = new byte[12];
        assertEquals(10, reading.read(position, into, 1, 10));
        byte[] expected = new byte[12];
        for (int i = 0; i < 10; i++) {
            expected[i + 1] = (byte) (number + position + i);
        }
        assertArrayEquals(expected, into);
    }

    @Test
    void manyThreadsReadMoreFilesThanMayBeOpen() throws Exception {
        List<KvFiles.Reading> readings = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            readings.add(files.reading(file(i)));
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Void>> work = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                int start = t;
                work.add(() -> {
                    for (int i = 0; i < 300; i++) {
                        int number = (start + i * 7) % 10;
                        check(readings.get(number), number, (i * 31) % 900);
                    }
                    return null;
                });
            }
            for (var done : threads.invokeAll(work)) {
                done.get();
            }
        }
        assertTrue(files.held() <= 3, () -> files.held() + " open");
        readings.forEach(KvFiles.Reading::close);
        assertEquals(0, files.held());
    }

    @Test
    void theEndOfAFileEndsARead() throws IOException {
        KvFiles.Reading reading = files.reading(file(1));
        byte[] into = new byte[20];
        assertEquals(5, reading.read(995, into, 0, 20));
        assertEquals(-1, reading.read(1000, into, 0, 20));
        reading.close();
    }

    @Test
    void whatIsClosedIsNotReadAndItsNameMayComeAgain() throws IOException {
        Path path = file(1);
        KvFiles.Reading reading = files.reading(path);
        check(reading, 1, 0);
        reading.close();
        assertThrows(IOException.class, () -> check(reading, 1, 0));
        Files.delete(path);
        Files.move(file(2), path);
        check(files.reading(path), 2, 0);
    }

    @Test
    void aFileIsLookedAtWhenItIsReadAndNotBefore() throws IOException {
        KvFiles.Reading reading = files.reading(directory.resolve("f3"));
        assertThrows(IOException.class, () -> check(reading, 3, 0));
        file(3);
        check(reading, 3, 0);
        reading.close();
    }
}
