package org.moxmail.smtp.server;

import java.io.IOException;

/** So much of a lost message is still to come that the connection had better end. */
final class TooMuchToDiscardException extends IOException {
    private static final long serialVersionUID = 1L;

    TooMuchToDiscardException() {
        super("too much of a refused message left");
    }
}
