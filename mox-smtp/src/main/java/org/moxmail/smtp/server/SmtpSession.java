package org.moxmail.smtp.server;

import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.moxmail.smtp.MailParams;
import org.moxmail.smtp.ReversePath;
import org.moxmail.smtp.SmtpReply;

/**
 * One connection's decisions. Calls come one after another on the connection's thread.
 *
 * <p>Order: {@link #hello} at least once before {@link #mail}; after STARTTLS everything known from before is forgotten (RFC
 * 3207 §4.2) and {@code hello} comes again, with a TLS session. One transaction is open at most; it is closed before the
 * next {@code mail}, and after an accepted {@code hello}.
 *
 * <p>A {@link RuntimeException} from any method is told to {@link SmtpEvents#failed}, answered with {@code 421 4.3.0}, and
 * ends the connection.
 */
public interface SmtpSession extends AutoCloseable {
    /**
     * The client introduced itself.
     *
     * @param tls the connection's TLS session now, null in plaintext
     * @return a positive reply (such as {@link SmtpReplies#OK}; the engine writes its own, with the extensions) or a refusal,
     *     which is sent as it is and leaves the connection as before
     */
    SmtpReply hello(Hello hello, @Nullable SSLSession tls);

    /**
     * A mail transaction is to begin, RFC 5321 §3.3. The engine has checked the parameters against what it offered, the size
     * against the limit, the need of SMTPUTF8, and TLS for REQUIRETLS.
     */
    MailDecision mail(ReversePath from, MailParams params);

    /** The connection ended. */
    @Override
    void close();
}
