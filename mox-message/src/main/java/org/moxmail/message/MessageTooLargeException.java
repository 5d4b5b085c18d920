package org.moxmail.message;

import java.io.IOException;

/** A message that is composed has become larger than {@link ComposeOptions#maxBytes} allows. */
public final class MessageTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    MessageTooLargeException(long maxBytes) {
        super("the message is larger than " + maxBytes + " octets");
    }
}
