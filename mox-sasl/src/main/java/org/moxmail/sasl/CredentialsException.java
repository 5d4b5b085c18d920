package org.moxmail.sasl;

import java.util.Optional;
import javax.security.sasl.AuthenticationException;
import org.jspecify.annotations.Nullable;

/**
 * The credentials were refused. This class itself says that user or password are wrong (which of them isn't known outside),
 * its subclasses say something else. All mechanisms here throw it in place of its supertype.
 */
public sealed class CredentialsException extends AuthenticationException
        permits AuthorizationException, ChannelBindingException, MechanismUnavailableException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String user;

    CredentialsException(String message, @Nullable String user) {
        super(message);
        this.user = user;
    }

    /** The user name that the client claimed, in normalisation form C, if it got that far. For logs and counters. */
    public Optional<String> user() {
        return Optional.ofNullable(user);
    }
}
