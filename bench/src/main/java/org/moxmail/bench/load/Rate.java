package org.moxmail.bench.load;

import java.util.Locale;

/**
 * How many operations a server did.
 *
 * @param operations done and acknowledged
 * @param seconds it took
 * @param cpuSeconds processor time of the server meanwhile; not a number when nobody counted it
 * @param p50 half of the operations took at most so many milliseconds
 * @param p99 ninety-nine of a hundred took at most so many milliseconds
 */
public record Rate(long operations, double seconds, double cpuSeconds, double p50, double p99) {
    /** Operations in a second. */
    public double perSecond() {
        return operations / seconds;
    }

    /** Processor time of the server for one operation, in milliseconds. */
    public double cpuMillis() {
        return cpuSeconds * 1000 / operations;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.0f/s (%d in %.2f s), p50 %.2f ms, p99 %.2f ms, server CPU %.3f ms each",
                perSecond(),
                operations,
                seconds,
                p50,
                p99,
                cpuMillis());
    }
}
