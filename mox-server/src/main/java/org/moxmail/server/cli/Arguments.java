package org.moxmail.server.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The words behind a subcommand, told apart. One dash is as good as two; {@code --} ends the options. */
final class Arguments {
    private final Map<String, String> values;
    private final List<String> operands;

    private Arguments(Map<String, String> values, List<String> operands) {
        this.values = Map.copyOf(values);
        this.operands = List.copyOf(operands);
    }

    static Arguments parse(Command command, List<String> words) throws UsageException {
        Map<String, String> values = new HashMap<>();
        List<String> operands = new ArrayList<>();
        int i = 0;
        boolean options = true;
        while (i < words.size()) {
            String word = words.get(i++);
            if (options && word.equals("--")) {
                options = false;
            } else if (options && word.startsWith("-") && word.length() > 1) {
                String name = word.substring(word.startsWith("--") ? 2 : 1);
                int equals = name.indexOf('=');
                Option option = find(command, equals < 0 ? name : name.substring(0, equals), word);
                String value;
                if (option.isFlag()) {
                    if (equals >= 0) {
                        throw new UsageException("option --" + option.name() + " takes no value");
                    }
                    value = "";
                } else if (equals >= 0) {
                    value = name.substring(equals + 1);
                } else if (i < words.size()) {
                    value = words.get(i++);
                } else {
                    throw new UsageException("option --" + option.name() + " needs a value: " + option.synopsis());
                }
                if (values.put(option.name(), value) != null) {
                    throw new UsageException("option --" + option.name() + " is given twice");
                }
            } else {
                operands.add(word);
            }
        }
        checkCount(command, operands);
        return new Arguments(values, operands);
    }

    private static Option find(Command command, String name, String word) throws UsageException {
        for (Option option : command.options()) {
            if (option.name().equals(name)) {
                return option;
            }
        }
        throw new UsageException("unknown option " + word + " (try: mox help " + command.name() + ")");
    }

    private static void checkCount(Command command, List<String> operands) throws UsageException {
        String[] wanted = command.operands().isEmpty()
                ? new String[0]
                : command.operands().split(" ");
        long least = java.util.Arrays.stream(wanted)
                .filter(word -> !word.startsWith("["))
                .count();
        if (operands.size() < least) {
            throw new UsageException("missing " + wanted[operands.size()] + " (try: mox help " + command.name() + ")");
        }
        if (operands.size() > wanted.length) {
            throw new UsageException(
                    "unexpected word " + operands.get(wanted.length) + " (try: mox help " + command.name() + ")");
        }
    }

    boolean has(String option) {
        return values.containsKey(option);
    }

    Optional<String> value(String option) {
        return Optional.ofNullable(values.get(option));
    }

    /** The words that are no options. */
    List<String> operands() {
        return operands;
    }
}
