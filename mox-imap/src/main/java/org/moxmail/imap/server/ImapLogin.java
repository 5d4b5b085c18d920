package org.moxmail.imap.server;

import java.util.List;
import javax.net.ssl.SSLSession;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.jspecify.annotations.Nullable;

/**
 * A connection that isn't logged in yet. One thread.
 *
 * <p>LOGIN is carried out as an exchange of the mechanism PLAIN, so there is one place that decides about passwords.
 */
public interface ImapLogin extends AutoCloseable {
    /**
     * SASL mechanisms that this connection can use now, best first. Without {@code PLAIN} in it LOGIN is disabled.
     *
     * @param tls the connection's TLS session, null in plaintext
     */
    List<String> mechanisms(@Nullable SSLSession tls);

    /** Starts an exchange of a mechanism from {@link #mechanisms}. The engine disposes of it. */
    SaslServer start(String mechanism, @Nullable SSLSession tls) throws SaslException;

    /** The exchange is complete. */
    LoginResult complete(SaslServer exchange);

    /**
     * The exchange failed. {@link javax.security.sasl.AuthenticationException} stands for wrong credentials, any other
     * SaslException for a malformed or aborted exchange.
     */
    LoginResult.Refused failed(String mechanism, SaslException cause);

    /** How long to wait before the next attempt is looked at, given how many failed on this connection. */
    java.time.Duration delay(int failures);

    @Override
    void close();
}
