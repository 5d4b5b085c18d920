package org.moxmail.store;

import org.moxmail.message.mailbox.AppendResult;

/**
 * A message arrived.
 *
 * @param mailboxId where
 * @param message what it is there
 * @param repeated whether it had been delivered earlier with the same key, and nothing was done now
 */
public record Delivered(long mailboxId, AppendResult message, boolean repeated) {}
