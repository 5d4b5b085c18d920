package org.moxmail.smtp;

import java.util.Optional;

/**
 * An enhanced mail system status code, RFC 3463 §2, such as {@code 5.1.1}.
 *
 * @param category 2 for success, 4 for a persistent transient failure, 5 for a permanent failure (RFC 3463 calls it class)
 * @param subject 0 to 999
 * @param detail 0 to 999
 */
public record EnhancedCode(int category, int subject, int detail) {
    private static final int SHORTEST = "2.0.0".length();

    public EnhancedCode {
        if ((category != 2 && category != 4 && category != 5)
                || subject < 0
                || subject > 999
                || detail < 0
                || detail > 999) {
            throw new IllegalArgumentException(category + "." + subject + "." + detail);
        }
    }

    /** A code known to be well-formed. */
    public static EnhancedCode of(String text) {
        return find(text).orElseThrow(() -> new IllegalArgumentException(text));
    }

    /** The code that {@code text} is, or nothing when it is none. */
    public static Optional<EnhancedCode> find(String text) {
        int length = text.length();
        if (length < SHORTEST || text.charAt(1) != '.' || "245".indexOf(text.charAt(0)) < 0) {
            return Optional.empty();
        }
        int dot = text.indexOf('.', 2);
        int subject = dot < 0 ? -1 : number(text, 2, dot);
        int detail = dot < 0 ? -1 : number(text, dot + 1, length);
        return subject < 0 || detail < 0
                ? Optional.empty()
                : Optional.of(new EnhancedCode(text.charAt(0) - '0', subject, detail));
    }

    /** Up to three digits without leading zeros; -1 for anything else. */
    private static int number(String text, int from, int to) {
        if (to == from || to - from > 3 || (text.charAt(from) == '0' && to - from > 1)) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            if (!Cursor.isDigit(text.charAt(i))) {
                return -1;
            }
            value = value * 10 + text.charAt(i) - '0';
        }
        return value;
    }

    /** Whether subject and detail are these, in any category. */
    public boolean is(int wantedSubject, int wantedDetail) {
        return subject == wantedSubject && detail == wantedDetail;
    }

    @Override
    public String toString() {
        return category + "." + subject + "." + detail;
    }
}
