package org.moxmail.smtp.server;

import java.io.IOException;

/** The client gave a message up between two chunks. */
final class AbortedMessageException extends IOException {
    private static final long serialVersionUID = 1L;

    AbortedMessageException() {
        super("the client gave the message up");
    }
}
