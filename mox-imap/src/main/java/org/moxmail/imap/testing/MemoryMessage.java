package org.moxmail.imap.testing;

import java.util.function.Supplier;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MessageDetails;
import org.moxmail.message.mailbox.MessageRow;

/** A message of a mailbox. Immutable. */
record MemoryMessage(
        long messageId,
        long uid,
        long modSeq,
        Flags flags,
        long internalDateMillis,
        long saveDateMillis,
        byte[] octets,
        Supplier<MessageDetails> detailsSource)
        implements MessageRow {
    @Override
    public long sizeBytes() {
        return octets.length;
    }

    @Override
    public MessageDetails details() {
        return detailsSource.get();
    }

    MemoryMessage with(Flags newFlags, long newModSeq) {
        return new MemoryMessage(
                messageId, uid, newModSeq, newFlags, internalDateMillis, saveDateMillis, octets, detailsSource);
    }

    MemoryMessage moved(long newMessageId, long newUid, long newModSeq, long newSaveDate) {
        return new MemoryMessage(
                newMessageId, newUid, newModSeq, flags, internalDateMillis, newSaveDate, octets, detailsSource);
    }
}
