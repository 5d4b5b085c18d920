package org.moxmail.imap.server;

/** The names that RFC 8474 gives to mailboxes, messages and threads. A letter keeps the kinds apart (its §3). */
final class ObjectIds {
    private ObjectIds() {}

    static String mailbox(long id) {
        return "F" + id;
    }

    static String email(long id) {
        return "M" + id;
    }

    static String thread(long id) {
        return "T" + id;
    }
}
