package org.moxmail.imap.client;

import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslException;
import org.jspecify.annotations.Nullable;
import org.moxmail.imap.ImapCommand;
import org.moxmail.imap.ImapProtocolException;
import org.moxmail.imap.ImapResponse;
import org.moxmail.imap.Octets;

/** One AUTHENTICATE exchange, RFC 9051 §6.2.2. */
final class Authentication {
    private final Wire wire;
    private final SaslClient sasl;

    Authentication(Wire wire, SaslClient sasl) {
        this.wire = wire;
        this.sasl = sasl;
    }

    /**
     * Runs the exchange.
     *
     * @param initialResponse the server has SASL-IR
     */
    Reply run(boolean initialResponse) throws IOException {
        Octets initial = null;
        if (initialResponse && sasl.hasInitialResponse()) {
            initial = Octets.of(orEmpty(sasl.evaluateChallenge(new byte[0])));
        }
        Optional<Reply> early = wire.send(new ImapCommand.Authenticate(sasl.getMechanismName(), initial), null);
        if (early.isPresent()) {
            return early.get();
        }
        while (true) {
            ImapResponse.Tagged tagged = wire.advance();
            if (tagged != null) {
                return ended(wire.end(tagged));
            }
            respond(challenge());
        }
    }

    private byte[] challenge() throws ImapProtocolException {
        try {
            return Base64.getDecoder().decode(wire.challenge());
        } catch (IllegalArgumentException e) {
            ImapProtocolException failure = new ImapProtocolException("a challenge that isn't base64");
            failure.initCause(e);
            throw failure;
        }
    }

    private void respond(byte[] challenge) throws IOException {
        byte[] response;
        try {
            // A mechanism that is complete has nothing to say to the server's last words, but the server waits.
            response = sasl.isComplete() && challenge.length == 0
                    ? new byte[0]
                    : orEmpty(sasl.evaluateChallenge(challenge));
        } catch (SaslException e) {
            cancel(e);
            throw e;
        }
        wire.encoder().line(Base64.getEncoder().encodeToString(response));
        wire.encoder().flush();
    }

    /** RFC 9051 §6.2.2: an asterisk cancels, and the server answers BAD. */
    private void cancel(SaslException cause) throws IOException {
        wire.encoder().line("*");
        wire.encoder().flush();
        Reply reply = wire.finish();
        if (reply.ok()) {
            ImapProtocolException failure = new ImapProtocolException("OK to a cancelled authentication");
            failure.initCause(cause);
            throw failure;
        }
    }

    private Reply ended(Reply reply) throws SaslException {
        if (reply.ok() && !sasl.isComplete()) {
            // The server hasn't proved what the mechanism has it prove: it may be somebody else.
            throw new SaslException("the server ended the exchange before it was complete");
        }
        return reply;
    }

    private static byte[] orEmpty(byte @Nullable [] octets) {
        return octets == null ? new byte[0] : octets;
    }
}
