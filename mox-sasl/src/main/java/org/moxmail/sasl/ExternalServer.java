package org.moxmail.sasl;

import java.io.IOException;
import java.util.Optional;
import javax.security.sasl.SaslException;
import org.jspecify.annotations.Nullable;

/** EXTERNAL, RFC 4422 appendix A. */
final class ExternalServer extends ServerExchange {
    private final ExternalIdentity identity;

    ExternalServer(ExternalIdentity identity) {
        super(SaslMechanism.EXTERNAL);
        this.identity = identity;
    }

    @Override
    byte @Nullable [] step(byte[] message) throws SaslException {
        // RFC 4422 appendix A.2: an empty message is a valid one, so a first empty message can't mean "none yet".
        String requested = nfc(utf8(message));
        if (requested.indexOf('\0') >= 0) {
            throw new SaslException("authorization identity with NUL");
        }
        Optional<String> granted;
        try {
            granted = identity.authorize(requested);
        } catch (IOException e) {
            throw new TemporaryFailureException(e);
        }
        String name = granted.orElseThrow(() -> new CredentialsException(
                "peer isn't known to be that identity", requested.isEmpty() ? null : requested));
        identify(name, name, null);
        complete();
        return null;
    }
}
