package org.moxmail.server.log;

import java.util.Optional;

/** How much is logged; each level includes those above it. */
public enum LogLevel {
    ERROR("error"),
    WARN("warn"),
    INFO("info"),
    DEBUG("debug"),
    /** Protocol lines, with secrets and message data masked. */
    TRACE("trace"),
    /** As trace, secrets readable. */
    TRACEAUTH("traceauth"),
    /** As traceauth, message data readable too. */
    TRACEDATA("tracedata");

    private final String keyword;

    LogLevel(String keyword) {
        this.keyword = keyword;
    }

    /** The word for it in settings and in lines. */
    public String keyword() {
        return keyword;
    }

    /** Whether lines of {@code other} are written when this level is set. */
    public boolean includes(LogLevel other) {
        return other.compareTo(this) <= 0;
    }

    /** The level of a word. */
    public static Optional<LogLevel> named(String word) {
        for (LogLevel level : values()) {
            if (level.keyword.equals(word)) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }
}
