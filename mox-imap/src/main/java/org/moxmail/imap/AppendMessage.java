package org.moxmail.imap;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.mailbox.Flags;

/**
 * What APPEND says of a message before its octets come, RFC 9051 §6.3.12.
 *
 * @param flags to be set
 * @param internalDate or null for now
 * @param literal announces the octets, which aren't part of the value
 */
public record AppendMessage(Flags flags, @Nullable OffsetDateTime internalDate, LiteralHeader literal) {
    public AppendMessage {
        if (internalDate != null) {
            Grammar.dateTime(internalDate);
        }
    }
}
