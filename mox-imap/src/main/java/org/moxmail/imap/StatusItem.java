package org.moxmail.imap;

/** What STATUS tells of a mailbox, RFC 9051 §6.3.11. */
public enum StatusItem {
    MESSAGES("MESSAGES"),
    UIDNEXT("UIDNEXT"),
    UIDVALIDITY("UIDVALIDITY"),
    UNSEEN("UNSEEN"),
    DELETED("DELETED"),
    SIZE("SIZE"),
    /** RFC 3501 §6.3.10. */
    RECENT("RECENT"),
    /** RFC 7889 §3.2. */
    APPENDLIMIT("APPENDLIMIT"),
    /** RFC 7162 §3.1.7. */
    HIGHESTMODSEQ("HIGHESTMODSEQ"),
    /** RFC 9208 §4.3. */
    DELETED_STORAGE("DELETED-STORAGE"),
    /** RFC 8474 §4.3. */
    MAILBOXID("MAILBOXID");

    private final String keyword;

    StatusItem(String keyword) {
        this.keyword = keyword;
    }

    /** The word on the wire. */
    public String keyword() {
        return keyword;
    }
}
