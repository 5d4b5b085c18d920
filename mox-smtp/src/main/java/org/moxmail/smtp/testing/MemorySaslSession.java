package org.moxmail.smtp.testing;

import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSession;
import javax.security.sasl.AuthenticationException;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.jspecify.annotations.Nullable;
import org.moxmail.smtp.MailParams;
import org.moxmail.smtp.ReversePath;
import org.moxmail.smtp.SmtpReply;
import org.moxmail.smtp.server.Hello;
import org.moxmail.smtp.server.MailDecision;
import org.moxmail.smtp.server.SaslSession;
import org.moxmail.smtp.server.SmtpReplies;
import org.moxmail.smtp.server.SmtpSession;

/** A session of a service with users: PLAIN and LOGIN over TLS. */
final class MemorySaslSession implements SaslSession {
    private final MemorySmtpService service;
    private final SmtpSession session;

    MemorySaslSession(MemorySmtpService service, SmtpSession session) {
        this.service = service;
        this.session = session;
    }

    @Override
    public List<String> mechanisms(@Nullable SSLSession tls) {
        return tls == null ? List.of() : List.of("PLAIN", "LOGIN");
    }

    @Override
    public SaslServer start(String mechanism, @Nullable SSLSession tls) {
        return new PasswordExchange(service, mechanism);
    }

    @Override
    public SmtpReply complete(SaslServer exchange) {
        return service.refusalOr(exchange.getAuthorizationID(), SmtpReplies.AUTHENTICATED);
    }

    @Override
    public SmtpReply failed(String mechanism, SaslException cause) {
        return cause instanceof AuthenticationException
                ? SmtpReplies.BAD_CREDENTIALS
                : SmtpReply.of(501, "5.5.4", String.valueOf(cause.getMessage()));
    }

    @Override
    public Duration delay(int failures) {
        return Duration.ofSeconds(Math.max(0, failures - 3));
    }

    @Override
    public SmtpReply hello(Hello hello, @Nullable SSLSession tls) {
        return session.hello(hello, tls);
    }

    @Override
    public MailDecision mail(ReversePath from, MailParams params) {
        return session.mail(from, params);
    }

    @Override
    public void close() {
        session.close();
    }
}
