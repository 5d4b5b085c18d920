package org.moxmail.bench.compare;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Scenarios that have a table together. Not safe for many threads. */
final class Part {
    private final String mark;
    private final List<Scenario> scenarios;
    private final Table table = new Table();
    private final Set<String> peers = new LinkedHashSet<>();

    /** @param mark where in a page the table belongs */
    Part(String mark, List<Scenario> scenarios) {
        this.mark = mark;
        this.scenarios = List.copyOf(scenarios);
    }

    String mark() {
        return mark;
    }

    Table table() {
        return table;
    }

    /** The peers that were measured, in their order. */
    Set<String> peers() {
        return peers;
    }

    /** Those of the scenarios that have one of these names; all, when there are no names. */
    List<Scenario> chosen(Set<String> only) {
        return scenarios.stream()
                .filter(scenario -> only.isEmpty() || only.contains(scenario.id()))
                .toList();
    }

    Set<String> ids() {
        return scenarios.stream().map(Scenario::id).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
