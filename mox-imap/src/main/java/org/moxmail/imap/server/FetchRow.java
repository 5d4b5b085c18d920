package org.moxmail.imap.server;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.Envelope;
import org.moxmail.message.MessageContent;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MessageDetails;
import org.moxmail.message.mailbox.MessageRow;

/**
 * A message's row, kept after the snapshot that it was read in.
 *
 * @param envelope null when it wasn't asked for, or there is none
 * @param details null when they weren't asked for
 * @param octets null when they weren't asked for or weren't at hand
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
        @Nullable Envelope envelope,
        @Nullable MessageDetails details,
        @Nullable MessageContent octets,
        boolean removed) {
    /**
     * What is to be read of each row besides the narrow data.
     *
     * @param envelope of the message, when the details aren't wanted anyway
     */
    record Columns(boolean envelope, boolean details, boolean octets) {
        static final Columns NARROW = new Columns(false, false, false);

        static final Columns EVERYTHING = new Columns(true, true, true);
    }

    static FetchRow of(MessageRow row, Columns columns, boolean removed) throws IOException {
        MessageDetails details = columns.details ? row.details() : null;
        Envelope envelope = null;
        if (columns.envelope) {
            envelope = details == null ? row.envelope() : details.structure().envelope();
        }
        return new FetchRow(
                row.messageId(),
                row.uid(),
                row.modSeq(),
                row.flags(),
                row.sizeBytes(),
                row.internalDateMillis(),
                row.saveDateMillis(),
                envelope,
                details,
                columns.octets ? row.content() : null,
                removed);
    }

    /** How much memory its octets take. */
    long octetCount() {
        return octets == null ? 0 : octets.size();
    }

    /** The details, which were asked for. */
    MessageDetails wide() {
        if (details == null) {
            throw new IllegalStateException("details weren't read");
        }
        return details;
    }
}
