package org.moxmail.bench.compare;

import java.util.Arrays;
import java.util.List;

/**
 * What one measurement of one server gave.
 *
 * @param value in the metric's unit
 * @param cpuMillis processor time of the server for each operation; not a number when that says nothing
 */
record Figure(double value, double cpuMillis) {
    static Figure of(double value) {
        return new Figure(value, Double.NaN);
    }

    /** The medians of several. */
    static Figure median(List<Figure> figures) {
        return new Figure(
                median(figures.stream().mapToDouble(Figure::value).toArray()),
                median(figures.stream().mapToDouble(Figure::cpuMillis).toArray()));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
