package org.moxmail.tlsrpt;

/** Rules for texts and counts in reports, RFC 7493 §2. */
final class ReportText {
    /** The largest integer that every reader of I-JSON gets right, RFC 7493 §2.2. */
    static final long MAX_COUNT = (1L << 53) - 1;

    private ReportText() {}

    /** A text that JSON in UTF-8 can have, RFC 7493 §2.1. */
    static String valid(String text) {
        if (!cleaned(text).equals(text)) {
            throw new IllegalArgumentException("half of a surrogate pair");
        }
        return text;
    }

    static long count(long count) {
        if (count < 0 || count > MAX_COUNT) {
            throw new IllegalArgumentException("count " + count);
        }
        return count;
    }

    static long bounded(long count) {
        return Math.clamp(count, 0, MAX_COUNT);
    }

    /** With replacement characters for halves of surrogate pairs. */
    static String cleaned(String text) {
        StringBuilder clean = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            clean = clean == null ? new StringBuilder(text) : clean;
            clean.setCharAt(i, '\ufffd');
        }
        return clean == null ? text : clean.toString();
    }
}
