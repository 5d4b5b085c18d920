package org.moxmail.server.log;

import java.util.logging.Level;

/** Our levels among those of java.util.logging, where System.Logger and third parties write theirs. */
final class JulLevel extends Level {
    private static final long serialVersionUID = 1L;

    private static final Level TRACEAUTH = new JulLevel(350);

    private JulLevel(int value) {
        super("TRACEAUTH", value);
    }

    static Level of(LogLevel level) {
        return switch (level) {
            case ERROR -> SEVERE;
            case WARN -> WARNING;
            case INFO -> INFO;
            case DEBUG -> FINE;
            case TRACE -> FINER;
            case TRACEAUTH -> TRACEAUTH;
            case TRACEDATA -> FINEST;
        };
    }

    /** The least severe of ours that a line of {@code level} belongs to. */
    static LogLevel from(Level level) {
        int value = level.intValue();
        for (LogLevel ours : LogLevel.values()) {
            if (value >= of(ours).intValue()) {
                return ours;
            }
        }
        return LogLevel.TRACEDATA;
    }
}
