package org.moxmail.smtp.server;

import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSession;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.jspecify.annotations.Nullable;
import org.moxmail.smtp.SmtpReply;

/**
 * A session in which one can log in with AUTH, RFC 4954. The engine owns the exchange on the wire; it asks here what there
 * is and what its end means.
 */
public interface SaslSession extends SmtpSession {
    /**
     * SASL mechanisms that this connection can use now, in the order to announce them. None: AUTH is not announced.
     *
     * @param tls the connection's TLS session, null in plaintext
     */
    List<String> mechanisms(@Nullable SSLSession tls);

    /** Starts an exchange of a mechanism from {@link #mechanisms}. The engine disposes of it. */
    SaslServer start(String mechanism, @Nullable SSLSession tls) throws SaslException;

    /**
     * The exchange is complete.
     *
     * @return {@code 235 2.7.0} when the client is in now; otherwise a refusal, such as {@code 525 5.7.13} for an account
     *     that may not log in. Anything but 235 counts as a failed attempt
     */
    SmtpReply complete(SaslServer exchange);

    /**
     * The exchange failed, or could not be started. {@link javax.security.sasl.AuthenticationException} stands for wrong
     * credentials, any other SaslException for a malformed exchange; an {@link AuthAbortedException} for one the client gave
     * up or broke in its encoding.
     *
     * @return the refusal. For an {@link AuthAbortedException} it is not sent: the engine has a reply of its own
     */
    SmtpReply failed(String mechanism, SaslException cause);

    /** How long to wait before the next attempt is looked at, given how many failed on this connection. */
    Duration delay(int failures);

    /**
     * Whether the client is known without AUTH, by its TLS certificate, so that it may send mail where AUTH is required.
     *
     * @param tls the connection's TLS session, null in plaintext
     */
    default boolean identified(@Nullable SSLSession tls) {
        return false;
    }

    /** The refusal of a mechanism that is not among {@link #mechanisms}. */
    default SmtpReply unavailable(String mechanism, @Nullable SSLSession tls) {
        // RFC 4954 §6: 538 for a mechanism that would do in an encrypted connection.
        boolean wouldDo = tls == null
                && (mechanism.equals("PLAIN")
                        || mechanism.equals("LOGIN")
                        || mechanism.equals("EXTERNAL")
                        || mechanism.endsWith("-PLUS"));
        return wouldDo ? SmtpReplies.ENCRYPTION_REQUIRED : SmtpReplies.MECHANISM_UNKNOWN;
    }
}
