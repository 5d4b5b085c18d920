package org.moxmail.store;

import org.jspecify.annotations.Nullable;
import org.moxmail.message.CorruptPartException;
import org.moxmail.message.HeaderText;
import org.moxmail.message.Part;
import org.moxmail.message.PartCodec;
import org.moxmail.message.mailbox.MessageDetails;

/**
 * The wide row of a message. Only its place ever changes, by a move.
 *
 * @param sizeBytes of the whole message, prefix included
 * @param prefix header fields put in front of the octets
 * @param structure as {@link PartCodec} writes it; offsets count from the prefix's start
 * @param linkKey under which {@link Threads} finds the message; empty for nothing
 */
record DetailsRow(
        long messageId,
        long mailboxId,
        long uid,
        long bytesId,
        long sizeBytes,
        long emailId,
        long threadId,
        String traceId,
        String prefix,
        String facts,
        @Nullable String preview,
        byte[] linkKey,
        byte[] structure) {
    static final RowCodec<DetailsRow> CODEC = new RowCodec<>() {
        @Override
        public int format() {
            return 1;
        }

        @Override
        public void write(DetailsRow row, RowWriter out) {
            out.number(row.messageId)
                    .number(row.mailboxId)
                    .number(row.uid)
                    .number(row.bytesId)
                    .number(row.sizeBytes)
                    .number(row.emailId)
                    .number(row.threadId)
                    .text(row.traceId)
                    .octets(row.prefixOctets())
                    .text(row.facts)
                    .optionalText(row.preview)
                    .octets(row.linkKey)
                    .octets(row.structure);
        }

        @Override
        public DetailsRow read(int format, RowReader in) {
            if (format != 1) {
                throw new IllegalArgumentException("format " + format);
            }
            return new DetailsRow(
                    in.number(),
                    in.number(),
                    in.number(),
                    in.number(),
                    in.number(),
                    in.number(),
                    in.number(),
                    in.text(),
                    text(in.octets()),
                    in.text(),
                    in.optionalText(),
                    in.octets(),
                    in.octets());
        }
    };

    private static String text(byte[] octets) {
        return HeaderText.decode(octets, 0, octets.length);
    }

    byte[] prefixOctets() {
        return prefix.isEmpty() ? new byte[0] : HeaderText.encode(prefix);
    }

    /** The same message at another place. */
    DetailsRow at(long mailboxId, long uid) {
        return copy(messageId, mailboxId, uid);
    }

    /** Another message with the same octets. */
    DetailsRow copy(long messageId, long mailboxId, long uid) {
        return new DetailsRow(
                messageId, mailboxId, uid, bytesId, sizeBytes, emailId, threadId, traceId, prefix, facts, preview,
                linkKey, structure);
    }

    MessageDetails details() {
        return new MessageDetails(part(), preview, emailId, threadId, traceId);
    }

    private Part part() {
        try {
            return PartCodec.decode(structure);
        } catch (CorruptPartException e) {
            throw new StoreException("the structure of message " + messageId + " can't be read: " + e.getMessage(), e);
        }
    }
}
