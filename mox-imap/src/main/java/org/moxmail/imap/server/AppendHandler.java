package org.moxmail.imap.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;
import org.moxmail.imap.AppendMessage;
import org.moxmail.imap.Frame;
import org.moxmail.imap.ImapCommand;
import org.moxmail.imap.ImapResponse.Status;
import org.moxmail.imap.ImapSyntaxException;
import org.moxmail.imap.LiteralHeader;
import org.moxmail.imap.Octets;
import org.moxmail.imap.ResponseCode;
import org.moxmail.imap.SequenceSet;
import org.moxmail.imap.Tag;
import org.moxmail.message.mailbox.AppendResult;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MailboxInfo;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.Outcome;
import org.moxmail.message.mailbox.Refusal;
import org.moxmail.message.mailbox.Spool;
import org.moxmail.message.mailbox.UidSet;

/**
 * APPEND with several messages (RFC 3502). Each message goes from the socket to a spool as it comes; what can be refused
 * without it is refused before it is asked for.
 */
final class AppendHandler {
    private static final int BLOCK = 16 * 1024;

    /** A message that came. */
    private record Received(Spool spool, Flags flags, Instant internalDate) {}

    /** Undoes a write of several messages because one of them was refused. Stackless: it only carries the refusal. */
    private static final class Abandoned extends IOException {
        private static final long serialVersionUID = 1L;
        private final Refusal refusal;

