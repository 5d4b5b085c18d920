package org.moxmail.bench.store;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Compares ways to keep message octets: files, rows, segments. Prints medians over interleaved rounds. Arguments: a
 * directory on the disk to measure, rounds, seconds per measurement.
 */
public final class StoreLayouts {
    private static final int[] SIZES = {4 << 10, 16 << 10, 32 << 10, 100_000};
    private static final int[] WRITERS = {1, 16};
    private static final long DISK_BYTES = 96L << 20;

    private interface Maker {
        Layout make(Path directory) throws IOException;
    }

    private static final List<Maker> MAKERS = List.of(FilesLayout::new, RowsLayout::new, SegmentsLayout::new);

    private final Path root;
    private final long nanosPerMeasurement;
    private final OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final Map<String, List<Double>> results = new LinkedHashMap<>();
    private int directories;

    private StoreLayouts(Path root, double seconds) {
        this.root = root;
        nanosPerMeasurement = (long) (seconds * 1e9);
    }

    public static void main(String[] args) throws Exception {
        Path root = Files.createTempDirectory(Path.of(args.length > 0 ? args[0] : "."), "layouts");
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        StoreLayouts layouts = new StoreLayouts(root, args.length > 2 ? Double.parseDouble(args[2]) : 1.5);
        try {
            for (int round = 0; round < rounds; round++) {
                layouts.round();
            }
            layouts.print();
        } finally {
            remove(root);
        }
    }

    private void round() throws Exception {
        for (int size : SIZES) {
            for (int writers : WRITERS) {
                for (Maker maker : MAKERS) {
                    rate(maker, size, writers);
                }
            }
        }
        for (int size : new int[] {4 << 10, 100_000}) {
            for (Maker maker : MAKERS) {
                disk(maker, size);
            }
        }
    }

    private Path fresh() throws IOException {
        return Files.createDirectory(root.resolve("d" + directories++));
    }

    private static byte[] message(int size, long id) {
        byte[] octets = new byte[size];
        new Random(id).nextBytes(octets);
        return octets;
    }

    private void rate(Maker maker, int size, int writers) throws Exception {
        Path directory = fresh();
        byte[] octets = message(size, 1);
        try (Layout layout = maker.make(directory)) {
            AtomicLong ids = new AtomicLong(1);
            long cpu = machine.getProcessCpuTime();
            long start = System.nanoTime();
            run(writers, () -> {
                while (System.nanoTime() - start < nanosPerMeasurement) {
                    layout.deliver(ids.getAndIncrement(), octets);
                }
            });
            double count = ids.get() - 1;
            double seconds = (System.nanoTime() - start) / 1e9;
            String what = layout.name() + "|" + size + "|" + writers + " writers|";
            note(what + "per second", count / seconds);
            note(what + "CPU ms each", (machine.getProcessCpuTime() - cpu) / 1e6 / count);
        }
        remove(directory);
    }

    private interface Body {
        void run() throws IOException;
    }

    private static void run(int writers, Body body) throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    body.run();
                } catch (IOException | RuntimeException e) {
                    synchronized (failures) {
                        failures.add(e);
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (!failures.isEmpty()) {
            throw new IOException(failures.get(0));
        }
    }

    private void disk(Maker maker, int size) throws Exception {
        Path directory = fresh();
        long count = DISK_BYTES / 4 / size;
        try (Layout layout = maker.make(directory)) {
            AtomicLong ids = new AtomicLong(1);
            run(64, () -> {
                for (long id = ids.getAndIncrement(); id <= count; id = ids.getAndIncrement()) {
                    layout.deliver(id, message(size, id));
                }
            });
            String what = layout.name() + "|" + size + "|disk|";
            double octets = (double) count * size;
            note(what + "full, per octet", used(directory) / octets);
            long start = System.nanoTime();
            layout.backup(directory.resolve("backup"));
            note(what + "backup ms", (System.nanoTime() - start) / 1e6);
            remove(directory.resolve("backup"));
            AtomicLong odd = new AtomicLong(1);
            run(64, () -> {
                for (long id = odd.getAndAdd(2); id <= count; id = odd.getAndAdd(2)) {
                    layout.delete(id);
                }
            });
            note(what + "half deleted, per live octet", used(directory) / (octets / 2));
            long reclaim = System.nanoTime();
            layout.reclaim();
            double reclaimed = settle(directory) / (octets / 2);
            note(what + "reclaimed, per live octet", reclaimed);
            note(what + "reclaim ms", (System.nanoTime() - reclaim) / 1e6);
        }
        remove(directory);
    }

    /** Waits until the disk use is the same for two seconds. */
    private static double settle(Path directory) throws Exception {
        double before = -1;
        for (int same = 0; same < 4; ) {
            double now = used(directory);
            same = now == before ? same + 1 : 0;
            before = now;
            Thread.sleep(500);
        }
        return before;
    }

    private static double used(Path directory) throws IOException {
        long total = 0;
        try (var all = Files.walk(directory)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                if (Files.isRegularFile(path)) {
                    total += (Files.size(path) + 4095) / 4096 * 4096;
                }
            }
        } catch (java.io.UncheckedIOException e) {
            return used(directory);
        }
        return total;
    }

    private void note(String what, double value) {
        results.computeIfAbsent(what, any -> new ArrayList<>()).add(value);
    }

    private void print() {
        Map<String, String[]> rows = new LinkedHashMap<>();
        results.forEach((what, values) -> {
            String[] parts = what.split("\\|", 2);
            double[] sorted =
                    values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            int column = List.of("files", "rows", "segments").indexOf(parts[0]);
            String[] row = rows.computeIfAbsent(parts[1], any -> new String[3]);
            row[column] = "%.2f".formatted(sorted[sorted.length / 2]);
        });
        System.out.printf("%-52s %10s %10s %10s%n", "octets, what (medians)", "files", "rows", "segments");
        rows.forEach((what, row) ->
                System.out.printf("%-52s %10s %10s %10s%n", what.replace("|", ", "), row[0], row[1], row[2]));
        System.out.println(new TreeSet<>(
                Arrays.asList("rounds " + results.values().iterator().next().size())));
    }

    private static void remove(Path directory) throws IOException {
        try (var all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
