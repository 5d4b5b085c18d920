package org.moxmail.smtp.server;

import java.io.IOException;

/** The connection's thread was interrupted while a transaction read a message; the thread's flag is set again. */
final class InterruptedWireException extends IOException {
    private static final long serialVersionUID = 1L;

    InterruptedWireException() {
        super("interrupted");
    }
}
