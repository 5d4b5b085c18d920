package org.moxmail.message.mailbox;

import org.jspecify.annotations.Nullable;
import org.moxmail.message.Part;

/**
 * What a message is like inside.
 *
 * @param structure offsets count from the start of the message as it is read, prefix included; its envelope is set
 * @param preview RFC 8970; null when it wasn't made yet
 * @param emailId names equal octets within the account, RFC 8474
 * @param threadId RFC 8474
 * @param traceId follows the message from the connection that brought it to its expunge
 */
public record MessageDetails(Part structure, @Nullable String preview, long emailId, long threadId, String traceId) {}
