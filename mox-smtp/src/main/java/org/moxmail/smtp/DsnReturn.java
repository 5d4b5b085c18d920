package org.moxmail.smtp;

/** What of a message a report about its failure contains, the RET parameter of MAIL (RFC 3461 §4.3). */
public enum DsnReturn {
    /** All. */
    FULL,
    /** The header only. */
    HDRS;

    /** The word on the wire. */
    public String keyword() {
        return this == FULL ? "FULL" : "HDRS";
    }
}
