package org.moxmail.bench.load;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Options of a command line: {@code --name value}. Not safe for many threads. */
public final class Options {
    private final Map<String, String> values = new HashMap<>();
    private final Set<String> unread;

    /** @param from index of the first option */
    public Options(String[] arguments, int from) {
        for (int i = from; i < arguments.length; i += 2) {
            if (!arguments[i].startsWith("--") || i + 1 == arguments.length) {
                throw new IllegalArgumentException("expected --name value, got " + arguments[i]);
            }
            values.put(arguments[i].substring(2), arguments[i + 1]);
        }
        unread = new HashSet<>(values.keySet());
    }

    /** An option's value, or what holds without it. */
    public String text(String name, String otherwise) {
        unread.remove(name);
        return values.getOrDefault(name, otherwise);
    }

    /** An option's value, or null. */
    public @Nullable String text(String name) {
        unread.remove(name);
        return values.get(name);
    }

    /** A whole number. */
    public int number(String name, int otherwise) {
        return Integer.parseInt(text(name, Integer.toString(otherwise)));
    }

    /** A time in seconds, with parts of them. */
    public Duration seconds(String name, double otherwise) {
        return Duration.ofNanos((long) (Double.parseDouble(text(name, Double.toString(otherwise))) * 1e9));
    }

    /** Whether an option says yes. */
    public boolean flag(String name, boolean otherwise) {
        return Boolean.parseBoolean(text(name, Boolean.toString(otherwise)));
    }

    /** Refuses options that nobody asked for: most likely they are misspelt. */
    public void allRead() {
        if (!unread.isEmpty()) {
            throw new IllegalArgumentException("unknown options " + unread);
        }
    }
}
