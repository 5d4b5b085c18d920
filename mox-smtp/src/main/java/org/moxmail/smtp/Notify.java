package org.moxmail.smtp;

/** When to report about a recipient, the NOTIFY parameter of RCPT (RFC 3461 §4.1). */
public enum Notify {
    /** Never; stands alone. */
    NEVER("NEVER"),
    /** On delivery. */
    SUCCESS("SUCCESS"),
    /** On failure. */
    FAILURE("FAILURE"),
    /** On delay. */
    DELAY("DELAY");

    private final String keyword;

    Notify(String keyword) {
        this.keyword = keyword;
    }

    /** The word on the wire. */
    public String keyword() {
        return keyword;
    }
}
