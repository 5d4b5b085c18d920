package org.moxmail.server.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.moxmail.store.Progress;
import org.moxmail.time.Timing;

/** Tells who waits how far long work has come: a line a second at most, and none about what takes less. */
final class ProgressLines implements Progress {
    private static final long BETWEEN = Duration.ofSeconds(1).toNanos();

    private final PrintStream out;
    private final Timing timing;
    private long last;

    ProgressLines(PrintStream out, Timing timing) {
        this.out = out;
        this.timing = timing;
        last = timing.nanoTime();
    }

    @Override
    public void at(String step, long done) {
        long now = timing.nanoTime();
        if (now - last >= BETWEEN) {
            last = now;
            out.printf(Locale.ROOT, "%s: %,d%n", step, done);
        }
    }
}
