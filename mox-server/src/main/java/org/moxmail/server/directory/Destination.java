package org.moxmail.server.directory;

import org.moxmail.message.mailbox.MailboxName;

/** What an address stands for. */
public sealed interface Destination {
    /** A mailbox of an account. */
    record Local(String account, MailboxName mailbox) implements Destination {}

    /** The domain is ours, but has no such user. */
    record UnknownUser() implements Destination {}

    /** The domain isn't ours. */
    record UnknownDomain() implements Destination {}
}
