package org.moxmail.smtp.server;

import java.io.IOException;

/** The connection was asked to end while it waited for the peer. */
final class FinishingException extends IOException {
    private static final long serialVersionUID = 1L;

    FinishingException() {
        super("shutting down");
    }
}
