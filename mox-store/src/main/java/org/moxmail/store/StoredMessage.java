package org.moxmail.store;

import org.moxmail.message.mailbox.MessageDetails;

/**
 * A message by its id, wherever it is.
 *
 * @param messageId of the account, never used again
 * @param mailboxId where it is
 * @param uid there
 * @param sizeBytes of the whole message
 * @param prefix header fields that were put in front when it was delivered
 * @param facts what the deliverer wanted remembered
 * @param details what it is like inside
 */
public record StoredMessage(
        long messageId,
        long mailboxId,
        long uid,
        long sizeBytes,
        String prefix,
        String facts,
        MessageDetails details) {}
