package org.moxmail.server.incoming;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.moxmail.message.mailbox.Spool;
import org.moxmail.server.delivery.Addressee;
import org.moxmail.server.delivery.Arrival;
import org.moxmail.server.delivery.Delivery;
import org.moxmail.server.delivery.Taken;
import org.moxmail.server.directory.Destination;
import org.moxmail.server.directory.Directory;
import org.moxmail.server.failures.RequestedFailures;
import org.moxmail.smtp.ForwardPath;
import org.moxmail.smtp.RcptParams;
import org.moxmail.smtp.ReversePath;
import org.moxmail.smtp.SmtpReply;
import org.moxmail.smtp.server.MailTransaction;
import org.moxmail.smtp.server.MessageStream;
import org.moxmail.smtp.server.SmtpReplies;

/** One message from another server. */
final class IncomingTransaction implements MailTransaction {
    private static final SmtpReply NOT_OURS = SmtpReply.of(550, "5.1.1", "not accepting mail for that domain");
    private static final SmtpReply NO_SUCH_USER = SmtpReply.of(550, "5.1.1", "no such user");
    /** RFC 5321 §6.1: a report goes to the one who sent what it is about. */
    private static final SmtpReply ONE_RECIPIENT = SmtpReply.of(452, "4.5.3", "a report has one recipient only");

    private final Arrival arrival;
    private final Directory directory;
    private final Delivery delivery;
    private final RequestedFailures failures;
    private final List<ForwardPath> named = new ArrayList<>();
    private final List<Addressee> addressees = new ArrayList<>();

    IncomingTransaction(Arrival arrival, Directory directory, Delivery delivery, RequestedFailures failures) {
        this.arrival = arrival;
        this.directory = directory;
        this.delivery = delivery;
        this.failures = failures;
    }

    @Override
    public SmtpReply recipient(ForwardPath to, RcptParams params) {
        Optional<SmtpReply> failure = failure(RequestedFailures.Stage.RCPT, to);
        if (failure.isPresent()) {
            return failure.get();
        }
        if (arrival.from() instanceof ReversePath.Null && !named.isEmpty()) {
            return ONE_RECIPIENT;
        }
        switch (directory.resolve(to)) {
            case Destination.Local local -> addressees.add(new Addressee(to, local.account(), local.mailbox()));
            case Destination.UnknownDomain unknown -> {
                return NOT_OURS;
            }
            case Destination.UnknownUser unknown -> {
                // Accepted for now: who exists isn't told before there is a message.
            }
        }
        named.add(to);
        return SmtpReplies.RECIPIENT_OK;
    }

    private Optional<SmtpReply> failure(RequestedFailures.Stage stage, ForwardPath to) {
        return to instanceof ForwardPath.Address address
                ? failures.at(stage, address.mailbox().localpart())
                : Optional.empty();
    }

    @Override
    public SmtpReply message(MessageStream body) throws IOException {
        return switch (delivery.take(body, arrival.params())) {
            case Taken.Refused refused -> refused.reply();
            case Taken.Spooled spooled -> {
                try (Spool spool = spooled.spool()) {
                    yield judge(spool);
                }
            }
        };
    }

    private SmtpReply judge(Spool spool) {
        for (ForwardPath to : named) {
            Optional<SmtpReply> failure = failure(RequestedFailures.Stage.MESSAGE, to);
            if (failure.isPresent()) {
                return failure.get();
            }
        }
        if (addressees.size() < named.size()) {
            return NO_SUCH_USER;
        }
        return delivery.deliver(spool, arrival, "", addressees);
    }

    @Override
    public void close() {
        // The spool is closed where it is opened.
    }
}
