package org.moxmail.message;

/**
 * The base subject by which messages are threaded.
 */
public record BaseSubject(String text, boolean response) {
    /** Of a Subject. */
    public static BaseSubject of(String subject) { throw new UnsupportedOperationException(); }
}
