package org.moxmail.sasl;

import javax.security.sasl.SaslException;

/** EXTERNAL, RFC 4422 appendix A. Its message may be empty, which isn't the same as none. */
final class ExternalClient extends ClientExchange {
    private final String authorizationId;

    ExternalClient(String authorizationId) {
        super(SaslMechanism.EXTERNAL);
        this.authorizationId = requireName(authorizationId);
    }

    @Override
    byte[] step(byte[] challenge) throws SaslException {
        requireEmpty(challenge);
        complete();
        return Octets.utf8(authorizationId);
    }
}
