package org.moxmail.bench.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The results as a table in Markdown that people can read too. Not safe for many threads. */
final class Table {
    private static final List<String> HEAD =
            List.of("what", "mox", "peer", "", "ratio", "target", "met", "CPU ms each: mox", "peer");

    private static final String RULE = "---";

    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a figure; the peer's is null when there is none. */
    void add(Metric metric, Figure ours, @Nullable String peerName, @Nullable Figure peer) {
        boolean compared = peer != null && !Double.isNaN(peer.value());
        OptionalDouble ratio = compared && peer != null
                ? OptionalDouble.of(metric.ratio(ours.value(), peer.value()))
                : OptionalDouble.empty();
        rows.add(List.of(
                metric.title(),
                number(ours.value()) + unit(metric),
                compared && peer != null ? number(peer.value()) + unit(metric) : "",
                compared && peerName != null ? peerName : "",
                ratio.isPresent() ? String.format(Locale.ROOT, "%.2f", ratio.getAsDouble()) : "",
                metric.goal().text(metric.unit()),
                metric.goal().verdict(ours.value(), ratio),
                number(ours.cpuMillis()),
                peer == null ? "" : number(peer.cpuMillis())));
    }

    /** Adds what could not be measured. */
    void failed(Metric metric, String reason) {
        rows.add(List.of(
                metric.title(),
                "failed: " + reason.replace('|', '/').lines().findFirst().orElse(""),
                "",
                "",
                "",
                metric.goal().text(metric.unit()),
                "**no**",
                "",
                ""));
    }

    private static String unit(Metric metric) {
        return metric.unit().startsWith("/") ? metric.unit() : " " + metric.unit();
    }

    static String number(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }

    @Override
    public String toString() {
        List<List<String>> lines = Stream.concat(Stream.of(HEAD), rows.stream()).toList();
        int[] widths = new int[HEAD.size()];
        Arrays.fill(widths, RULE.length());
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        var text = new StringBuilder();
        for (int row = 0; row < lines.size(); row++) {
            append(text, lines.get(row), widths);
            if (row == 0) {
                append(
                        text,
                        Stream.of(HEAD).flatMap(List::stream).map(name -> RULE).toList(),
                        widths);
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, List<String> cells, int[] widths) {
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            text.append("| ")
                    .append(cell)
                    .append(" ".repeat(widths[i] - cell.length()))
                    .append(' ');
        }
        text.append("|\n");
    }
}
