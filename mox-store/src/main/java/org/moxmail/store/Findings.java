package org.moxmail.store;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a verification finds. Of many findings by one rule only the first are kept. */
final class Findings {
    private static final int KEPT = 1_000;

    private final List<Finding> kept = new ArrayList<>();
    private final Map<Rule, Long> counts = new EnumMap<>(Rule.class);

    /** Something has to be good; else it is told in these words. */
    void expect(boolean good, Rule rule, String words, Object... values) {
        if (!good && counts.merge(rule, 1L, Long::sum) <= KEPT) {
            kept.add(new Finding(rule, String.format(Locale.ROOT, words, values)));
        }
    }

    List<Finding> all() {
        List<Finding> all = new ArrayList<>(kept);
        counts.forEach((rule, count) -> {
            if (count > KEPT) {
                all.add(new Finding(rule, "and " + (count - KEPT) + " more"));
            }
        });
        return List.copyOf(all);
    }
}
