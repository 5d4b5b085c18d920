package org.moxmail.server.log;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * The process' logging: everything that reaches java.util.logging, as System.Logger and slf4j do, becomes a line on one
 * stream, and so does what ends a thread. A process has one; embedders that log otherwise don't make it.
 */
public final class Logging implements AutoCloseable {
    /** A storage engine reports every opened and closed environment, which is of use to its developers only. */
    private static final List<String> TALKATIVE = List.of("jetbrains.exodus", "mu");

    /** Levels are lost when nobody holds the logger that has them. */
    private final List<Logger> held = new ArrayList<>();

    private final Handler handler;

    private Logging(Handler handler) {
        this.handler = handler;
    }

    /** Replaces the process' logging configuration. */
    public static Logging start(PrintStream stream, LogLevel level) {
        LogManager.getLogManager().reset();
        Logging logging = new Logging(new Lines(stream));
        Level bound = JulLevel.of(level);
        // Third parties' own trace output would drown ours; theirs is heard down to info.
        logging.level("", Level.INFO.intValue() > bound.intValue() ? Level.INFO : bound);
        logging.level("org.moxmail", bound);
        for (String name : TALKATIVE) {
            logging.level(name, level.includes(LogLevel.DEBUG) ? Level.INFO : Level.WARNING);
        }
        Logger.getLogger("").addHandler(logging.handler);
        logging.warnAboutReadableSecrets(level);
        Log unexpected = Log.of("log");
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, e) -> unexpected.error("a thread ended unexpectedly", e, "thread", thread.getName()));
        return logging;
    }

    private void level(String name, Level level) {
        Logger logger = Logger.getLogger(name);
        logger.setLevel(level);
        held.add(logger);
    }

    private void warnAboutReadableSecrets(LogLevel level) {
        Log log = Log.of("log");
        if (level.includes(LogLevel.TRACEDATA)) {
            log.warn("this log will show passwords and the contents of messages", "level", level.keyword());
        } else if (level.includes(LogLevel.TRACEAUTH)) {
            log.warn("this log will show passwords", "level", level.keyword());
        }
    }

    /** Stops writing; the stream stays open. */
    @Override
    public void close() {
        Thread.setDefaultUncaughtExceptionHandler(null);
        Logger.getLogger("").removeHandler(handler);
        held.clear();
    }

    /** Writes each record at once. */
    private static final class Lines extends Handler {
        private final PrintStream stream;

        Lines(PrintStream stream) {
            this.stream = stream;
            setLevel(Level.ALL);
            setFormatter(new LogfmtFormatter());
        }

        @Override
        public void publish(LogRecord line) {
            if (isLoggable(line)) {
                stream.print(getFormatter().format(line));
            }
        }

        @Override
        public void flush() {
            stream.flush();
        }

        @Override
        public void close() {
            flush();
        }
    }
}
