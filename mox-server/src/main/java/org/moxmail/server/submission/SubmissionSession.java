package org.moxmail.server.submission;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.jspecify.annotations.Nullable;
import org.moxmail.server.auth.Login;
import org.moxmail.server.auth.LoginExchanges;
import org.moxmail.server.auth.LoginFailure;
import org.moxmail.server.delivery.Arrival;
import org.moxmail.server.failures.RequestedFailures;
import org.moxmail.smtp.MailParams;
import org.moxmail.smtp.ReversePath;
import org.moxmail.smtp.SmtpReply;
import org.moxmail.smtp.server.Hello;
import org.moxmail.smtp.server.MailDecision;
import org.moxmail.smtp.server.SaslSession;
import org.moxmail.smtp.server.SmtpPeer;
import org.moxmail.smtp.server.SmtpReplies;

/** One connection of a user. */
final class SubmissionSession implements SaslSession {
    private static final SmtpReply NOT_YOURS = SmtpReply.of(550, "5.7.1", "that address isn't yours to send from");

    private final SmtpPeer peer;
    private final String cid;
    private final LoginExchanges exchanges;
    private final Submissions submissions;
    private @Nullable Hello hello;
    private @Nullable SSLSession tls;
    private @Nullable Login login;

    /** @param cid the connection's number in logs */
    SubmissionSession(SmtpPeer peer, String cid, LoginExchanges exchanges, Submissions submissions) {
        this.peer = peer;
        this.cid = cid;
        this.exchanges = exchanges;
        this.submissions = submissions;
    }

    @Override
    public SmtpReply hello(Hello hello, @Nullable SSLSession tls) {
        this.hello = hello;
        this.tls = tls;
        return SmtpReplies.OK;
    }

    @Override
    public List<String> mechanisms(@Nullable SSLSession tls) {
        return exchanges.mechanisms(tls);
    }

    @Override
    public SaslServer start(String mechanism, @Nullable SSLSession tls) throws SaslException {
        return exchanges.start(mechanism, tls);
    }

    @Override
    public SmtpReply complete(SaslServer exchange) {
        Optional<Login> known = exchanges.complete(exchange);
        login = known.orElse(null);
        return known.isPresent() ? SmtpReplies.AUTHENTICATED : SmtpReplies.BAD_CREDENTIALS;
    }

    @Override
    public SmtpReply failed(String mechanism, SaslException cause) {
        LoginFailure failure = exchanges.failed(mechanism, cause);
        return switch (failure) {
            case CREDENTIALS -> SmtpReplies.BAD_CREDENTIALS;
            case CHANNEL_BINDING -> SmtpReply.of(535, "5.7.7", failure.text());
            case AUTHORIZATION -> SmtpReply.of(535, "5.7.8", failure.text());
            case TOO_MANY -> SmtpReply.of(421, "4.7.0", failure.text()).close();
            // RFC 4954 §6.
            case TEMPORARY -> SmtpReply.of(454, "4.7.0", failure.text());
            case MALFORMED -> SmtpReply.of(501, "5.5.2", failure.text());
            case ABORTED -> SmtpReply.of(501, "5.5.0", failure.text());
        };
    }

    @Override
    public Duration delay(int failures) {
        return exchanges.delay(failures);
    }

    @Override
    public MailDecision mail(ReversePath from, MailParams params) {
        Hello greeted = hello;
        Login user = login;
        if (greeted == null || user == null) {
            throw new IllegalStateException("MAIL before EHLO or AUTH");
        }
        if (from instanceof ReversePath.Address address) {
            if (!submissions.directory().mayUse(user.account(), address.mailbox())) {
                return MailDecision.refuse(NOT_YOURS);
            }
            Optional<SmtpReply> failure = submissions
                    .failures()
                    .at(RequestedFailures.Stage.MAIL, address.mailbox().localpart());
            if (failure.isPresent()) {
                return MailDecision.refuse(failure.get());
            }
        }
        Arrival arrival = new Arrival(
                peer.id(),
                cid,
                peer.remote().getAddress(),
                peer.local().getAddress(),
                greeted,
                tls,
                true,
                from,
                params,
                submissions.clock().instant());
        return MailDecision.begin(new SubmissionTransaction(arrival, user, submissions));
    }

    @Override
    public void close() {
        // Nothing is held between transactions.
    }
}
