package org.moxmail.sasl;

import org.jspecify.annotations.Nullable;

/**
 * The client's idea of the TLS connection isn't ours, or it was led to believe that we bind no channels: somebody may sit in between (RFC 5802 §6).
 */
public final class ChannelBindingException extends CredentialsException {
    private static final long serialVersionUID = 1L;

    ChannelBindingException(String message, @Nullable String user) {
        super(message, user);
    }
}
