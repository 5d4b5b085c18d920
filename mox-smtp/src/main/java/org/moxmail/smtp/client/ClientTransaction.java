package org.moxmail.smtp.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.MessageContent;
import org.moxmail.smtp.BodyType;
import org.moxmail.smtp.MailParams;
import org.moxmail.smtp.RcptParams;
import org.moxmail.smtp.SmtpCommand;
import org.moxmail.smtp.SmtpReply;
import org.moxmail.smtp.SmtpSyntax;
import org.moxmail.smtp.client.SmtpFailure.Kind;

/**
 * One mail transaction, RFC 5321 §3.3.
 *
 * <p>With PIPELINING (RFC 2920) MAIL, RCPT and DATA go out together, but never more octets of them than the limit before
 * their replies are read: a server that can't get rid of its replies stops reading, and both sides would wait for ever.
 */
final class ClientTransaction {
    private final ClientWire wire;
    private final SmtpClientLimits limits;
    private final ServerExtensions extensions;
    private final Delivery delivery;
    private final List<Delivery.Recipient> recipients;
    private final MessageContent message;
    private final boolean binary;
    private final boolean chunked;
    private final List<@Nullable DeliveryResult> results = new ArrayList<>();
    private @Nullable SmtpFailure mailFailure;
    private int accepted;
    private boolean open;

    ClientTransaction(
            ClientWire wire,
            SmtpClientLimits limits,
            ServerExtensions extensions,
            Delivery delivery,
            List<Delivery.Recipient> recipients,
            MessageContent message,
            boolean chunking) {
        this.wire = wire;
        this.limits = limits;
        this.extensions = extensions;
        this.delivery = delivery;
        this.recipients = recipients;
        this.message = message;
        this.binary = delivery.params().body() == BodyType.BINARY_MIME;
        this.chunked = chunking || binary;
    }

    /** Whether the server may have an unfinished transaction. */
    boolean open() {
        return open;
    }

    List<DeliveryResult> run() throws ClientFailureException {
        if (extensions.has("PIPELINING")) {
            pipelined();
        } else {
            stepwise();
        }
        return results(lost());
    }

    private static SmtpFailure lost() {
        return SmtpFailure.temporary(Kind.LOST, "RCPT", "the server didn't take the recipient");
    }

    /** What is known of each recipient; {@code otherwise} for those of whom nothing is. */
    List<DeliveryResult> results(SmtpFailure otherwise) {
        SmtpFailure failure = mailFailure == null ? otherwise : mailFailure;
        List<DeliveryResult> all = new ArrayList<>();
        for (int i = 0; i < recipients.size(); i++) {
            DeliveryResult known = i < results.size() ? results.get(i) : null;
            all.add(known == null ? new DeliveryResult.Failed(failure) : known);
        }
        return all;
    }

    // ---- commands

    private String mail() {
        MailParams params = delivery.params();
        boolean dsn = extensions.has("DSN");
        MailParams usable = new MailParams(
                extensions.has("SIZE") ? message.size() : MailParams.NO_SIZE,
                extensions.has("8BITMIME") || binary ? params.body() : null,
                SmtpClientSession.needsSmtpUtf8(delivery),
                params.requireTls(),
                extensions.has("AUTH") ? params.auth() : null,
                dsn ? params.ret() : null,
                dsn ? params.envid() : null,
                params.hold());
        return SmtpSyntax.print(new SmtpCommand.Mail(delivery.from(), usable.parameters()));
    }

    private String rcpt(Delivery.Recipient recipient) {
        RcptParams params = extensions.has("DSN") ? recipient.params() : RcptParams.NONE;
        return SmtpSyntax.print(new SmtpCommand.Rcpt(recipient.to(), params.parameters()));
    }

    // ---- with PIPELINING

    private void pipelined() throws ClientFailureException {
        List<String> commands = new ArrayList<>();
        commands.add(mail());
        recipients.forEach(recipient -> commands.add(rcpt(recipient)));
        if (!chunked) {
            commands.add("DATA");
        }
        int sent = 0;
        int outstanding = 0;
        for (int answered = 0; answered < commands.size(); answered++) {
            while (sent < commands.size()
                    && (sent == answered || outstanding + octets(commands.get(sent)) <= limits.pipelined())) {
                wire.writeLine(verb(sent), commands.get(sent));
                outstanding += octets(commands.get(sent));
                sent++;
            }
            answer(answered);
            outstanding -= octets(commands.get(answered));
        }
        if (chunked) {
            chunk();
        }
    }

    private static int octets(String command) {
        return command.getBytes(StandardCharsets.UTF_8).length + 2;
    }

    private String verb(int command) {
        return command == 0 ? "MAIL" : command <= recipients.size() ? "RCPT" : "DATA";
    }

