package org.moxmail.sasl;

import java.io.IOException;
import java.util.Optional;

/** Who the connection's peer is known to be by other means, such as a verified TLS client certificate. */
@FunctionalInterface
public interface ExternalIdentity {
    /**
     * Decides on the identity that the peer asks to be (RFC 4422 appendix A.1).
     *
     * @param requested the authorization identity in normalisation form C, empty to be whoever the peer is known to be
     * @return the authorization identity granted, or empty when the peer may not be that
     */
    Optional<String> authorize(String requested) throws IOException;
}
