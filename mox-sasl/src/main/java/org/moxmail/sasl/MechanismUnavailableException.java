package org.moxmail.sasl;

import org.jspecify.annotations.Nullable;

/**
 * The user exists but has no secret for this mechanism. Tell the client what a wrong password is told; it isn't counted as a guess.
 */
public final class MechanismUnavailableException extends CredentialsException {
    private static final long serialVersionUID = 1L;

    MechanismUnavailableException(String message, @Nullable String user) {
        super(message, user);
    }
}
