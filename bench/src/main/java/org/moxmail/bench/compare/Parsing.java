package org.moxmail.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.moxmail.bench.MessageParse;

/** Parse of messages, which JMH measures in Java machines of its own. */
final class Parsing {
    private final Pace pace;
    private final Path top;

    /** @param top the repository's top folder, where the corpus is */
    Parsing(Pace pace, Path top) {
        this.pace = pace;
        this.top = top;
    }

    Scenario torture() {
        return scenario("torture", "Parse of the torture messages");
    }

    Scenario large() {
        return scenario("large", "Parse of a mail of 20 MB");
    }

    private Scenario scenario(String corpus, String title) {
        return new Scenario(
                "parse-" + corpus,
                List.of(Metric.cost(title, "ms", Goal.timesThePeer(3))),
                round -> List.of(jmh("mox", corpus)),
                round -> Optional.of(new Scenario.Measured("mime4j", List.of(jmh("mime4j", corpus)))));
    }

    private Figure jmh(String benchmark, String corpus) throws IOException {
        Path results = Files.createTempFile("jmh", ".csv");
        try {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Dmox.top=" + top,
                    "-cp",
                    System.getProperty("java.class.path"),
                    "org.openjdk.jmh.Main",
                    MessageParse.class.getName() + "." + benchmark + "$",
                    "-p",
                    "corpus=" + corpus,
                    "-f",
                    "1",
                    "-rf",
                    "csv",
                    "-rff",
                    results.toString()));
            command.addAll(times());
            Shell.run(command);
            return Figure.of(score(Files.readAllLines(results)));
        } finally {
            Files.delete(results);
        }
    }

    private List<String> times() {
        String time = String.format(Locale.ROOT, "%dms", pace.measured().toMillis() / 3);
        return List.of("-wi", "2", "-w", time, "-i", "3", "-r", time);
    }

    private static double score(List<String> csv) throws IOException {
        if (csv.size() != 2) {
            throw new IOException("JMH measured nothing");
        }
        int column = List.of(csv.getFirst().replace("\"", "").split(",")).indexOf("Score");
        return Double.parseDouble(csv.getLast().replace("\"", "").split(",")[column]);
    }
}
