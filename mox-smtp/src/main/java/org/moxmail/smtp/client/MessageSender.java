package org.moxmail.smtp.client;

import java.io.IOException;
import org.moxmail.message.MessageContent;
import org.moxmail.smtp.client.SmtpFailure.Kind;

/**
 * Sends the octets of a message: for DATA with a dot before each dot at the start of a line (RFC 5321 §4.5.2), for BDAT as
 * they are. A carriage return or line feed alone, or a missing one at the end, is an error: what one server takes for text
 * another may take for the end of the message (smuggling).
 */
final class MessageSender {
    private static final int BLOCK = 32 * 1024;
    private static final byte[] DOT = {'.'};

    private final ClientWire wire;
    private final boolean stuffed;
    private final boolean checked;
    private boolean lineStart = true;
    private boolean afterCr;

    private MessageSender(ClientWire wire, boolean stuffed, boolean checked) {
        this.wire = wire;
        this.stuffed = stuffed;
        this.checked = checked;
    }

    /** Sends a message and the dot behind it. */
    static void data(ClientWire wire, MessageContent message) throws ClientFailureException {
        new MessageSender(wire, true, true).send(message);
        wire.writeLine("MESSAGE", ".");
    }

    /**
     * Sends a message as one chunk.
     *
     * @param binary its octets need not be lines
     */
    static void chunk(ClientWire wire, MessageContent message, boolean binary) throws ClientFailureException {
        new MessageSender(wire, false, !binary).send(message);
    }

    private void send(MessageContent message) throws ClientFailureException {
        byte[] block = new byte[BLOCK];
        long position = 0;
        while (position < message.size()) {
            int count = read(message, position, block);
            pass(block, count);
            position += count;
        }
        if (checked && (afterCr || !lineStart)) {
            throw bad("the message doesn't end in CRLF");
        }
    }

    private int read(MessageContent message, long position, byte[] block) throws ClientFailureException {
        try {
            int count = message.read(position, block, 0, block.length);
            if (count > 0) {
                return count;
            }
        } catch (IOException e) {
            wire.lose();
            throw new ClientFailureException(
                    SmtpFailure.temporary(Kind.MESSAGE, "MESSAGE", "the message can't be read: " + e.getMessage()), e);
        }
        wire.lose();
        throw new ClientFailureException(
                SmtpFailure.temporary(Kind.MESSAGE, "MESSAGE", "the message ended before its size"));
    }

    private void pass(byte[] block, int count) throws ClientFailureException {
        if (!checked) {
            wire.write("MESSAGE", block, 0, count);
            return;
        }
        int from = 0;
        for (int i = 0; i < count; i++) {
            byte octet = block[i];
            if (afterCr != (octet == '\n')) {
                throw bad(afterCr ? "carriage return alone in the message" : "line feed alone in the message");
            }
            if (stuffed && lineStart && octet == '.') {
                wire.write("MESSAGE", block, from, i - from);
                wire.write("MESSAGE", DOT, 0, 1);
                from = i;
            }
            afterCr = octet == '\r';
            lineStart = octet == '\n';
        }
        wire.write("MESSAGE", block, from, count - from);
    }

    private ClientFailureException bad(String text) {
        wire.lose();
        return new ClientFailureException(SmtpFailure.permanent(Kind.MESSAGE, "MESSAGE", text));
    }
}
