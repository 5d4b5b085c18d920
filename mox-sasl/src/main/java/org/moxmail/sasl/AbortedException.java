package org.moxmail.sasl;

import javax.security.sasl.SaslException;

/** The exchange was given up, by {@code dispose} or by the client, before it came to a result. */
public final class AbortedException extends SaslException {
    private static final long serialVersionUID = 1L;

    /** With a detail such as {@code client cancelled}. */
    public AbortedException(String message) {
        super(message);
    }
}
