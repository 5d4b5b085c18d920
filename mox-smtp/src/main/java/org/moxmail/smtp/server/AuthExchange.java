package org.moxmail.smtp.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.net.ssl.SSLSession;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.jspecify.annotations.Nullable;
import org.moxmail.smtp.SmtpCommand;
import org.moxmail.smtp.SmtpReply;
import org.moxmail.smtp.server.SmtpEvents.TraceLevel;

/** One AUTH command, RFC 4954 §4. */
final class AuthExchange {
    private static final SmtpReply ABORTED = SmtpReply.of(501, "5.5.0", "authentication aborted");
    private static final SmtpReply NOT_BASE64 = SmtpReply.of(501, "5.5.2", "invalid base64");
    private static final SmtpReply NOT_INITIAL = SmtpReply.of(501, "5.7.0", "no initial response with this mechanism");
    private static final SmtpReply NOT_EMPTY = SmtpReply.of(501, "5.5.2", "data after the end of the exchange");
    private static final SmtpReply TOO_LONG =
            SmtpReply.of(500, "5.5.6", "line too long").close();

    /** The client broke the exchange off; what it is told. */
    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient SmtpReply reply;

        Broken(SmtpReply reply) {
            super(reply.text(), null, false, false);
            this.reply = reply;
        }
    }

    private final Wire wire;
    private final SaslSession session;
    private final SmtpCommand.Auth command;
    private boolean attempted;

    AuthExchange(Wire wire, SaslSession session, SmtpCommand.Auth command) {
        this.wire = wire;
        this.session = session;
        this.command = command;
    }

    /** Whether a mechanism was tried, as against asked for in vain. */
    boolean attempted() {
        return attempted;
    }

    /** @return 235, or the refusal */
    SmtpReply run() throws IOException, InterruptedException {
        String mechanism = command.mechanism();
        SSLSession tls = wire.tls();
        if (!session.mechanisms(tls).contains(mechanism)) {
            return session.unavailable(mechanism, tls);
        }
        attempted = true;
        SaslServer exchange;
        try {
            exchange = session.start(mechanism, tls);
        } catch (SaslException e) {
            return session.failed(mechanism, e);
        }
        wire.level(TraceLevel.TRACEAUTH);
        try {
            converse(exchange);
            return session.complete(exchange);
        } catch (SaslException e) {
            return session.failed(mechanism, e);
        } catch (Broken e) {
            session.failed(mechanism, new AuthAbortedException(e.reply.text()));
            return e.reply;
        } finally {
            wire.level(TraceLevel.TRACE);
            dispose(exchange);
        }
    }

    private static void dispose(SaslServer exchange) {
        try {
            exchange.dispose();
        } catch (SaslException e) {
            throw new IllegalStateException("a SASL exchange can't be disposed of", e);
        }
    }

    private void converse(SaslServer exchange) throws IOException, InterruptedException, Broken {
        byte[] challenge = exchange.evaluateResponse(first(exchange));
        while (!exchange.isComplete()) {
            challenge = exchange.evaluateResponse(ask(challenge));
        }
        // RFC 4954 §4: 235 can't carry data, so the last of it is a challenge with an empty answer.
        if (challenge != null && challenge.length > 0 && ask(challenge).length > 0) {
            throw new Broken(NOT_EMPTY);
        }
    }

    private byte[] first(SaslServer exchange) throws IOException, InterruptedException, Broken {
        String initial = command.initialResponse();
        if (command.mechanism().equals("LOGIN") && initial != null) {
            // Many clients send the user name at once, although LOGIN begins with the server's prompt for it.
            exchange.evaluateResponse(new byte[0]);
            return decodeInitial(initial);
        }
        boolean serverFirst =
                command.mechanism().equals("LOGIN") || command.mechanism().equals("CRAM-MD5");
        if (serverFirst) {
            if (initial != null) {
                throw new Broken(NOT_INITIAL);
            }
            return new byte[0];
        }
        return initial == null ? ask(null) : decodeInitial(initial);
    }

    /** Sends a challenge, none when null, and reads the response. */
    private byte[] ask(byte @Nullable [] challenge) throws IOException, InterruptedException, Broken {
        String text = challenge == null ? "" : Base64.getEncoder().encodeToString(challenge);
        wire.traceSent("334 " + text);
        wire.write("334 " + text + "\r\n");
        Wire.Line line = wire.readAuthLine();
        wire.traceReceived(line.text());
        return switch (line.kind()) {
            case TOO_LONG -> throw new Broken(TOO_LONG);
            case BARE_LF, NOT_UTF8 -> throw new Broken(NOT_BASE64);
            case LINE -> {
                if (line.text().equals("*")) {
                    throw new Broken(ABORTED);
                }
                yield decode(line.text());
            }
        };
    }

    /** RFC 4954 §4: in the command itself {@code =} stands for an empty response. */
    private static byte[] decodeInitial(String text) throws Broken {
        return text.equals("=") ? new byte[0] : decode(text);
    }

    private static byte[] decode(String text) throws Broken {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        // The decoder forgives missing padding, RFC 4954 §4 doesn't.
        if (octets.length % 4 != 0) {
            throw new Broken(NOT_BASE64);
        }
        try {
            return Base64.getDecoder().decode(octets);
        } catch (IllegalArgumentException e) {
            throw new Broken(NOT_BASE64);
        }
    }
}
