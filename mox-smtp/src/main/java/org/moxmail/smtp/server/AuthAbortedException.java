package org.moxmail.smtp.server;

import javax.security.sasl.SaslException;

/** A client gave up an AUTH exchange with {@code *}, or sent a line that is not base64. */
public final class AuthAbortedException extends SaslException {
    private static final long serialVersionUID = 1L;

    /** @param message which of the two */
    public AuthAbortedException(String message) {
        super(message);
    }
}
