package org.moxmail.smtp.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.MessageContent;
import org.moxmail.smtp.BodyType;
import org.moxmail.smtp.ForwardPath;
import org.moxmail.smtp.MailParams;
import org.moxmail.smtp.ReversePath;
import org.moxmail.smtp.SmtpReply;
import org.moxmail.smtp.client.SmtpFailure.Kind;

/**
 * A session with a server, over which any number of messages is delivered. One thread, except for {@link #abort}.
 *
 * <p>Whatever breaks the connection or SMTP's rules makes the session unusable: what is asked of it afterwards fails
 * without a word to the server.
 */
public final class SmtpClientSession implements AutoCloseable {
    private final ClientWire wire;
    private final SmtpClientLimits limits;
    private final ServerExtensions extensions;
    private final boolean chunking;
    private boolean needsReset;
    private int transactions;

    SmtpClientSession(ClientWire wire, SmtpClientLimits limits, ServerExtensions extensions, boolean chunking) {
        this.wire = wire;
        this.limits = limits;
        this.extensions = extensions;
        this.chunking = chunking && extensions.has("CHUNKING");
    }

    /** What the server announced last. */
    public ServerExtensions extensions() {
        return extensions;
    }

    /** The TLS session; nothing in plaintext. */
    public Optional<SSLSession> tls() {
        return Optional.ofNullable(wire.tls());
    }

    /** Whether another message can be delivered. */
    public boolean usable() {
        return !wire.lost() && transactions < extensions.messagesMax().orElse(Integer.MAX_VALUE);
    }

    /**
     * Delivers a message, in as many transactions as the server's limit of recipients demands.
     *
     * @param message lines that end in CRLF, unless it is {@code BINARYMIME}; not closed
     * @return a result for each recipient, in their order
     */
    public List<DeliveryResult> deliver(Delivery delivery, MessageContent message) {
        List<Delivery.Recipient> recipients = delivery.recipients();
        SmtpFailure refusal = refusal(delivery, message.size());
        if (refusal != null) {
            return all(recipients.size(), refusal);
        }
        int most = extensions.recipientsMax().orElse(Integer.MAX_VALUE);
        List<DeliveryResult> results = new ArrayList<>();
        while (results.size() < recipients.size()) {
            int until = (int) Math.min(recipients.size(), (long) results.size() + most);
            results.addAll(transaction(delivery, recipients.subList(results.size(), until), message));
        }
        return results;
    }

    private List<DeliveryResult> transaction(
            Delivery delivery, List<Delivery.Recipient> recipients, MessageContent message) {
        if (!usable()) {
            return all(
                    recipients.size(),
                    SmtpFailure.temporary(Kind.LOST, "MAIL", "the session is over, a new one is needed"));
        }
        ClientTransaction transaction =
                new ClientTransaction(wire, limits, extensions, delivery, recipients, message, chunking);
        try {
            reset();
            transactions++;
            return transaction.run();
        } catch (ClientFailureException e) {
            return transaction.results(e.failure());
        } finally {
            needsReset = transaction.open();
        }
    }

    private static List<DeliveryResult> all(int count, SmtpFailure failure) {
        List<DeliveryResult> results = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            results.add(new DeliveryResult.Failed(failure));
        }
        return results;
    }

    private void reset() throws ClientFailureException {
        if (!needsReset) {
            return;
        }
        wire.writeLine("RSET", "RSET");
        SmtpReply reply = wire.readReply("RSET", limits.commandWait());
        if (!reply.positive()) {
            throw wire.protocol("RSET", "unexpected reply " + reply);
        }
        needsReset = false;
    }

    /** What we needn't ask the server. */
    private @Nullable SmtpFailure refusal(Delivery delivery, long size) {
        MailParams params = delivery.params();
        if (extensions.size().isPresent() && size > extensions.size().getAsLong()) {
            return SmtpFailure.permanent(
                    Kind.SIZE,
                    "MAIL",
                    "message of " + size + " octets, the server takes "
                            + extensions.size().getAsLong());
        }
        if (params.body() == BodyType.BINARY_MIME && !(extensions.has("CHUNKING") && extensions.has("BINARYMIME"))) {
            return lacks("BINARYMIME", true);
        }
        if (params.body() == BodyType.EIGHT_BIT_MIME && delivery.insistOn8bit() && !extensions.has("8BITMIME")) {
            return lacks("8BITMIME", true);
        }
        if (params.hold() != null && !extensions.has("FUTURERELEASE")) {
            return lacks("FUTURERELEASE", true);
        }
        // Temporary, because another host of the domain may have them.
        if (needsSmtpUtf8(delivery) && !extensions.has("SMTPUTF8")) {
            return lacks("SMTPUTF8", false);
        }
        if (params.requireTls() && (wire.tls() == null || !extensions.has("REQUIRETLS"))) {
            return lacks("REQUIRETLS", false);
        }
        return null;
    }

    private static SmtpFailure lacks(String extension, boolean permanent) {
        return new SmtpFailure(Kind.UNSUPPORTED, permanent, "MAIL", null, "the server doesn't support " + extension);
    }

    static boolean needsSmtpUtf8(Delivery delivery) {
        return delivery.params().smtputf8()
                || (delivery.from() instanceof ReversePath.Address from
                        && from.mailbox().needsSmtpUtf8())
                || delivery.recipients().stream()
                        .anyMatch(recipient -> recipient.to() instanceof ForwardPath.Address to
                                && to.mailbox().needsSmtpUtf8());
    }

    /** Cuts the session off, in the middle of whatever it does. For any thread. */
    public void abort() {
        wire.close();
    }

    /** Says QUIT if the server still listens, and closes the connection. */
    @Override
    public void close() {
        if (!wire.lost()) {
            try {
                wire.writeLine("QUIT", "QUIT");
                wire.readReply("QUIT", limits.quitWait());
            } catch (ClientFailureException e) {
                // The messages are delivered or not, whatever becomes of the farewell.
                wire.lose();
            }
        }
        wire.close();
    }
}
