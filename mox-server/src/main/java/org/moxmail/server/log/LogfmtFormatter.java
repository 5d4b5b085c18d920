package org.moxmail.server.log;

import java.text.MessageFormat;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record as one line: {@code l=info m="message" err="…" pkg=smtp cid=18f2 key=value}. There is no time in it: who
 * collects the lines adds one.
 */
final class LogfmtFormatter extends Formatter {
    private static final int FRAMES = 12;
    private static final String OURS = "org.moxmail.";

    @Override
    public String format(LogRecord line) {
        StringBuilder out = new StringBuilder(160);
        out.append("l=").append(JulLevel.from(line.getLevel()).keyword());
        pair(out, "m", text(line));
        Throwable thrown = line.getThrown();
        if (thrown != null) {
            pair(out, "err", describe(thrown));
        }
        pair(out, "pkg", capability(line.getLoggerName()));
        Object[] parameters = line.getParameters();
        if (parameters != null) {
            for (Object parameter : parameters) {
                if (parameter instanceof Log.Field field) {
                    pair(out, field.key(), value(field.value()));
                }
            }
        }
        if (thrown != null && isUnexpected(thrown)) {
            pair(out, "stack", stack(thrown));
        }
        return out.append('\n').toString();
    }

    private static String text(LogRecord line) {
        String message = line.getMessage() == null ? "" : line.getMessage();
        Object[] parameters = line.getParameters();
        boolean foreign = parameters != null && parameters.length > 0 && !(parameters[0] instanceof Log.Field);
        if (!foreign || !message.contains("{")) {
            return message;
        }
        try {
            return new MessageFormat(message, Locale.ROOT).format(parameters);
        } catch (IllegalArgumentException e) {
            // A third party's pattern is broken: its raw text says more than no line.
            return message;
        }
    }

    private static String capability(@Nullable String logger) {
        if (logger == null || logger.isEmpty()) {
            return "-";
        }
        if (!logger.startsWith(OURS)) {
            return logger;
        }
        String rest = logger.substring(OURS.length());
        return rest.startsWith("server.") ? rest.substring("server.".length()) : rest;
    }

    private static String value(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case byte[] octets -> Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
            case Instant instant -> instant.toString();
            case Throwable thrown -> describe(thrown);
            case Collection<?> several -> {
                StringJoiner joined = new StringJoiner(",", "[", "]");
                several.forEach(element -> joined.add(value(element)));
                yield joined.toString();
            }
            default -> value.toString();
        };
    }

    private static String describe(Throwable thrown) {
        StringBuilder out = new StringBuilder();
        int depth = 0;
        for (Throwable at = thrown; at != null && depth < 4; at = at.getCause(), depth++) {
            out.append(depth == 0 ? "" : ": ").append(at.getClass().getSimpleName());
            if (at.getMessage() != null) {
                out.append(": ").append(at.getMessage());
            }
        }
        return out.toString();
    }

    /** Broken programs are looked for by their frames; a peer's or disk's failure is said by its message. */
    private static boolean isUnexpected(Throwable thrown) {
        return thrown instanceof RuntimeException || thrown instanceof Error;
    }

    private static String stack(Throwable thrown) {
        Throwable root = thrown;
        for (Throwable cause = root.getCause(); cause != null; cause = cause.getCause()) {
            root = cause;
        }
        StringJoiner frames = new StringJoiner(" < ");
        StackTraceElement[] all = root.getStackTrace();
        for (int i = 0; i < Math.min(FRAMES, all.length); i++) {
            frames.add(all[i].getClassName() + "." + all[i].getMethodName() + ":" + all[i].getLineNumber());
        }
        return frames.toString();
    }

    private static void pair(StringBuilder out, String key, String value) {
        out.append(' ').append(key).append('=');
        if (isPlain(value)) {
            out.append(value);
        } else {
            quote(out, value);
        }
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (!isPlain(value.charAt(i))) {
                return false;
            }
        }
        return !value.isEmpty();
    }

    private static boolean isPlain(char c) {
        return c > ' ' && c < 0x7f && c != '"' && c != '\\' && c != '=';
    }

    private static void quote(StringBuilder out, String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ' || c >= 0x7f && c < 0xa0 || Character.isSurrogate(c) && !isPaired(value, i)) {
                        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static boolean isPaired(String value, int i) {
        char c = value.charAt(i);
        return Character.isHighSurrogate(c)
                ? i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
    }
}
