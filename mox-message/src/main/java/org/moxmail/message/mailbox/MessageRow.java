package org.moxmail.message.mailbox;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.Envelope;
import org.moxmail.message.MessageContent;

/**
 * A message of a mailbox during a visit. Valid until the visit ends; {@link #details}, {@link #envelope}, {@link #content},
 * {@link #kept} and the flags stay valid.
 * Instants are milliseconds since 1970.
 */
public interface MessageRow {
    /** Names the message's octets for as long as a session may read them. */
    long messageId();

    long uid();

    long modSeq();

    Flags flags();

    /** Octets of the whole message, what we put in front included. */
    long sizeBytes();

    /** INTERNALDATE, RFC 9051 §2.3.3. */
    long internalDateMillis();

    /** When it came into this mailbox, RFC 8514. */
    long saveDateMillis();

    /** The wide row: envelope, structure, preview. Costs a look-up of its own. */
    MessageDetails details() throws IOException;

    /** The envelope alone, which may cost less than the rest of the wide row. */
    default @Nullable Envelope envelope() throws IOException {
        return details().structure().envelope();
    }

    /**
     * The octets, where they can be had in memory at the cost of another look-up. Null means that the account has to be
     * asked, which may say that they are gone.
     */
    default @Nullable MessageContent content() throws IOException {
        return null;
    }

    /** What was given to {@link #keep} for this message and is still there; not to be changed. Null for nothing. */
    default byte @Nullable [] kept(MessageForm form) {
        return null;
    }

    /**
     * Keeps what was made of the message for whoever visits it next, as long as there is memory to spare. What is kept under
     * a form must be what everybody makes of it.
     *
     * @param octets not to be changed from now on
     */
    default void keep(MessageForm form, byte[] octets) {}
}
