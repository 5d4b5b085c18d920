package org.moxmail.server.submission;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.Address;
import org.moxmail.message.HeaderFields;
import org.moxmail.message.mailbox.Spool;
import org.moxmail.server.auth.Login;
import org.moxmail.server.delivery.Addressee;
import org.moxmail.server.delivery.Arrival;
import org.moxmail.server.delivery.Taken;
import org.moxmail.server.directory.Destination;
import org.moxmail.server.failures.RequestedFailures;
import org.moxmail.smtp.ForwardPath;
import org.moxmail.smtp.RcptParams;
import org.moxmail.smtp.SmtpReply;
import org.moxmail.smtp.server.MailTransaction;
import org.moxmail.smtp.server.MessageStream;
import org.moxmail.smtp.server.SmtpReplies;

/** One message of a user. */
final class SubmissionTransaction implements MailTransaction {
    private static final SmtpReply NO_SUCH_USER = SmtpReply.of(550, "5.1.1", "no such user");
    private static final SmtpReply NO_RELAY = SmtpReply.of(550, "5.7.1", "mail to other servers isn't sent from here");
    private static final SmtpReply NO_BODY =
            SmtpReply.of(554, "5.6.0", "the message has no empty line behind its header");
    private static final SmtpReply NOT_YOURS =
            SmtpReply.of(550, "5.7.1", "the address in the From header isn't yours to send from");

    private final Arrival arrival;
    private final Login login;
    private final Submissions submissions;
    private final List<Addressee> addressees = new ArrayList<>();

    SubmissionTransaction(Arrival arrival, Login login, Submissions submissions) {
        this.arrival = arrival;
        this.login = login;
        this.submissions = submissions;
    }

    @Override
    public SmtpReply recipient(ForwardPath to, RcptParams params) {
        Optional<SmtpReply> failure = failure(RequestedFailures.Stage.RCPT, to);
        if (failure.isPresent()) {
            return failure.get();
        }
        return switch (submissions.directory().resolve(to)) {
            case Destination.Local local -> {
                addressees.add(new Addressee(to, local.account(), local.mailbox()));
                yield SmtpReplies.RECIPIENT_OK;
            }
            case Destination.UnknownUser unknown -> NO_SUCH_USER;
            case Destination.UnknownDomain unknown -> NO_RELAY;
        };
    }

    private Optional<SmtpReply> failure(RequestedFailures.Stage stage, ForwardPath to) {
        return to instanceof ForwardPath.Address address
                ? submissions.failures().at(stage, address.mailbox().localpart())
                : Optional.empty();
    }

    @Override
    public SmtpReply message(MessageStream body) throws IOException {
        return switch (submissions.delivery().take(body, arrival.params())) {
            case Taken.Refused refused -> refused.reply();
            case Taken.Spooled spooled -> {
                try (Spool spool = spooled.spool()) {
                    yield judge(spool, spooled.header());
                }
            }
        };
    }

    private SmtpReply judge(Spool spool, HeaderFields header) throws IOException {
        if (!endsItsHeader(spool)) {
            return NO_BODY;
        }
        Address author;
        try {
            author = header.from();
        } catch (SyntaxException e) {
            // Which of several a reader would show can't be known, so none is picked.
            return SmtpReply.of(
                    550, "5.6.0", "the message must have one From header field with one address: " + e.expected());
        }
        if (!submissions.directory().mayUse(login.account(), author)) {
            return NOT_YOURS;
        }
        for (Addressee addressee : addressees) {
            Optional<SmtpReply> failure = failure(RequestedFailures.Stage.MESSAGE, addressee.path());
            if (failure.isPresent()) {
                return failure.get();
            }
        }
        String added = new AddedFields(submissions, arrival.at()).print(header, login.address());
        return submissions.delivery().deliver(spool, arrival, added, addressees);
    }

    /** A message of header lines alone was cut off more likely than meant (RFC 5322 §2.1 allows it). */
    private static boolean endsItsHeader(Spool spool) throws IOException {
        var structure = spool.structure();
        return structure.bodyOffset() < spool.size() || endsWithEmptyLine(spool);
    }

    private static boolean endsWithEmptyLine(Spool spool) throws IOException {
        try (var content = spool.content()) {
            byte[] end = new byte[4];
            int length = (int) Math.min(end.length, content.size());
            int got = 0;
            while (got < length) {
                got += Math.max(0, content.read(content.size() - length + got, end, got, length - got));
            }
            String text = new String(end, 0, length, StandardCharsets.ISO_8859_1);
            return text.equals("\r\n\r\n") || text.equals("\r\n");
        }
    }

    @Override
    public void close() {
        // The spool is closed where it is opened.
    }
}