    private void answer(int command) throws ClientFailureException {
        if (command == 0) {
            mailReply(wire.readReply("MAIL", limits.commandWait()));
        } else if (command <= recipients.size()) {
            rcptReply(wire.readReply("RCPT", limits.commandWait()));
        } else {
            dataReply();
        }
    }

    private void mailReply(SmtpReply reply) throws ClientFailureException {
        if (reply.positive()) {
            open = true;
        } else {
            mailFailure = refused("MAIL", reply);
        }
    }

    private void rcptReply(SmtpReply reply) throws ClientFailureException {
        if (mailFailure != null) {
            // The reply only says that there was no MAIL.
            return;
        }
        if (reply.positive()) {
            accepted++;
            results.add(null);
        } else {
            results.add(new DeliveryResult.Failed(rcptFailure(reply)));
        }
    }

    private SmtpFailure rcptFailure(SmtpReply reply) throws ClientFailureException {
        SmtpFailure failure = refused("RCPT", reply);
        // RFC 5321 §4.5.3.1.10: 552 for too many recipients means 452.
        return reply.code() == 552
                ? new SmtpFailure(failure.kind(), false, failure.command(), reply, failure.text())
                : failure;
    }

    private SmtpFailure refused(String command, SmtpReply reply) throws ClientFailureException {
        if (reply.temporary() || reply.permanent()) {
            return SmtpFailure.refused(command, reply);
        }
        throw wire.protocol(command, "unexpected reply " + reply);
    }

    private void dataReply() throws ClientFailureException {
        SmtpReply reply;
        try {
            reply = wire.readReply("DATA", limits.dataStartWait());
        } catch (ClientFailureException e) {
            if (accepted == 0) {
                // Servers that close after refusing everybody: what they said to MAIL or RCPT is the reason.
                open = false;
                return;
            }
            throw e;
        }
        if (reply.code() != 354) {
            settle(new DeliveryResult.Failed(refused("DATA", reply)));
        } else if (accepted == 0) {
            // RFC 2920 §3.1: the server takes DATA although nobody is left; an empty message ends it.
            wire.writeLine("MESSAGE", ".");
            wire.readReply("MESSAGE", limits.dataEndWait());
            open = false;
        } else {
            send();
        }
    }

    // ---- without

    private void stepwise() throws ClientFailureException {
        mailReply(say("MAIL", mail(), limits.commandWait()));
        if (mailFailure != null) {
            return;
        }
        for (int i = 0; i < recipients.size(); i++) {
            SmtpReply reply = say("RCPT", rcpt(recipients.get(i)), limits.commandWait());
            rcptReply(reply);
            if (i > 0 && (reply.code() == 452 || reply.code() == 552)) {
                // Too many: the rest would get the same answer.
                while (results.size() < recipients.size()) {
                    results.add(new DeliveryResult.Failed(rcptFailure(reply)));
                }
                break;
            }
            if (wire.lost()) {
                throw new ClientFailureException(
                        SmtpFailure.temporary(Kind.LOST, "RCPT", "the server closed the connection"));
            }
        }
        if (chunked) {
            chunk();
        } else if (accepted > 0) {
            wire.writeLine("DATA", "DATA");
            dataReply();
        }
    }

    private SmtpReply say(String command, String line, Duration wait) throws ClientFailureException {
        wire.writeLine(command, line);
        return wire.readReply(command, wait);
    }

    // ---- the message

    private void send() throws ClientFailureException {
        try {
            MessageSender.data(wire, message);
            wire.flush("MESSAGE");
        } catch (ClientFailureException e) {
            throw early(e);
        }
        end();
    }

    /** RFC 3030 §2, in one chunk. */
    private void chunk() throws ClientFailureException {
        if (accepted == 0) {
            return;
        }
        try {
            wire.writeLine("BDAT", SmtpSyntax.print(new SmtpCommand.Bdat(message.size(), true)));
            MessageSender.chunk(wire, message, binary);
            wire.flush("MESSAGE");
        } catch (ClientFailureException e) {
            throw early(e);
        }
        end();
    }

    private void end() throws ClientFailureException {
        SmtpReply reply = wire.readReply("MESSAGE", limits.dataEndWait());
        open = false;
        settle(
                reply.positive()
                        ? new DeliveryResult.Delivered(reply)
                        : new DeliveryResult.Failed(refused("MESSAGE", reply)));
    }

    /** A server that has enough says so and closes, while we still write: its word is better than our broken pipe. */
    private ClientFailureException early(ClientFailureException broken) {
        if (broken.failure().kind() != Kind.IO) {
            return broken;
        }
        try {
            SmtpReply reply = wire.readReply("MESSAGE", limits.quitWait());
            return reply.temporary() || reply.permanent()
                    ? new ClientFailureException(SmtpFailure.refused("MESSAGE", reply), broken)
                    : broken;
        } catch (ClientFailureException nothingSaid) {
            return broken;
        }
    }

    private void settle(DeliveryResult result) {
        results.replaceAll(known -> known == null ? result : known);
    }
}
