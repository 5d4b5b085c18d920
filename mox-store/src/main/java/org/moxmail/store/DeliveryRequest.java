package org.moxmail.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MailboxName;

/**
 * A message to deliver.
 *
 * @param mailbox where to; made and subscribed when missing
 * @param prefix header fields to put in front, each ending in CRLF; may be empty. Text as
 *     {@link org.moxmail.message.HeaderText} reads it
 * @param flags to begin with
 * @param internalDate RFC 9051 §2.3.3
 * @param traceId follows the message from here on; at most 200 characters
 * @param facts text to remember with the message, such as what is known of its sender; at most 60,000 octets
 * @param key names this delivery: a second one with the same key does nothing and has the first one's result; null when it
 *     happens only once anyway. At most 200 characters
 */
public record DeliveryRequest(
        MailboxName mailbox,
        String prefix,
        Flags flags,
        Instant internalDate,
        String traceId,
        String facts,
        @Nullable String key) {
    /** Most characters of a key or trace id. */
    public static final int MAX_NAME = 200;
    /** Most octets of facts. */
    public static final int MAX_FACTS = 60_000;
    /** Most octets of a prefix. */
    public static final int MAX_PREFIX = 60_000;

    public DeliveryRequest {
        if (traceId.length() > MAX_NAME || key != null && key.length() > MAX_NAME) {
            throw new IllegalArgumentException("a key or trace id of more than " + MAX_NAME + " characters");
        }
        if (facts.length() > MAX_FACTS || prefix.length() > MAX_PREFIX) {
            throw new IllegalArgumentException("facts or a prefix of more than " + MAX_FACTS + " characters");
        }
        if (!prefix.isEmpty() && !prefix.endsWith("\r\n")) {
            throw new IllegalArgumentException("a prefix that doesn't end in CRLF");
        }
    }
}
