package org.moxmail.smtp.client;

import java.util.List;
import javax.net.ssl.SSLSession;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslException;
import org.jspecify.annotations.Nullable;

/** Chooses how to log in, RFC 4954. */
@FunctionalInterface
public interface SaslChooser {
    /**
     * @param mechanisms what the server announced, in upper case and its order; may be empty
     * @param tls the connection's TLS session, null in plaintext
     * @return an exchange, which the session disposes of; null to go on without logging in
     * @throws SaslException when none will do: the session fails
     */
    @Nullable
    SaslClient choose(List<String> mechanisms, @Nullable SSLSession tls) throws SaslException;
}
