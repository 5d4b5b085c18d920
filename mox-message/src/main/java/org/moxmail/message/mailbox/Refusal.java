package org.moxmail.message.mailbox;

/** Why a mailbox operation wasn't done. Each has a response code in IMAP and a reply in SMTP. */
public enum Refusal {
    /** No such mailbox. */
    NONEXISTENT,
    ALREADY_EXISTS,
    /** A mailbox with children can't be deleted. */
    HAS_CHILDREN,
    /** Not possible for this mailbox, such as deleting Inbox. */
    CANNOT,
    OVER_QUOTA,
    /** No UID or UIDVALIDITY left, or another bound of the account reached. */
    LIMIT
}
