package org.moxmail.smtp.server;

import java.io.IOException;

/** The peer took too long. */
final class WireTimeoutException extends IOException {
    private static final long serialVersionUID = 1L;

    WireTimeoutException() {
        super("the peer took too long");
    }
}
