package org.moxmail.imap.testing;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.CrlfOutputStream;
import org.moxmail.message.MessageContent;
import org.moxmail.message.MessageParser;
import org.moxmail.message.Part;
import org.moxmail.message.mailbox.MessageDetails;
import org.moxmail.message.mailbox.Spool;

/** A message on its way into memory. */
final class MemorySpool implements Spool {
    private final MemoryAccount account;
    private final Collected collected = new Collected();
    private byte @Nullable [] octets;
    private @Nullable Part structure;
    private boolean opened;
    private boolean closed;

    MemorySpool(MemoryAccount account) {
        this.account = account;
        account.handles().incrementAndGet();
    }

    @Override
    public OutputStream out() {
        if (opened) {
            throw new IllegalStateException("the message is being written");
        }
        opened = true;
        return new CrlfOutputStream(collected);
    }

    @Override
    public long size() {
        return octets == null ? collected.size() : octets.length;
    }

    @Override
    public Part structure() {
        if (structure == null) {
            structure = MessageParser.parse(octets());
        }
        return structure;
    }

    byte[] octets() {
        if (octets == null) {
            throw new IllegalStateException("the message is being written");
        }
        return octets;
    }

    Supplier<MessageDetails> details(long messageId) {
        MessageDetails details = new MessageDetails(structure(), null, messageId, messageId, "t" + messageId);
        return () -> details;
    }

    @Override
    public MessageContent content() {
        return MessageContent.of(octets());
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            account.handles().decrementAndGet();
        }
    }

    /** Keeps what was written once it is closed. */
    private final class Collected extends ByteArrayOutputStream {
        @Override
        public void close() {
            if (octets == null) {
                octets = toByteArray();
            }
        }
    }
}
