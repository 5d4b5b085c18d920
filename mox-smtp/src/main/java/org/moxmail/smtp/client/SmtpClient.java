package org.moxmail.smtp.client;

import java.io.IOException;
import java.net.Socket;
import java.util.Objects;
import org.moxmail.smtp.HelloName;
import org.moxmail.smtp.SmtpReply;
import org.moxmail.smtp.client.SmtpFailure.Kind;
import org.moxmail.smtp.server.WriteWatchdog;
import org.moxmail.time.Timing;

/** Opens sessions with servers over connections that others made. Safe for many threads. */
public final class SmtpClient {
    private final SmtpClientLimits limits;
    private final Timing timing;
    private final WriteWatchdog watchdog;
    private final SmtpClientEvents events;

    /** @param watchdog of the same {@code timing}; may be shared */
    public SmtpClient(SmtpClientLimits limits, Timing timing, WriteWatchdog watchdog, SmtpClientEvents events) {
        this.limits = limits;
        this.timing = timing;
        this.watchdog = watchdog;
        this.events = events;
    }

    /**
     * Takes over a connection to a server, and goes through greeting, EHLO, STARTTLS and AUTH as the options say. The session
     * that results owns the socket; on failure it is closed.
     */
    public ConnectResult adopt(Socket socket, SmtpClientOptions options) {
        return adopt(socket, options, events);
    }

    /** As {@link #adopt(Socket, SmtpClientOptions)}, telling somebody else what happens in this session. */
    public ConnectResult adopt(Socket socket, SmtpClientOptions options, SmtpClientEvents told) {
        ClientWire wire;
        try {
            wire = new ClientWire(limits, timing, watchdog, told, socket);
        } catch (IOException e) {
            return new ConnectResult.Failed(SmtpFailure.temporary(Kind.IO, "GREETING", "GREETING: " + e.getMessage()));
        }
        boolean connected = false;
        try {
            ServerExtensions extensions = open(wire, options);
            connected = true;
            return new ConnectResult.Connected(new SmtpClientSession(wire, limits, extensions, options.chunking()));
        } catch (ClientFailureException e) {
            return new ConnectResult.Failed(e.failure());
        } finally {
            if (!connected) {
                wire.close();
            }
        }
    }

    private ServerExtensions open(ClientWire wire, SmtpClientOptions options) throws ClientFailureException {
        TlsMode mode = options.tlsMode();
        if (mode == TlsMode.IMMEDIATE) {
            wire.handshake(verifier(options));
        }
        SmtpReply greeting = wire.readReply("GREETING", limits.greetingWait());
        if (greeting.code() != 220) {
            throw refusal(wire, "GREETING", greeting);
        }
        ServerExtensions extensions = hello(wire, options.helloName(), true);
        boolean startTls = mode == TlsMode.REQUIRED || (mode == TlsMode.OPPORTUNISTIC && extensions.has("STARTTLS"));
        if (startTls) {
            startTls(wire, options);
            extensions = hello(wire, options.helloName(), false);
        }
        if (options.sasl() != null) {
            ClientAuth.run(wire, options.sasl(), extensions, limits.commandWait());
        }
        return extensions;
    }

    private static TlsVerifier verifier(SmtpClientOptions options) {
        return Objects.requireNonNull(options.tlsVerifier());
    }

    private void startTls(ClientWire wire, SmtpClientOptions options) throws ClientFailureException {
        SmtpReply reply = say(wire, "STARTTLS", "STARTTLS");
        if (reply.code() != 220) {
            // Whatever the reply: without TLS the server is not usable this way, but may be in another.
            throw new ClientFailureException(
                    new SmtpFailure(Kind.TLS, false, "STARTTLS", reply, "STARTTLS refused: " + reply));
        }
        wire.handshake(verifier(options));
    }

    private ServerExtensions hello(ClientWire wire, HelloName name, boolean mayFallBack) throws ClientFailureException {
        // RFC 3207 §4.2: what was known before TLS is forgotten; RFC 2034 §4: codes only when announced.
        wire.enhancedCodes(false);
        SmtpReply reply = say(wire, "EHLO", "EHLO " + name.print());
        if (reply.code() == 250) {
            ServerExtensions extensions = ServerExtensions.parse(reply.lines());
            wire.enhancedCodes(extensions.has("ENHANCEDSTATUSCODES"));
            return extensions;
        }
        if (!mayFallBack || reply.code() < 500 || reply.code() > 504) {
            throw refusal(wire, "EHLO", reply);
        }
        // RFC 5321 §3.2: servers that don't know EHLO.
        SmtpReply helo = say(wire, "HELO", "HELO " + name.print());
        if (helo.code() != 250) {
            throw refusal(wire, "HELO", helo);
        }
        return ServerExtensions.NONE;
    }

    private SmtpReply say(ClientWire wire, String command, String line) throws ClientFailureException {
        wire.writeLine(command, line);
        return wire.readReply(command, limits.commandWait());
    }

    private static ClientFailureException refusal(ClientWire wire, String command, SmtpReply reply) {
        return reply.temporary() || reply.permanent()
                ? new ClientFailureException(SmtpFailure.refused(command, reply))
                : wire.protocol(command, "unexpected reply " + reply);
    }
}
