package org.moxmail.server.delivery;

import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.smtp.ForwardPath;

/**
 * Somebody a message is for.
 *
 * @param path as the client named them
 * @param account whose it is
 * @param mailbox where it goes
 */
public record Addressee(ForwardPath path, String account, MailboxName mailbox) {}
