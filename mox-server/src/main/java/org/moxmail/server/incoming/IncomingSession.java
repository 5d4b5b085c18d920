package org.moxmail.server.incoming;

import java.time.InstantSource;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.moxmail.server.delivery.Arrival;
import org.moxmail.server.delivery.Delivery;
import org.moxmail.server.directory.Directory;
import org.moxmail.server.failures.RequestedFailures;
import org.moxmail.smtp.MailParams;
import org.moxmail.smtp.ReversePath;
import org.moxmail.smtp.SmtpReply;
import org.moxmail.smtp.server.Hello;
import org.moxmail.smtp.server.MailDecision;
import org.moxmail.smtp.server.SmtpPeer;
import org.moxmail.smtp.server.SmtpReplies;
import org.moxmail.smtp.server.SmtpSession;

/** One connection of another server. */
final class IncomingSession implements SmtpSession {
    private final SmtpPeer peer;
    private final String cid;
    private final Directory directory;
    private final Delivery delivery;
    private final RequestedFailures failures;
    private final InstantSource clock;
    private @Nullable Hello hello;
    private @Nullable SSLSession tls;

    /** @param cid the connection's number in logs */
    IncomingSession(
            SmtpPeer peer,
            String cid,
            Directory directory,
            Delivery delivery,
            RequestedFailures failures,
            InstantSource clock) {
        this.peer = peer;
        this.cid = cid;
        this.directory = directory;
        this.delivery = delivery;
        this.failures = failures;
        this.clock = clock;
    }

    @Override
    public SmtpReply hello(Hello hello, @Nullable SSLSession tls) {
        this.hello = hello;
        this.tls = tls;
        return SmtpReplies.OK;
    }

    @Override
    public MailDecision mail(ReversePath from, MailParams params) {
        Hello greeted = hello;
        if (greeted == null) {
            throw new IllegalStateException("MAIL before EHLO");
        }
        if (from instanceof ReversePath.Address address) {
            Optional<SmtpReply> failure =
                    failures.at(RequestedFailures.Stage.MAIL, address.mailbox().localpart());
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
                false,
                from,
                params,
                clock.instant());
        return MailDecision.begin(new IncomingTransaction(arrival, directory, delivery, failures));
    }

    @Override
    public void close() {
        // Nothing is held between transactions.
    }
}
