package org.moxmail.message.authres;

/**
 * What one Authentication-Results field may have at most; RFC 8601 sets none, so they are ours. A field beyond them
 * is refused as one with wrong syntax.
 *
 * @param length chars of the field's value
 * @param results results in one field; a message with many signatures has as many
 * @param properties properties of one result
 * @param comments comments in one field
 */
public record AuthresLimits(int length, int results, int properties, int comments) {
    /** Far above what is seen. */
    public static final AuthresLimits DEFAULT = new AuthresLimits(32_768, 200, 50, 500);

    public AuthresLimits {
        if (length < 1 || results < 0 || properties < 0 || comments < 0) {
            throw new IllegalArgumentException("a limit below its least value");
        }
    }
}
