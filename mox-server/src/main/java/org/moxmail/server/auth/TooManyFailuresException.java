package org.moxmail.server.auth;

import javax.security.sasl.SaslException;

/** Nobody from there may try again just now. */
final class TooManyFailuresException extends SaslException {
    private static final long serialVersionUID = 1L;

    TooManyFailuresException() {
        super("too many failed logins");
    }
}
