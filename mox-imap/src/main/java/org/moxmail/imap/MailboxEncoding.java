package org.moxmail.imap;

/** How mailbox names are written on a connection. */
public enum MailboxEncoding {
    /** RFC 3501 §5.1.3; until IMAP4rev2 or UTF8=ACCEPT is enabled. */
    MODIFIED_UTF7,
    /** RFC 9051 §5.1. */
    UTF8
}
