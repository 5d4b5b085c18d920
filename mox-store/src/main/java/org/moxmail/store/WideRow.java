package org.moxmail.store;

import org.jspecify.annotations.Nullable;
import org.moxmail.message.CorruptPartException;
import org.moxmail.message.Envelope;
import org.moxmail.message.Part;
import org.moxmail.message.PartCodec;
import org.moxmail.message.mailbox.MessageDetails;

/** The octets of a {@link DetailsRow} for who reads many and wants a little of each: only what is asked for is decoded. */
final class WideRow {
    private final byte[] octets;
    private final RowReader in;
    final long messageId;
    final long bytesId;
    final long sizeBytes;
    private final long emailId;
    private final long threadId;
    private final int rest;

    private WideRow(byte[] octets) {
        this.octets = octets;
        in = new RowReader(octets);
        int format = in.u8();
        if (format != 1) {
            throw new IllegalArgumentException("format " + format);
        }
        messageId = in.number();
        // The place.
        in.number();
        in.number();
        bytesId = in.number();
        sizeBytes = in.number();
        emailId = in.number();
        threadId = in.number();
        rest = in.position();
    }

    static WideRow of(byte[] octets) {
        try {
            return new WideRow(octets);
        } catch (IllegalArgumentException e) {
            throw unreadable(e);
        }
    }

    private static StoreException unreadable(IllegalArgumentException cause) {
        return new StoreException("a row of details can't be read: " + cause.getMessage(), cause);
    }

    byte[] prefix() {
        try {
            in.position(rest);
            in.skip();
            return in.octets();
        } catch (IllegalArgumentException e) {
            throw unreadable(e);
        }
    }

    MessageDetails details() {
        try {
            in.position(rest);
            String traceId = in.text();
            in.skip();
            in.skip();
            String preview = in.optionalText();
            in.skip();
            int length = in.count();
            Part structure = PartCodec.decode(octets, in.position(), in.position() + length);
            return new MessageDetails(structure, preview, emailId, threadId, traceId);
        } catch (IllegalArgumentException | IndexOutOfBoundsException | CorruptPartException e) {
            throw broken(e);
        }
    }

    @Nullable
    Envelope envelope() {
        try {
            in.position(rest);
            in.skip();
            in.skip();
            in.skip();
            if (in.u8() != 0) {
                in.skip();
            }
            in.skip();
            int length = in.count();
            return PartCodec.decodeEnvelope(octets, in.position(), in.position() + length);
        } catch (IllegalArgumentException | IndexOutOfBoundsException | CorruptPartException e) {
            throw broken(e);
        }
    }

    private StoreException broken(Exception cause) {
        return new StoreException(
                "the structure of message " + messageId + " can't be read: " + cause.getMessage(), cause);
    }
}
