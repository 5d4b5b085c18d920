package org.moxmail.bench.compare;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What a figure is meant to be.
 *
 * @param kind how to read the bound
 * @param bound in the metric's unit, or a ratio
 */
record Goal(Kind kind, double bound) {
    /** Ways to compare. */
    enum Kind {
        /** So many times as fast as the peer. */
        TIMES_THE_PEER,
        AT_LEAST,
        AT_MOST,
        /** For comparison only. */
        NONE
    }

    static final Goal NONE = new Goal(Kind.NONE, 0);

    static Goal timesThePeer(double ratio) {
        return new Goal(Kind.TIMES_THE_PEER, ratio);
    }

    static Goal atLeast(double bound) {
        return new Goal(Kind.AT_LEAST, bound);
    }

    static Goal atMost(double bound) {
        return new Goal(Kind.AT_MOST, bound);
    }

    String text(String unit) {
        String number = bound == Math.rint(bound) && bound >= 10
                ? String.format(Locale.ROOT, "%,.0f", bound)
                : String.format(Locale.ROOT, "%.2f", bound).replaceFirst("\\.?0+$", "");
        return switch (kind) {
            case TIMES_THE_PEER -> "≥ " + number + " ×";
            case AT_LEAST -> "≥ " + number + " " + unit;
            case AT_MOST -> "≤ " + number + " " + unit;
            case NONE -> "";
        };
    }

    /**
     * Whether it is reached.
     *
     * @param ratio speed as a multiple of the peer's, when it was measured
     */
    String verdict(double ours, OptionalDouble ratio) {
        return switch (kind) {
            case TIMES_THE_PEER -> ratio.isEmpty() ? "?" : yes(ratio.getAsDouble() >= bound);
            case AT_LEAST -> yes(ours >= bound);
            case AT_MOST -> yes(ours <= bound);
            case NONE -> "";
        };
    }

    private static String yes(boolean met) {
        return met ? "yes" : "**no**";
    }
}
