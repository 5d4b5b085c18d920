package org.moxmail.store;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.Envelope;
import org.moxmail.message.MessageContent;
import org.moxmail.message.mailbox.MessageDetails;
import org.moxmail.store.kv.KvRead;

/** What {@link NarrowRow} doesn't have, for one visit to a mailbox's messages: found in the order of the messages. */
final class WideRows implements NarrowRow.Wide, AutoCloseable {
    private final NearbyRows details;
    private final NearbyRows octets;
    private @Nullable WideRow last;

    WideRows(KvRead kv) {
        details = new NearbyRows(kv, Tables.DETAILS.number());
        octets = new NearbyRows(kv, Tables.OCTETS);
    }

    @Override
    public MessageDetails details(long messageId) {
        return row(messageId).details();
    }

    @Override
    public @Nullable Envelope envelope(long messageId) {
        return row(messageId).envelope();
    }

    /** Null also for octets that aren't as they should be: whoever opens them then hears what is wrong. */
    @Override
    public @Nullable MessageContent content(long messageId) {
        WideRow row = row(messageId);
        byte[] first = octets.get(MessageBytes.partKey(row.bytesId, 0));
        byte[] prefix = row.prefix();
        if (first == null || row.sizeBytes > Integer.MAX_VALUE) {
            return null;
        }
        if (first.length == row.sizeBytes && prefix.length == 0) {
            return MessageContent.of(first);
        }
        byte[] whole = new byte[(int) row.sizeBytes];
        int end = append(whole, 0, prefix);
        byte[] part = first;
        for (int number = 1; part != null && end >= 0; number++) {
            end = append(whole, end, part);
            part = end == whole.length ? null : octets.get(MessageBytes.partKey(row.bytesId, number));
        }
        return end == whole.length ? MessageContent.of(whole) : null;
    }

    /** Where the octets end, or -1 when there is no room for them. */
    private static int append(byte[] whole, int at, byte[] more) {
        if (more.length > whole.length - at) {
            return -1;
        }
        System.arraycopy(more, 0, whole, at, more.length);
        return at + more.length;
    }

    private WideRow row(long messageId) {
        WideRow known = last;
        if (known != null && known.messageId == messageId) {
            return known;
        }
        WideRow found = WideRow.of(octets(messageId));
        last = found;
        return found;
    }

    private byte[] octets(long messageId) {
        byte[] chunk = details.get(key(messageId, 0));
        if (chunk == null) {
            throw new StoreException("message " + messageId + " has no details");
        }
        if (chunk.length < ReadTx.CHUNK) {
            return chunk;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream(2 * ReadTx.CHUNK);
        for (int i = 1; chunk != null; i++) {
            all.writeBytes(chunk);
            chunk = chunk.length < ReadTx.CHUNK ? null : details.get(key(messageId, i));
        }
        return all.toByteArray();
    }

    private static byte[] key(long messageId, int chunk) {
        byte[] key = new byte[10];
        for (int i = 0; i < 8; i++) {
            key[i] = (byte) (messageId >>> 56 - 8 * i);
        }
        key[8] = (byte) (chunk >>> 8);
        key[9] = (byte) chunk;
        return key;
    }

    @Override
    public void close() {
        details.close();
        octets.close();
    }
}
