package org.moxmail.imap.server;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MessageDetails;
import org.moxmail.message.mailbox.MessageRow;

/**
 * A message's row, kept after the snapshot that it was read in.
 *
 * @param details null when they weren't asked for
 * @param removed the message is gone, which the client doesn't know yet
 */
record FetchRow(
        long messageId,
        long uid,
        long modSeq,
        Flags flags,
        long sizeBytes,
        long internalDateMillis,
        long saveDateMillis,
        @Nullable MessageDetails details,
        boolean removed) {
    static FetchRow of(MessageRow row, boolean details, boolean removed) throws IOException {
        return new FetchRow(
                row.messageId(),
                row.uid(),
                row.modSeq(),
                row.flags(),
                row.sizeBytes(),
                row.internalDateMillis(),
                row.saveDateMillis(),
                details ? row.details() : null,
                removed);
    }

    /** The details, which were asked for. */
    MessageDetails wide() {
        if (details == null) {
            throw new IllegalStateException("details weren't read");
        }
        return details;
    }
}
