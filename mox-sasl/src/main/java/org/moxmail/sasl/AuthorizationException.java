package org.moxmail.sasl;

import org.jspecify.annotations.Nullable;

/**
 * The credentials are right, but the user may not act as the authorization identity asked for (RFC 4422 §3.4.1).
 */
public final class AuthorizationException extends CredentialsException {
    private static final long serialVersionUID = 1L;

    AuthorizationException(String message, @Nullable String user) {
        super(message, user);
    }
}
