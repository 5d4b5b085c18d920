package org.moxmail.sasl;

/** A string isn't allowed by the profile it should be prepared with (RFC 8264, RFC 3454). */
public final class PreparationException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With a reason that a user can read and that doesn't contain the string. */
    PreparationException(String reason) {
        super(reason, null, false, false);
    }
}
