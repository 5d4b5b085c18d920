package org.moxmail.sasl;

/** What became of a user name and password. */
public enum PasswordOutcome {
    /** There is such a user, and it is the user's password. */
    VERIFIED,
    /** There is no such user, or it isn't the password. Take the same time for both. */
    REFUSED
}