        Abandoned(Refusal refusal) {
            this.refusal = refusal;
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    private record Appended(long uidValidity, UidSet uids) {}

    private final Connection connection;
    private long octets;
    /** A message was announced and neither taken nor refused. */
    private boolean announced = true;
    /** A message is being taken. */
    private boolean taking;

    AppendHandler(Connection connection) {
        this.connection = connection;
    }

    Answer append(Tag tag, ImapCommand.Append append, Frame frame) throws IOException {
        if (!(frame instanceof Frame.Message)) {
            throw new IllegalStateException("an APPEND without a message");
        }
        Session session = connection.session();
        if (session == null) {
            return refuse(Answer.no("log in first"));
        }
        MailboxName name;
        try {
            name = MailboxName.parse(append.mailbox());
        } catch (SyntaxException e) {
            return refuse(Answer.no(ResponseCode.Word.CANNOT, e.expected()));
        }
        List<Received> received = new ArrayList<>();
        try {
            Answer problem = receive(session, tag, name, append.first(), received);
            return problem == null ? keep(session, name, received) : problem;
        } catch (PeerException | PeerTimeoutException e) {
            throw e;
        } catch (IOException e) {
            return failed(e);
        } finally {
            for (Received message : received) {
                message.spool().close();
            }
        }
    }

    /** The account's mail failed: gets in step with the client again. */
    private Answer failed(IOException cause) throws IOException {
        Answer answer = connection.unavailable("append", cause);
        if (announced) {
            return refuse(answer);
        }
        return taking ? passedOver(connection.fragmenter().skip(), answer) : answer;
    }

    /** Passes over an announced message, or ends the connection when it is too big for that. */
    private Answer refuse(Answer answer) throws IOException {
        announced = false;
        connection.input().allow(connection.server().limits.commandTotal());
        return passedOver(connection.fragmenter().refuse(), answer);
    }

    private Answer passedOver(boolean inStep, Answer answer) throws IOException {
        if (inStep) {
            return answer;
        }
        connection.out().condition(Status.BYE, ResponseCode.Word.ALERT, "the message is too big to be passed over");
        return answer.last();
    }

    /** Takes the messages. What is wrong, or null. */
    private @Nullable Answer receive(
            Session session, Tag tag, MailboxName name, AppendMessage first, List<Received> received)
            throws IOException {
        AppendMessage message = first;
        while (true) {
            Answer problem = check(session, name, message.literal());
            if (problem == null && received.size() >= connection.server().limits.appendMessages()) {
                problem = Answer.no(ResponseCode.Word.LIMIT, "too many messages in one command");
            }
            if (problem != null) {
                return refuse(problem);
            }
            received.add(take(session, message));
            octets += message.literal().size();
            connection.input().allow(connection.server().limits.commandTotal());
            Frame rest = connection.fragmenter().read();
            announced = rest instanceof Frame.Message;
            Octets text = switch (rest) {
                case Frame.Whole whole -> whole.octets();
                case Frame.Message more -> more.octets();
                case Frame.TooBig big -> {
                    problem = Answer.bad(ResponseCode.Word.TOOBIG, big.what());
                    if (!big.inStep()) {
                        connection.out().condition(Status.BYE, ResponseCode.Word.ALERT, big.what());
                        problem = problem.last();
                    }
                    yield Octets.EMPTY;
                }
                case Frame.End end -> throw new PeerException(new EOFException("closed within APPEND"));
            };
            if (problem != null) {
                return problem;
            }
            Optional<AppendMessage> next;
            try {
                next = connection.decoder().decodeAppendRest(text, tag, message.literal());
            } catch (ImapSyntaxException e) {
                Answer bad = Answer.bad("expected " + e.expected() + " at octet " + e.offset());
                return rest instanceof Frame.Message ? refuse(bad) : bad;
            }
            if (next.isEmpty()) {
                return null;
            }
            message = next.get();
        }
    }

    /** What can be said before the octets come. */
    private @Nullable Answer check(Session session, MailboxName name, LiteralHeader literal) throws IOException {
        if (literal.size() == 0) {
            // RFC 3502 §6.3.11: a client cancels so.
            return Answer.no("an empty message cancels it");
        }
        long limit = Math.min(
                connection.server().options.appendLimit(), session.mail().appendLimit());
        if (literal.size() > limit) {
            return Answer.no(ResponseCode.Word.TOOBIG, "a message has at most " + limit + " octets");
        }
        Optional<Refusal> refusal = session.mail().read(view -> {
            if (view.mailbox(name).isEmpty()) {
                return Optional.of(Refusal.NONEXISTENT);
            }
            boolean fits = view.available() - octets >= literal.size();
            return fits ? Optional.empty() : Optional.of(Refusal.OVER_QUOTA);
        });
        return refusal.map(Answer::refusedTarget).orElse(null);
    }

    private Received take(Session session, AppendMessage message) throws IOException {
        LiteralHeader literal = message.literal();
        Duration allowed = connection
                .server()
                .limits
                .literalWait()
                .plusSeconds(literal.size() / connection.server().limits.literalRate());
        connection.input().allow(allowed);
        Spool spool = session.mail().spool();
        boolean taken = false;
        try (OutputStream out = spool.out()) {
            copy(literal.size(), out);
            taken = true;
        } finally {
            if (!taken) {
                spool.close();
            }
        }
        OffsetDateTime date = message.internalDate();
        Instant when = date == null ? connection.server().timing.instant() : date.toInstant();
        return new Received(spool, message.flags(), when);
    }

    private void copy(long size, OutputStream out) throws IOException {
        byte[] block = new byte[(int) Math.min(BLOCK, size)];
        Tracer tracer = connection.tracer();
        announced = false;
        taking = true;
        InputStream in = connection.fragmenter().literal();
        for (int count = read(in, block); count >= 0; count = read(in, block)) {
            if (tracer != null) {
                tracer.data(block, 0, count);
            }
            out.write(block, 0, count);
        }
        taking = false;
    }

    private static int read(InputStream in, byte[] block) throws IOException {
        try {
            return in.read(block);
        } catch (EOFException e) {
            throw new PeerException(e);
        }
    }

    private static Answer keep(Session session, MailboxName name, List<Received> received) throws IOException {
        try {
            Appended appended = session.mail().write(view -> write(view, name, received));
            return Answer.ok(
                    new ResponseCode.AppendUid(appended.uidValidity(), SequenceSet.of(appended.uids())), "appended");
        } catch (Abandoned e) {
            return Answer.refusedTarget(e.refusal);
        }
    }

    private static Appended write(WriteView view, MailboxName name, List<Received> received) throws IOException {
        Optional<MailboxInfo> mailbox = view.mailbox(name);
        if (mailbox.isEmpty()) {
            throw new Abandoned(Refusal.NONEXISTENT);
        }
        UidSet.Builder uids = new UidSet.Builder();
        for (Received message : received) {
            switch (view.append(mailbox.get().id(), message.spool(), message.flags(), message.internalDate())) {
                case Outcome.Refused<AppendResult> refused -> throw new Abandoned(refused.refusal());
                case Outcome.Done<AppendResult> done -> uids.add(done.value().uid());
            }
        }
        return new Appended(mailbox.get().uidValidity(), uids.build());
    }
}
