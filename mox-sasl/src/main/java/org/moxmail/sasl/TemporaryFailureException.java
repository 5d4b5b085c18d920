package org.moxmail.sasl;

import java.io.IOException;
import javax.security.sasl.SaslException;

/** The accounts couldn't be asked; says nothing about the credentials. The cause is the {@link IOException}. */
public final class TemporaryFailureException extends SaslException {
    private static final long serialVersionUID = 1L;

    TemporaryFailureException(IOException cause) {
        super("credentials can't be looked up now", cause);
    }
}
