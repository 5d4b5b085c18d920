package org.moxmail.message.mailbox;

/** What a mailbox is for, RFC 6154 §2. */
public enum SpecialUse {
    ARCHIVE("\\Archive"),
    DRAFTS("\\Drafts"),
    JUNK("\\Junk"),
    SENT("\\Sent"),
    TRASH("\\Trash");

    private final String keyword;

    SpecialUse(String keyword) {
        this.keyword = keyword;
    }

    /** The word on the wire. */
    public String keyword() {
        return keyword;
    }
}
