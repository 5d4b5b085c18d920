package org.moxmail.imap.server;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.moxmail.imap.FormPrinter;
import org.moxmail.message.Envelope;
import org.moxmail.message.MessageContent;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MessageDetails;
import org.moxmail.message.mailbox.MessageForm;
import org.moxmail.message.mailbox.MessageRow;

/**
 * A message's row, kept after the snapshot that it was read in.
 *
 * @param envelopeForm printed; null when it wasn't asked for or has no one form, and then the details are there
 * @param structureForm the same of the structure
 * @param wide the details, null when they weren't asked for
 * @param content null when it wasn't asked for or wasn't at hand
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
        byte @Nullable [] envelopeForm,
        byte @Nullable [] structureForm,
        @Nullable MessageDetails wide,
        @Nullable MessageContent content,
        boolean removed)
        implements MessageRow {
    /** What is to be read of each row besides the narrow data. */
    record Columns(boolean envelope, boolean structure, boolean details, boolean octets) {
        static final Columns NARROW = new Columns(false, false, false, false);

        static final Columns DETAILS_AND_OCTETS = new Columns(false, false, true, true);
    }

    static FetchRow narrow(MessageRow row) {
        return new FetchRow(
                row.messageId(),
                row.uid(),
                row.modSeq(),
                row.flags(),
                row.sizeBytes(),
                row.internalDateMillis(),
                row.saveDateMillis(),
                null,
                null,
                null,
                null,
                false);
    }

    static FetchRow of(MessageRow row, Columns columns, FormPrinter printer, boolean removed) throws IOException {
        byte[] envelope = columns.envelope ? envelope(row, printer) : null;
        byte[] structure = columns.structure ? structure(row, printer) : null;
        boolean formless = columns.envelope && envelope == null || columns.structure && structure == null;
        return new FetchRow(
                row.messageId(),
                row.uid(),
                row.modSeq(),
                row.flags(),
                row.sizeBytes(),
                row.internalDateMillis(),
                row.saveDateMillis(),
                envelope,
                structure,
                columns.details || formless ? row.details() : null,
                columns.octets ? row.content() : null,
                removed);
    }

    private static byte @Nullable [] envelope(MessageRow row, FormPrinter printer) throws IOException {
        byte[] form = row.kept(MessageForm.ENVELOPE);
        if (form == null) {
            Envelope envelope = row.envelope();
            if (envelope == null) {
                throw new IllegalStateException("message " + row.messageId() + " has no envelope");
            }
            form = printer.envelope(envelope);
            row.keep(MessageForm.ENVELOPE, form);
        }
        return form.length == 0 ? null : form;
    }

    private static byte @Nullable [] structure(MessageRow row, FormPrinter printer) throws IOException {
        byte[] form = row.kept(MessageForm.STRUCTURE);
        if (form == null) {
            form = printer.bodyStructure(row.details().structure());
            row.keep(MessageForm.STRUCTURE, form);
        }
        return form.length == 0 ? null : form;
    }

    /** How much memory its octets take, those that others keep too included. */
    long octetCount() {
        return (content == null ? 0 : content.size())
                + (envelopeForm == null ? 0 : envelopeForm.length)
                + (structureForm == null ? 0 : structureForm.length);
    }

    /** The details, which were asked for. */
    @Override
    public MessageDetails details() {
        if (wide == null) {
            throw new IllegalStateException("details weren't read");
        }
        return wide;
    }
}
