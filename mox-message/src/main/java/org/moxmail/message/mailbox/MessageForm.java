package org.moxmail.message.mailbox;

/** What is made of a message again and again, and follows from nothing but its octets. */
public enum MessageForm {
    /** Its envelope as it is told to clients. */
    ENVELOPE,
    /** Its structure as it is told to clients. */
    STRUCTURE,
    /** Its subject as it is searched. */
    SUBJECT
}
