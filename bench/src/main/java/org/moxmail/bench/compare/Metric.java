package org.moxmail.bench.compare;

/**
 * A row of the table.
 *
 * @param title for people
 * @param unit of its figures
 * @param more whether more is better
 * @param goal of ours
 */
record Metric(String title, String unit, boolean more, Goal goal) {
    static Metric rate(String title, String unit, Goal goal) {
        return new Metric(title, unit, true, goal);
    }

    static Metric cost(String title, String unit, Goal goal) {
        return new Metric(title, unit, false, goal);
    }

    /** How much better the first is than the second. */
    double ratio(double ours, double peer) {
        return more ? ours / peer : peer / ours;
    }
}
