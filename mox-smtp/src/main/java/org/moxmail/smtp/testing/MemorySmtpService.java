package org.moxmail.smtp.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.DnsName;
import org.moxmail.smtp.ForwardPath;
import org.moxmail.smtp.MailHost;
import org.moxmail.smtp.MailParams;
import org.moxmail.smtp.RcptParams;
import org.moxmail.smtp.ReversePath;
import org.moxmail.smtp.SmtpReply;
import org.moxmail.smtp.server.Admission;
import org.moxmail.smtp.server.Hello;
import org.moxmail.smtp.server.MailDecision;
import org.moxmail.smtp.server.MailTransaction;
import org.moxmail.smtp.server.MessageStream;
import org.moxmail.smtp.server.SmtpPeer;
import org.moxmail.smtp.server.SmtpReplies;
import org.moxmail.smtp.server.SmtpService;
import org.moxmail.smtp.server.SmtpSession;

/**
 * A mail service in memory: keeps what is sent to any address of one domain, and refuses the rest. With users it is a
 * submission service: those who log in may send anywhere. Safe for many threads.
 */
public final class MemorySmtpService implements SmtpService {
    private static final SmtpReply NOT_HERE = SmtpReply.of(550, "5.1.1", "not accepting mail for this domain");

    private final DnsName domain;
    private final Map<String, String> users = new ConcurrentHashMap<>();
    private final Map<String, SmtpReply> refusals = new ConcurrentHashMap<>();
    private final List<ReceivedMessage> messages = new CopyOnWriteArrayList<>();
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicInteger transactions = new AtomicInteger();
    private volatile @Nullable SmtpReply verdict;

    /** A service for {@code domain}. */
    public MemorySmtpService(DnsName domain) {
        this.domain = domain;
    }

    /** Adds a user, who makes it a submission service. */
    public MemorySmtpService withUser(String name, String password) {
        users.put(name, password);
        return this;
    }

    /**
     * Answers something with {@code reply} from now on.
     *
     * @param what a path with its angle brackets, as MAIL or RCPT has it, or the name in EHLO
     */
    public void refuse(String what, SmtpReply reply) {
        refusals.put(what, reply);
    }

    /** Answers messages with {@code reply} from now on, after they were read. */
    public void judge(SmtpReply reply) {
        verdict = reply;
    }

    /** What was accepted, in order. */
    public List<ReceivedMessage> messages() {
        return List.copyOf(messages);
    }

    /** Sessions and transactions that are open; for finding leaks. */
    public int open() {
        return sessions.get() + transactions.get();
    }

    @Override
    public Admission open(SmtpPeer peer) {
        sessions.incrementAndGet();
        return Admission.admit(users.isEmpty() ? new Session() : new MemorySaslSession(this, new Session()));
    }

    Optional<String> password(String user) {
        return Optional.ofNullable(users.get(user));
    }

    SmtpReply refusalOr(String what, SmtpReply otherwise) {
        return refusals.getOrDefault(what, otherwise);
    }

    private final class Session implements SmtpSession {
        private boolean closed;

        @Override
        public SmtpReply hello(Hello hello, @Nullable SSLSession tls) {
            return refusalOr(hello.name().print(), SmtpReplies.OK);
        }

        @Override
        public MailDecision mail(ReversePath from, MailParams params) {
            SmtpReply reply = refusalOr(from.print(), SmtpReplies.OK);
            return reply.positive() ? MailDecision.begin(new Transaction(from, params)) : MailDecision.refuse(reply);
        }

        @Override
        public void close() {
            if (closed) {
                throw new IllegalStateException("closed twice");
            }
            closed = true;
            sessions.decrementAndGet();
        }
    }

    private final class Transaction implements MailTransaction {
        private final ReversePath from;
        private final MailParams params;
        private final List<ReceivedMessage.Recipient> recipients = new ArrayList<>();
        private boolean closed;

        Transaction(ReversePath from, MailParams params) {
            this.from = from;
            this.params = params;
            transactions.incrementAndGet();
        }

        @Override
        public SmtpReply recipient(ForwardPath to, RcptParams rcpt) {
            boolean here = switch (to) {
                case ForwardPath.Postmaster postmaster -> true;
                case ForwardPath.Address address ->
                    !users.isEmpty() || address.mailbox().host().equals(MailHost.of(domain));
            };
            SmtpReply reply = refusalOr(to.print(), here ? SmtpReplies.RECIPIENT_OK : NOT_HERE);
            if (reply.positive()) {
                recipients.add(new ReceivedMessage.Recipient(to, rcpt));
            }
            return reply;
        }

        @Override
        public SmtpReply message(MessageStream body) throws IOException {
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            body.transferTo(octets);
            SmtpReply judged = verdict;
            if (judged != null && !judged.positive()) {
                return judged;
            }
            messages.add(new ReceivedMessage(from, params, recipients, octets.toByteArray()));
            return SmtpReply.of(250, "2.2.0", "got it");
        }

        @Override
        public void close() {
            if (closed) {
                throw new IllegalStateException("closed twice");
            }
            closed = true;
            transactions.decrementAndGet();
        }
    }
}
