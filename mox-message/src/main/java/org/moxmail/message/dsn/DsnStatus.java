package org.moxmail.message.dsn;

import org.moxmail.dns.SyntaxException;

/**
 * The code of the Status field, RFC 3464 §2.3.4 and RFC 3463 §2, such as {@code 5.1.1}.
 *
 * @param statusClass 2 for success, 4 for a failure that may pass, 5 for one that won't
 * @param subject what it is about, 0 to 999
 * @param detail the condition, 0 to 999
 */
public record DsnStatus(int statusClass, int subject, int detail) {
    /** A delivery. */
    public static final DsnStatus UNDEFINED_SUCCESS = new DsnStatus(2, 0, 0);

    /** A failure that may pass, of which nothing more is known. */
    public static final DsnStatus UNDEFINED_DELAY = new DsnStatus(4, 0, 0);

    /** A failure of which nothing more is known. */
    public static final DsnStatus UNDEFINED_FAILURE = new DsnStatus(5, 0, 0);

    private static final String RFC = "RFC 3464 §2.3.4";

    /** @throws IllegalArgumentException for another class, or numbers out of range */
    public DsnStatus {
        boolean known = statusClass == 2 || statusClass == 4 || statusClass == 5;
        if (!known || subject < 0 || subject > 999 || detail < 0 || detail > 999) {
            throw new IllegalArgumentException("status " + statusClass + "." + subject + "." + detail);
        }
    }

    /**
     * Reads a code.
     *
     * @throws SyntaxException when the whole text isn't one; the offset is in chars
     */
    public static DsnStatus parse(String text) throws SyntaxException {
        if (text.isEmpty() || "245".indexOf(text.charAt(0)) < 0) {
            throw new SyntaxException(0, "a class of 2, 4 or 5", "RFC 3463 §3.1");
        }
        int second = dot(text, 1);
        int subjectEnd = digits(text, second);
        int third = dot(text, subjectEnd);
        int end = digits(text, third);
        if (end < text.length()) {
            throw new SyntaxException(end, "nothing behind the code", RFC);
        }
        return new DsnStatus(text.charAt(0) - '0', number(text, second, subjectEnd), number(text, third, end));
    }

    private static int dot(String text, int at) throws SyntaxException {
        if (at >= text.length() || text.charAt(at) != '.') {
            throw new SyntaxException(at, "a dot", RFC);
        }
        return at + 1;
    }

    private static int digits(String text, int from) throws SyntaxException {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        boolean leadingZero = at - from > 1 && text.charAt(from) == '0';
        if (at == from || at - from > 3 || leadingZero) {
            throw new SyntaxException(from, "a number of one to three digits without leading zeros", RFC);
        }
        return at;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    /** Whether it tells of a delivery. */
    public boolean success() {
        return statusClass == 2;
    }

    /** Whether it tells of a failure that another attempt won't mend. */
    public boolean permanent() {
        return statusClass == 5;
    }

    /** As the field has it, such as {@code 5.1.1}. */
    public String print() {
        return statusClass + "." + subject + "." + detail;
    }

    /** As {@link #print}. */
    @Override
    public String toString() {
        return print();
    }
}
