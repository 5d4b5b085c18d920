package org.moxmail.smtp.client;

import java.time.Duration;
import java.util.Base64;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslException;
import org.jspecify.annotations.Nullable;
import org.moxmail.smtp.SmtpReply;
import org.moxmail.smtp.client.SmtpFailure.Kind;
import org.moxmail.smtp.server.SmtpEvents.TraceLevel;

/** Logs in, RFC 4954 §4. */
final class ClientAuth {
    /** Octets of the AUTH line with its CRLF, RFC 4954 §4 and RFC 5321 §4.5.3.1.4: beyond, the response goes separately. */
    private static final int LINE = 512;

    private final ClientWire wire;
    private final SaslClient exchange;
    private final Duration wait;

    private ClientAuth(ClientWire wire, SaslClient exchange, Duration wait) {
        this.wire = wire;
        this.exchange = exchange;
        this.wait = wait;
    }

    static void run(ClientWire wire, SaslChooser chooser, ServerExtensions extensions, Duration wait)
            throws ClientFailureException {
        SaslClient exchange;
        try {
            exchange = chooser.choose(extensions.mechanisms(), wire.tls());
        } catch (SaslException e) {
            throw failed("no login possible: " + e.getMessage(), null);
        }
        if (exchange == null) {
            return;
        }
        wire.level(TraceLevel.TRACEAUTH);
        try {
            new ClientAuth(wire, exchange, wait).converse();
        } finally {
            wire.level(TraceLevel.TRACE);
            dispose(exchange);
        }
    }

    private static void dispose(SaslClient exchange) {
        try {
            exchange.dispose();
        } catch (SaslException e) {
            throw new IllegalStateException("a SASL exchange can't be disposed of", e);
        }
    }

    private void converse() throws ClientFailureException {
        SmtpReply reply = begin();
        while (reply.code() == 334) {
            reply = answer(reply);
        }
        if (reply.code() == 235) {
            if (!exchange.isComplete()) {
                // The server hasn't proved itself yet, as SCRAM has it do.
                throw wire.protocol("AUTH", "235 before the end of the exchange");
            }
            return;
        }
        if (reply.temporary() || reply.permanent()) {
            throw failed("login refused: " + reply, reply);
        }
        throw wire.protocol("AUTH", "unexpected reply " + reply);
    }

    private SmtpReply begin() throws ClientFailureException {
        String command = "AUTH " + exchange.getMechanismName();
        if (!exchange.hasInitialResponse()) {
            return say(command);
        }
        byte[] initial;
        try {
            initial = exchange.evaluateChallenge(new byte[0]);
        } catch (SaslException e) {
            throw failed("no login possible: " + e.getMessage(), null);
        }
        String text = encode(initial);
        if (command.length() + 1 + text.length() + 2 <= LINE) {
            return say(command + " " + (text.isEmpty() ? "=" : text));
        }
        SmtpReply reply = say(command);
        return reply.code() == 334 ? say(text) : reply;
    }

    private SmtpReply answer(SmtpReply reply) throws ClientFailureException {
        byte[] response;
        try {
            if (reply.lines().size() > 1) {
                throw new SaslException("challenge of several lines");
            }
            byte[] challenge = Base64.getDecoder().decode(reply.lines().getFirst());
            if (exchange.isComplete()) {
                throw new SaslException("challenge after the end of the exchange");
            }
            response = exchange.evaluateChallenge(challenge);
        } catch (SaslException | IllegalArgumentException e) {
            return cancel(String.valueOf(e.getMessage()));
        }
        return say(encode(response));
    }

    /** RFC 4954 §4: what we can't answer we give up, to which the server says 501. */
    private SmtpReply cancel(String why) throws ClientFailureException {
        SmtpReply reply = say("*");
        if (reply.code() != 501) {
            throw wire.protocol("AUTH", "cancelled (" + why + "), answered with " + reply);
        }
        throw failed("login given up: " + why, null);
    }

    private SmtpReply say(String line) throws ClientFailureException {
        wire.writeLine("AUTH", line);
        return wire.readReply("AUTH", wait);
    }

    private static String encode(byte @Nullable [] response) {
        return response == null ? "" : Base64.getEncoder().encodeToString(response);
    }

    private static ClientFailureException failed(String text, @Nullable SmtpReply reply) {
        boolean permanent = reply != null && reply.permanent();
        return new ClientFailureException(new SmtpFailure(Kind.AUTH, permanent, "AUTH", reply, text));
    }
}
