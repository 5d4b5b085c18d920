package org.moxmail.imap.testing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MessageDetails;
import org.moxmail.message.mailbox.MessageForm;
import org.moxmail.message.mailbox.MessageRow;

/** A message of a mailbox. Immutable, but for what is kept of it. */
record MemoryMessage(
        long messageId,
        long uid,
        long modSeq,
        Flags flags,
        long internalDateMillis,
        long saveDateMillis,
        byte[] octets,
        Supplier<MessageDetails> detailsSource,
        Map<MessageForm, byte[]> forms)
        implements MessageRow {
    @Override
    public long sizeBytes() {
        return octets.length;
    }

    @Override
    public MessageDetails details() {
        return detailsSource.get();
    }

    @Override
    public byte @Nullable [] kept(MessageForm form) {
        return forms.get(form);
    }

    @Override
    public void keep(MessageForm form, byte[] kept) {
        forms.put(form, kept);
    }

    static Map<MessageForm, byte[]> noForms() {
        return new ConcurrentHashMap<>();
    }

    MemoryMessage with(Flags newFlags, long newModSeq) {
        return new MemoryMessage(
                messageId, uid, newModSeq, newFlags, internalDateMillis, saveDateMillis, octets, detailsSource, forms);
    }

    MemoryMessage moved(long newMessageId, long newUid, long newModSeq, long newSaveDate) {
        return new MemoryMessage(
                newMessageId, newUid, newModSeq, flags, internalDateMillis, newSaveDate, octets, detailsSource, forms);
    }
}
