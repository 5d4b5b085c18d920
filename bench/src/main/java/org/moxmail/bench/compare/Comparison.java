package org.moxmail.bench.compare;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.moxmail.bench.load.Options;

/** Runs the scenarios, ours and the peer's in turns, and prints the table. */
public final class Comparison {
    /** The word for all scenarios of libraries. */
    private static final String LIBRARIES = "libraries";

    private final Pace pace;
    private boolean failed;

    private Comparison(Pace pace) {
        this.pace = pace;
    }

    /** @param arguments {@code --top DIR --work DIR [--smoke true] [--rounds 3] [--out FILE] [--only id,id]} */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var options = new Options(arguments, 0);
        Path top = Path.of(options.text("top", "."));
        Path work = Path.of(options.text("work", "/var/tmp"));
        boolean smoke = options.flag("smoke", false);
        int rounds = options.number("rounds", Pace.FULL.rounds());
        String out = options.text("out");
        String only = options.text("only");
        options.allRead();
        var comparison = new Comparison(smoke ? Pace.SMOKE : Pace.FULL.withRounds(rounds));
        Map<String, String> texts = comparison.run(top, work, only == null ? Set.of() : Set.of(only.split(",")));
        new PrintStream(System.out, true, StandardCharsets.UTF_8).println(String.join("\n", texts.values()));
        if (out != null) {
            write(Path.of(out), texts);
        }
        System.exit(comparison.failed ? 1 : 0);
    }

    /** Into a page that marks where figures belong, just there. */
    private static void write(Path file, Map<String, String> texts) throws IOException {
        String page = Files.exists(file) ? Files.readString(file) : "";
        boolean marked = false;
        for (Map.Entry<String, String> text : texts.entrySet()) {
            String begin = "<!-- " + text.getKey() + " -->";
            int from = page.indexOf(begin);
            int to = page.indexOf("<!-- end of " + text.getKey() + " -->");
            if (from >= 0 && from < to) {
                page = page.substring(0, from) + begin + "\n" + text.getValue() + page.substring(to);
                marked = true;
            }
        }
        Files.writeString(file, marked ? page : String.join("\n", texts.values()));
    }

    /** Each part's heading and table, by its mark. */
    private Map<String, String> run(Path top, Path work, Set<String> only) throws IOException, InterruptedException {
        try (var servers = new Servers(top, work)) {
            var scenarios = new Scenarios(servers, pace, top);
            var libraries = new Part("figures of libraries", scenarios.libraries());
            var onDemand = new Part("figures of growth", scenarios.onDemand());
            List<Part> parts = List.of(new Part("figures", scenarios.all()), onDemand, libraries);
            Set<String> names = names(only, parts, libraries);
            servers.install();
            Map<String, String> texts = new LinkedHashMap<>();
            for (Part part : parts) {
                List<Scenario> chosen = part.equals(onDemand) && names.isEmpty() ? List.of() : part.chosen(names);
                if (part.equals(libraries) && names.isEmpty() && pace.equals(Pace.SMOKE)) {
                    // Each of the others is a Java machine or two started for nothing: all work alike.
                    chosen = chosen.subList(0, 1);
                }
                for (Scenario scenario : chosen) {
                    rounds(scenario, part);
                }
                if (!chosen.isEmpty()) {
                    texts.put(part.mark(), heading(top, servers.version(), part) + "\n" + part.table());
                }
            }
            return texts;
        }
    }

    /** What was asked for, word by word; ends the program when a word is none of a scenario. */
    private static Set<String> names(Set<String> only, List<Part> parts, Part libraries) {
        Set<String> names = new LinkedHashSet<>(only);
        if (names.remove(LIBRARIES)) {
            names.addAll(libraries.ids());
        }
        Set<String> all = new LinkedHashSet<>();
        parts.forEach(part -> all.addAll(part.ids()));
        if (!all.containsAll(names)) {
            System.err.println("scenarios: " + String.join(" ", all) + "; all libraries: " + LIBRARIES);
            System.exit(2);
        }
        return names;
    }

    private void rounds(Scenario scenario, Part part) throws InterruptedException {
        List<List<Figure>> ours = new ArrayList<>();
        List<List<Figure>> theirs = new ArrayList<>();
        String peer = null;
        try {
            for (int round = 0; round < pace.rounds(); round++) {
                Shell.run(List.of("sync"));
                ours.add(scenario.ours().measure(round));
                Shell.run(List.of("sync"));
                Optional<Scenario.Measured> measured = scenario.peers().measure(round);
                if (measured.isPresent()) {
                    peer = measured.get().name();
                    theirs.add(measured.get().figures());
                }
                report(scenario, round, ours.getLast(), measured);
            }
        } catch (IOException | RuntimeException e) {
            failed = true;
            System.err.println(scenario.id() + " failed: " + e);
            scenario.metrics().forEach(metric -> part.table().failed(metric, String.valueOf(e.getMessage())));
            return;
        }
        if (peer != null) {
            part.peers().add(peer);
        }
        for (int i = 0; i < scenario.metrics().size(); i++) {
            part.table()
                    .add(scenario.metrics().get(i), median(ours, i), peer, theirs.isEmpty() ? null : median(theirs, i));
        }
    }

    private static Figure median(List<List<Figure>> rounds, int metric) {
        return Figure.median(rounds.stream().map(figures -> figures.get(metric)).toList());
    }

    private void report(Scenario scenario, int round, List<Figure> ours, Optional<Scenario.Measured> measured) {
        System.err.println(LocalDateTime.now(ZoneOffset.UTC).format(DateTimeFormatter.ISO_LOCAL_TIME) + " "
                + scenario.id() + " round " + (round + 1) + " of " + pace.rounds() + ": " + text(ours)
                + measured.map(peer -> "; " + peer.name() + ": " + text(peer.figures()))
                        .orElse(""));
    }

    private static String text(List<Figure> figures) {
        return figures.stream()
                .map(figure -> Table.number(figure.value())
                        + (Double.isNaN(figure.cpuMillis())
                                ? ""
                                : " (CPU " + Table.number(figure.cpuMillis()) + " ms)"))
                .collect(Collectors.joining(", "));
    }

    private String heading(Path top, String version, Part part) throws IOException {
        String commit = Files.exists(top.resolve(".git"))
                ? " at " + Shell.run(List.of("git", "-C", top.toString(), "describe", "--always", "--dirty"))
                : "";
        return LocalDateTime.now(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm")) + " UTC: "
                + version.lines().findFirst().orElse("mox") + commit
                + part.peers().stream().map(peer -> ", " + peer).collect(Collectors.joining()) + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors; median of " + pace.rounds()
                + (pace.rounds() == 1 ? " round, which tells little" : " rounds in turns")
                + ".\n";
    }
}
