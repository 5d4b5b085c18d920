package org.moxmail.server.log;

import java.time.Duration;
import java.util.Locale;

/** Durations for people: {@code 1.2ms}. */
final class Durations {
    private Durations() {}

    static String print(Duration duration) {
        double micros = duration.toNanos() / 1e3;
        if (micros < 1e3) {
            return String.format(Locale.ROOT, "%.0fus", micros);
        }
        return micros < 1e6
                ? String.format(Locale.ROOT, "%.1fms", micros / 1e3)
                : String.format(Locale.ROOT, "%.1fs", micros / 1e6);
    }
}
