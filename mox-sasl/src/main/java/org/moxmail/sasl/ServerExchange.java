package org.moxmail.sasl;

import java.io.IOException;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.jspecify.annotations.Nullable;

/** The server side of a mechanism. */
abstract class ServerExchange extends Exchange implements SaslServer {
    private @Nullable String user;
    private @Nullable String authorizationId;
    private @Nullable String channelBinding;

    ServerExchange(SaslMechanism mechanism) {
        super(mechanism);
    }

    @Override
    public final byte @Nullable [] evaluateResponse(byte[] response) throws SaslException {
        return advance(response);
    }

    @Override
    public final String getAuthorizationID() {
        requireComplete();
        if (authorizationId == null) {
            throw new IllegalStateException("complete without identity");
        }
        return authorizationId;
    }

    @Override
    final @Nullable Object property(String name) {
        return switch (name) {
            case SaslServers.USER -> user;
            case SaslServers.CHANNEL_BINDING -> channelBinding;
            default -> null;
        };
    }

    final void identify(String newUser, String newAuthorizationId, @Nullable String bindingType) {
        user = newUser;
        authorizationId = newAuthorizationId;
        channelBinding = bindingType;
    }

    /**
     * Whom a user with the right credentials acts as.
     *
     * @param requested as the client sent it, empty for the user
     */
    static String authorize(Credentials credentials, String user, String requested) throws SaslException {
        String wanted = nfc(requested);
        if (wanted.isEmpty() || wanted.equals(user)) {
            return user;
        }
        try {
            if (credentials.mayActAs(user, wanted)) {
                return wanted;
            }
        } catch (IOException e) {
            throw new TemporaryFailureException(e);
        }
        throw new AuthorizationException("user may not act as somebody else", user);
    }

    /** For PLAIN and LOGIN. */
    static void verify(Credentials credentials, String user, char[] password) throws SaslException {
        PasswordOutcome outcome;
        try {
            // An empty password isn't asked about: some directories take it for an anonymous login.
            outcome = password.length == 0 ? PasswordOutcome.REFUSED : credentials.verifyPassword(user, password);
        } catch (IOException e) {
            throw new TemporaryFailureException(e);
        } finally {
            Octets.wipe(password);
        }
        if (outcome != PasswordOutcome.VERIFIED) {
            throw new CredentialsException("user or password is wrong", user);
        }
    }
}
