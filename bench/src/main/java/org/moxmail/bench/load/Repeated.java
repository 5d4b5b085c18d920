package org.moxmail.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Gives one IMAP command again and again in a selected mailbox, and takes the time of each. */
public final class Repeated {
    private Repeated() {}

    /**
     * How long a command took.
     *
     * @param times it was given
     * @param medianMillis of them
     * @param leastMillis of them
     * @param cpuMillis processor time of the server for each; not a number when nobody counted it
     * @param octets of the last answer
     */
    public record Times(int times, double medianMillis, double leastMillis, double cpuMillis, long octets) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%.2f ms (median of %d; least %.2f), server CPU %.1f ms each, %d octets",
                    medianMillis,
                    times,
                    leastMillis,
                    cpuMillis,
                    octets);
        }
    }

    /**
     * Measures.
     *
     * @param commands given in turns, such as one that sets a flag and one that takes it away
     * @param warmUp time before counting begins
     * @param measured time that is counted; three commands at least are given
     */
    public static Times measure(
            Imap imap, String[] commands, Duration warmUp, Duration measured, @Nullable ServerProcess server)
            throws IOException {
        int next = 0;
        long end = System.nanoTime() + warmUp.toNanos();
        do {
            imap.command(commands[next++ % commands.length]);
        } while (System.nanoTime() < end);
        double cpu = server == null ? Double.NaN : server.cpuSeconds();
        long[] nanos = new long[16];
        int count = 0;
        long octets = 0;
        end = System.nanoTime() + measured.toNanos();
        while (count < 3 || System.nanoTime() < end) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            long begin = System.nanoTime();
            octets = imap.command(commands[next++ % commands.length]);
            nanos[count++] = System.nanoTime() - begin;
        }
        cpu = server == null ? Double.NaN : server.cpuSeconds() - cpu;
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return new Times(count, sorted[count / 2] / 1e6, sorted[0] / 1e6, cpu * 1000 / count, octets);
    }
}
