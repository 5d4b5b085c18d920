package org.moxmail.imap.server;

import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.jspecify.annotations.Nullable;
import org.moxmail.imap.Frame;
import org.moxmail.imap.ImapCommand;
import org.moxmail.imap.ImapResponse;
import org.moxmail.imap.ImapResponse.Status;
import org.moxmail.imap.Octets;
import org.moxmail.imap.ResponseCode;
import org.moxmail.message.HeaderText;

/** STARTTLS, LOGIN and AUTHENTICATE. */
final class LoginHandler {
    /** Mechanisms in which the server speaks first, RFC 4422 §3; in all others an empty challenge asks for the start. */
    private static final Set<String> SERVER_FIRST = Set.of("CRAM-MD5", "LOGIN");

    private static final Octets CANCEL = Octets.ofText("*");

    private final Connection connection;
    private int failures;

    LoginHandler(Connection connection) {
        this.connection = connection;
    }

    Answer startTls() throws IOException {
        TlsUpgrade upgrade = connection.server().tls;
        if (upgrade == null || !connection.tlsOffered()) {
            return Answer.bad(connection.tls() == null ? "TLS isn't offered here" : "TLS is on already");
        }
        if (connection.fragmenter().buffered() > 0) {
            // RFC 9051 §11.1: somebody between us and the client may have put it there, to be taken for the client's.
            connection.out().condition(Status.BYE, null, "nothing may follow STARTTLS before TLS is on");
            return Answer.bad("nothing may follow STARTTLS before TLS is on").last();
        }
        return Answer.ok("start TLS now").thenTls();
    }

    Answer login(ImapCommand.Login login) throws IOException, InterruptedException {
        if (!connection.login().mechanisms(connection.tls()).contains("PLAIN")) {
            return Answer.no(ResponseCode.Word.PRIVACYREQUIRED, "start TLS first");
        }
        pause();
        byte[] response = HeaderText.encode("\0" + login.user() + "\0" + login.password());
        try {
            SaslServer exchange = connection.login().start("PLAIN", connection.tls());
            try {
                exchange.evaluateResponse(response);
                return exchange.isComplete()
                        ? complete(exchange)
                        : failed("PLAIN", new SaslException("PLAIN takes one message"));
            } finally {
                exchange.dispose();
            }
        } catch (SaslException e) {
            return failed("PLAIN", e);
        } finally {
            Arrays.fill(response, (byte) 0);
        }
    }

    Answer authenticate(ImapCommand.Authenticate command) throws IOException, InterruptedException {
        String mechanism = command.mechanism();
        List<String> offered = connection.login().mechanisms(connection.tls());
        if (offered.stream().noneMatch(mechanism::equalsIgnoreCase)) {
            boolean secret = connection.tls() == null
                    && (mechanism.equals("PLAIN") || mechanism.equals("LOGIN"))
                    && !offered.contains("PLAIN");
            return secret
                    ? Answer.no(ResponseCode.Word.PRIVACYREQUIRED, "start TLS first")
                    : Answer.no("there is no such mechanism here");
        }
        pause();
        try {
            SaslServer exchange = connection.login().start(mechanism, connection.tls());
            try {
                return exchange(command, exchange);
            } finally {
                exchange.dispose();
            }
        } catch (SaslException e) {
            return failed(mechanism, e);
        }
    }

    private void pause() throws InterruptedException {
        connection.server().timing.sleep(connection.login().delay(failures));
        failures++;
    }

    /** RFC 9051 §6.2.2 and RFC 4422 §3. */
    private Answer exchange(ImapCommand.Authenticate command, SaslServer exchange) throws IOException {
        String mechanism = command.mechanism();
        Octets initial = command.initialResponse();
        byte[] response;
        if (SERVER_FIRST.contains(mechanism)) {
            if (initial != null && mechanism.equals("CRAM-MD5")) {
                return failed(mechanism, new SaslException("the mechanism has no initial response"));
            }
            response = initial == null ? new byte[0] : initial.toByteArray();
        } else if (initial == null) {
            byte[] first = ask(new byte[0]);
            if (first == null) {
                return cancelled(mechanism);
            }
            response = first;
        } else {
            response = initial.toByteArray();
        }
        while (true) {
            byte[] challenge = exchange.evaluateResponse(response);
            Arrays.fill(response, (byte) 0);
            if (exchange.isComplete()) {
                if (challenge != null && challenge.length > 0) {
                    // RFC 4422 §3.6: IMAP has no room for it in the OK, so the client answers with an empty line.
                    byte[] last = ask(challenge);
                    if (last == null) {
                        return cancelled(mechanism);
                    }
                    if (last.length > 0) {
                        return failed(mechanism, new SaslException("the exchange was complete"));
                    }
                }
                return complete(exchange);
            }
            byte[] next = ask(challenge == null ? new byte[0] : challenge);
            if (next == null) {
                return cancelled(mechanism);
            }
            response = next;
        }
    }

    /** Sends a challenge. What the client answers, or null when it cancels. */
    private byte @Nullable [] ask(byte[] challenge) throws IOException {
        connection.out().write(new ImapResponse.Continuation(Base64.getEncoder().encodeToString(challenge)));
        connection.out().flush();
        connection.input().allow(connection.server().limits.loginWait());
        return switch (connection.fragmenter().readLine()) {
            case Frame.Whole line -> {
                Tracer tracer = connection.tracer();
                if (tracer != null) {
                    tracer.secret("", line.octets());
                }
                yield line.octets().equals(CANCEL) ? null : decode(line.octets());
            }
            case Frame.TooBig big -> throw new SaslException("the response is too long");
            case Frame.Message message -> throw new IllegalStateException("a message where a line was read");
            case Frame.End end -> throw new PeerException(new java.io.EOFException("closed during authentication"));
        };
    }

    private static byte[] decode(Octets line) throws SaslException {
        try {
            return Base64.getDecoder().decode(line.toByteArray());
        } catch (IllegalArgumentException e) {
            throw new SaslException("the response isn't base64", e);
        }
    }

    private Answer cancelled(String mechanism) {
        connection.login().failed(mechanism, new SaslException("the client cancelled"));
        return Answer.bad("cancelled");
    }

    private Answer complete(SaslServer exchange) throws IOException {
        return switch (connection.login().complete(exchange)) {
            case LoginResult.Accepted accepted -> {
                failures = 0;
                connection.begin(accepted.mail());
                yield Answer.ok(new ResponseCode.Capability(connection.capabilities()), "you are logged in");
            }
            case LoginResult.Refused refused -> refused(refused);
        };
    }

    private Answer failed(String mechanism, SaslException cause) {
        return refused(connection.login().failed(mechanism, cause));
    }

    private static Answer refused(LoginResult.Refused refused) {
        if (refused.malformed()) {
            return Answer.bad(refused.text());
        }
        String code = refused.code();
        return code == null ? Answer.no(refused.text()) : Answer.no(ResponseCode.of(code), refused.text());
    }
}
