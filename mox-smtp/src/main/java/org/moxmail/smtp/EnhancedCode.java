package org.moxmail.smtp;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An enhanced mail system status code, RFC 3463 §2, such as {@code 5.1.1}.
 *
 * @param category 2 for success, 4 for a persistent transient failure, 5 for a permanent failure (RFC 3463 calls it class)
 * @param subject 0 to 999
 * @param detail 0 to 999
 */
public record EnhancedCode(int category, int subject, int detail) {
    private static final Pattern FORM = Pattern.compile("([245])\\.(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,2})");

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
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new EnhancedCode(
                        Integer.parseInt(form.group(1)),
                        Integer.parseInt(form.group(2)),
                        Integer.parseInt(form.group(3))))
                : Optional.empty();
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
