package org.moxmail.imap;

/** Which mailboxes LIST selects, RFC 9051 §6.3.9.1. */
public enum ListSelection {
    SUBSCRIBED("SUBSCRIBED"),
    REMOTE("REMOTE"),
    /** Never alone. */
    RECURSIVEMATCH("RECURSIVEMATCH"),
    /** RFC 6154 §2. */
    SPECIAL_USE("SPECIAL-USE");

    private final String keyword;

    ListSelection(String keyword) {
        this.keyword = keyword;
    }

    /** The word on the wire. */
    public String keyword() {
        return keyword;
    }
}
