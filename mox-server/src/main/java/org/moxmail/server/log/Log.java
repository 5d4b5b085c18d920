package org.moxmail.server.log;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes lines of constant text with keys and values. Handed to who needs it by its constructor; safe for many threads.
 */
public final class Log {
    private static final String PREFIX = "org.moxmail.server.";

    private final Logger logger;
    private final List<Field> fields;

    /** A key and its value. */
    record Field(String key, @Nullable Object value) {}

    private Log(Logger logger, List<Field> fields) {
        this.logger = logger;
        this.fields = fields;
    }

    /** The log of a capability, which lines name as {@code pkg}. */
    public static Log of(String capability) {
        return new Log(Logger.getLogger(PREFIX + capability), List.of());
    }

    /** This log with a pair that is in every line, after those that it has. */
    public Log with(String key, Object value) {
        List<Field> more = new ArrayList<>(fields);
        more.add(new Field(key, value));
        return new Log(logger, List.copyOf(more));
    }

    /** Whether a line of this level would be written. */
    public boolean enabled(LogLevel level) {
        return logger.isLoggable(JulLevel.of(level));
    }

    /** Something is broken and somebody should look. */
    public void error(String message, @Nullable Throwable cause, @Nullable Object... pairs) {
        log(LogLevel.ERROR, message, cause, pairs);
    }

    /** Something an operator should know. */
    public void warn(String message, @Nullable Object... pairs) {
        log(LogLevel.WARN, message, null, pairs);
    }

    /** One line per connection or delivery. */
    public void info(String message, @Nullable Object... pairs) {
        log(LogLevel.INFO, message, null, pairs);
    }

    /** One line per command. */
    public void debug(String message, @Nullable Object... pairs) {
        log(LogLevel.DEBUG, message, null, pairs);
    }

    /**
     * Writes a line.
     *
     * @param pairs key, value, key, value…
     */
    public void log(LogLevel level, String message, @Nullable Throwable cause, @Nullable Object... pairs) {
        if (!enabled(level)) {
            return;
        }
        if (pairs.length % 2 != 0) {
            throw new IllegalArgumentException("a key without a value");
        }
        List<Field> all = new ArrayList<>(fields);
        for (int i = 0; i < pairs.length; i += 2) {
            all.add(new Field(String.valueOf(pairs[i]), pairs[i + 1]));
        }
        LogRecord line = new LogRecord(JulLevel.of(level), message);
        line.setLoggerName(logger.getName());
        line.setThrown(cause);
        line.setParameters(all.toArray());
        logger.log(line);
    }
}
