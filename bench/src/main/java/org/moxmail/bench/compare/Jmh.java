package org.moxmail.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs JMH benchmarks in Java machines of their own, and tells their scores. */
final class Jmh {
    /** Octets that one call allocates, as JMH's profiler tells. */
    static final String ALLOCATED = "gc.alloc.rate.norm";

    private final Path top;
    private final int forks;
    private final List<String> times;

    /**
     * @param top the repository's top folder
     * @param forks Java machines for each benchmark; 0 for one that all of a run share, with JMH itself
     * @param times how long to warm up and to measure, in JMH's words
     */
    Jmh(Path top, int forks, List<String> times) {
        this.top = top;
        this.forks = forks;
        this.times = List.copyOf(times);
    }

    /** So many iterations to warm up and to measure, each of so many milliseconds. */
    static List<String> times(int warmUps, int iterations, long millis) {
        String time = String.format(Locale.ROOT, "%dms", millis);
        return List.of("-wi", Integer.toString(warmUps), "-w", time, "-i", Integer.toString(iterations), "-r", time);
    }

    /**
     * Runs benchmarks.
     *
     * @param type the class that has them
     * @param benchmarks a pattern of methods' names
     * @param arguments for JMH besides
     * @return scores, by the method's name; of profilers, {@code method:what}
     */
    Map<String, Double> run(Class<?> type, String benchmarks, String... arguments) throws IOException {
        Path results = Files.createTempFile("jmh", ".csv");
        try {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Dmox.top=" + top,
                    "-cp",
                    System.getProperty("java.class.path"),
                    "org.openjdk.jmh.Main",
                    "^" + type.getName().replace(".", "\\.") + "\\.(" + benchmarks + ")$",
                    "-f",
                    Integer.toString(forks),
                    "-rf",
                    "csv",
                    "-rff",
                    results.toString()));
            command.addAll(times);
            command.addAll(List.of(arguments));
            Shell.run(command);
            return scores(Files.readAllLines(results));
        } finally {
            Files.delete(results);
        }
    }

    private static Map<String, Double> scores(List<String> csv) throws IOException {
        if (csv.size() < 2) {
            throw new IOException("JMH measured nothing");
        }
        int column = cells(csv.getFirst()).indexOf("Score");
        Map<String, Double> scores = new HashMap<>();
        for (String line : csv.subList(1, csv.size())) {
            List<String> cells = cells(line);
            String name = cells.getFirst().substring(cells.getFirst().lastIndexOf('.', method(cells.getFirst())) + 1);
            scores.put(name.replace("·", ""), Double.parseDouble(cells.get(column)));
        }
        return scores;
    }

    /** Where the method's name ends: what profilers tell comes behind a colon, and has dots. */
    private static int method(String benchmark) {
        int colon = benchmark.indexOf(':');
        return colon < 0 ? benchmark.length() : colon;
    }

    private static List<String> cells(String line) {
        return List.of(line.replace("\"", "").split(","));
    }
}
