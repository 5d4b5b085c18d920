package org.moxmail.imap;

/** What SEARCH is to return, RFC 9051 §6.4.4. */
public enum SearchReturn {
    MIN,
    MAX,
    ALL,
    COUNT,
    SAVE;

    /** The word on the wire. */
    public String keyword() {
        return name();
    }
}
