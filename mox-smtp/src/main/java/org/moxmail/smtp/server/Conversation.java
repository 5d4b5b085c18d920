package org.moxmail.smtp.server;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;
import org.moxmail.smtp.BodyType;
import org.moxmail.smtp.MailParams;
import org.moxmail.smtp.ParamOutcome;
import org.moxmail.smtp.RcptParams;
import org.moxmail.smtp.SmtpCommand;
import org.moxmail.smtp.SmtpReply;
import org.moxmail.smtp.SmtpSyntax;

/**
 * The commands of one connection, one after another: which may come when (RFC 5321 §4.1.4), and what becomes of the state.
 *
 * <p>A message in chunks turns the order inside out: while the transaction reads it, this object reads the commands between
 * the chunks, answers those that leave the message alone itself, and keeps the one that ends it in {@code pending} until the
 * transaction has let go.
 */
final class Conversation {
    private static final SmtpReply LINE_TOO_LONG =
            SmtpReply.of(500, "5.5.0", "line too long").close();
    private static final SmtpReply NOT_SMTP =
            SmtpReply.of(500, "5.5.2", "please try again speaking smtp").close();
    private static final SmtpReply UNKNOWN = SmtpReply.of(500, "5.5.1", "unknown command");
    private static final SmtpReply NO_CRLF = SmtpReply.of(500, "5.5.2", "line must end in CRLF");
    private static final SmtpReply NOT_UTF8 = SmtpReply.of(500, "5.5.2", "line is not UTF-8");
    private static final SmtpReply TOO_MANY_BAD =
            SmtpReply.of(421, "4.7.0", "too many bad commands").close();
    private static final SmtpReply TOO_MANY_FAILURES =
            SmtpReply.of(550, "5.1.0", "too many failures").close();
    private static final SmtpReply AUTH_REQUIRED = SmtpReply.of(530, "5.7.0", "authentication required");
    private static final SmtpReply BUFFERED_BEFORE_TLS = SmtpReply.of(
                    503, "5.5.1", "commands sent along with STARTTLS, before the handshake")
            .close();
    private static final SmtpReply MAIL_NOT_ASCII =
            SmtpReply.of(550, "5.6.7", "international address without SMTPUTF8");
    private static final SmtpReply RCPT_NOT_ASCII =
            SmtpReply.of(553, "5.6.7", "international address without SMTPUTF8");

    private final SmtpServer server;
    private final Wire wire;
    private final SmtpPeer peer;
    private final SmtpSession session;

    /** Written by the connection's thread only. */
    private volatile @Nullable Hello hello;

    private @Nullable Envelope envelope;
    private boolean authenticated;
    private int authFailures;
    private int badCommands;
    private int failedTransactions;
    private int goodTransactions;
    private boolean first = true;
    private boolean ended;
    private @Nullable SmtpCommand pending;
    private boolean pendingAscii;
    private long since;

    Conversation(SmtpServer server, Wire wire, SmtpPeer peer, SmtpSession session) {
        this.server = server;
        this.wire = wire;
        this.peer = peer;
        this.session = session;
    }

    /** Whether the peer has introduced itself, since TLS began if it did. Any thread. */
    boolean isGreeted() {
        return hello != null;
    }

    /** Until the connection is to be closed. */
    void run() throws IOException, InterruptedException {
        try {
            while (!ended) {
                SmtpCommand command = read();
                if (command != null) {
                    dispatch(command, pendingAscii);
                }
                runPending();
            }
        } finally {
            closeTransaction();
        }
    }

    private void runPending() throws IOException, InterruptedException {
        SmtpCommand command = pending;
        pending = null;
        if (command != null && !ended) {
            dispatch(command, pendingAscii);
        }
    }

    /** @return null when the line was no command, and is answered */
    private @Nullable SmtpCommand read() throws IOException, InterruptedException {
        Wire.Line line = wire.readCommand();
        since = server.timing.nanoTime();
        switch (line.kind()) {
            case TOO_LONG -> bad("TOOLONG", LINE_TOO_LONG);
            case BARE_LF -> bad("UNKNOWN", first ? NOT_SMTP : NO_CRLF);
            case NOT_UTF8 -> bad("UNKNOWN", first ? NOT_SMTP : NOT_UTF8);
            case LINE -> {
                return parse(line.text());
            }
        }
        return null;
    }

    private @Nullable SmtpCommand parse(String text) throws IOException, InterruptedException {
        try {
            SmtpCommand command = SmtpSyntax.parse(text, server.options.leniencies());
            trace(command, text);
            if (command instanceof SmtpCommand.Unknown) {
                bad("UNKNOWN", first ? NOT_SMTP : UNKNOWN);
                return null;
            }
            first = false;
            pendingAscii = isAscii(text);
            return command;
        } catch (SyntaxException e) {
            // May hold a credential that was only mistyped.
            wire.traceReceived(firstWord(text) + " ...");
            first = false;
            bad(firstWord(text), SmtpReply.of(501, "5.5.2", "syntax error: expected " + e.expected()));
            return null;
        }
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static String firstWord(String text) {
        String word = text.split("[ :]", 2)[0];
        return word.toUpperCase(java.util.Locale.ROOT);
    }

    private void trace(SmtpCommand command, String text) {
        boolean secret = command instanceof SmtpCommand.Auth auth
                && auth.initialResponse() != null
                && !server.events.traces(SmtpEvents.TraceLevel.TRACEAUTH);
        wire.traceReceived(secret ? firstWord(text) + " ***" : text);
    }

    // ---- replies

    private void reply(String verb, SmtpReply reply) throws IOException, InterruptedException {
        wire.write(reply.code() >= 400 ? reply.noting(peer.id()) : reply);
        server.events.commandDone(peer, verb, reply, Duration.ofNanos(server.timing.nanoTime() - since));
        switch (reply.pace()) {
            case NORMAL -> {}
            case SLOW -> wire.slow(true);
            case CLOSE -> ended = true;
        }
        // RFC 5321 §3.8: 421 announces the end of the connection whatever it answers.
        if (reply.code() == 421) {
            ended = true;
        }
    }

    private void bad(String verb, SmtpReply reply) throws IOException, InterruptedException {
        badCommands++;
        reply(verb, badCommands >= server.limits.badCommands() ? TOO_MANY_BAD : reply);
    }

    private void outOfOrder(SmtpCommand command, String why) throws IOException, InterruptedException {
        bad(command.verb(), SmtpReply.of(503, "5.5.1", why));
    }

    // ---- commands

    private void dispatch(SmtpCommand command, boolean ascii) throws IOException, InterruptedException {
        String verb = command.verb();
        switch (command) {
            case SmtpCommand.Ehlo ehlo -> hello(verb, new Hello(true, ehlo.name()));
            case SmtpCommand.Helo helo -> hello(verb, new Hello(false, helo.name()));
            case SmtpCommand.StartTls startTls -> startTls(startTls);
            case SmtpCommand.Auth auth -> auth(auth);
            case SmtpCommand.Mail mail -> mail(mail, ascii);
            case SmtpCommand.Rcpt rcpt -> rcpt(rcpt, ascii);
            case SmtpCommand.Data data -> data(data);
            case SmtpCommand.Bdat bdat -> bdat(bdat);
            case SmtpCommand.Rset rset -> {
                closeTransaction();
                reply(verb, SmtpReplies.OK);
            }
            case SmtpCommand.Noop noop -> reply(verb, SmtpReplies.OK);
            case SmtpCommand.Vrfy vrfy -> reply(verb, SmtpReply.of(252, "2.7.0", "no verification"));
            case SmtpCommand.Expn expn -> reply(verb, SmtpReply.of(252, "2.7.0", "no verification"));
            case SmtpCommand.Help help -> reply(verb, SmtpReply.of(214, "2.0.0", "see RFC 5321"));
            case SmtpCommand.Quit quit -> {
                closeTransaction();
                reply(verb, SmtpReply.of(221, "2.0.0", "bye").close());
            }
            case SmtpCommand.Unknown unknown -> throw new IllegalStateException("answered before");
        }
    }

    private void hello(String verb, Hello name) throws IOException, InterruptedException {
        SmtpReply decision = session.hello(name, wire.tls());
        if (!decision.positive()) {
            reply(verb, decision);
            return;
        }
        // RFC 5321 §4.1.4: EHLO and HELO act as RSET too, but when refused they change nothing.
        closeTransaction();
        hello = name;
        // RFC 5321 §3.2: never the extensions to HELO.
        reply(
                verb,
                name.extended()
                        ? Extensions.reply(server, wire, session)
                        : SmtpReply.plain(250, server.options.hostname().ascii()));
    }

    private void startTls(SmtpCommand.StartTls command) throws IOException, InterruptedException {
        TlsUpgrade upgrade = server.tls;
        if (hello == null) {
            outOfOrder(command, "no EHLO yet");
        } else if (upgrade == null || wire.tls() != null || authenticated || inChunks()) {
            outOfOrder(command, "STARTTLS not possible now");
        } else if (wire.buffered() > 0) {
            // RFC 3207 §4.2 and CVE-2011-0411: what came in plaintext must not be taken for what is protected.
            bad(command.verb(), BUFFERED_BEFORE_TLS);
        } else {
            reply(command.verb(), SmtpReply.of(220, "2.0.0", "go ahead"));
            handshake(upgrade);
        }
    }

    private void handshake(TlsUpgrade upgrade) throws IOException, InterruptedException {
        closeTransaction();
        try {
            wire.upgrade(upgrade);
        } catch (IOException e) {
            server.events.handshake(peer, false, String.valueOf(e.getMessage()));
            throw e;
        }
        server.events.handshake(peer, true, "");
        hello = null;
    }

    private void auth(SmtpCommand.Auth command) throws IOException, InterruptedException {
        if (hello == null) {
            outOfOrder(command, "no EHLO yet");
        } else if (!(session instanceof SaslSession sasl)) {
            outOfOrder(command, "no authentication here");
        } else if (authenticated) {
            outOfOrder(command, "already authenticated");
        } else if (envelope != null) {
            outOfOrder(command, "mail transaction in progress");
        } else {
            Duration delay = sasl.delay(authFailures);
            if (delay.isPositive()) {
                server.timing.sleep(delay);
            }
            AuthExchange exchange = new AuthExchange(wire, sasl, command);
            authDone(command, exchange.run(), exchange.attempted());
        }
    }

    private void authDone(SmtpCommand.Auth command, SmtpReply outcome, boolean attempted)
            throws IOException, InterruptedException {
        if (outcome.code() == 235) {
            authenticated = true;
            wire.slow(false);
        } else if (attempted) {
            authFailures++;
            if (authFailures >= server.limits.slowAfterAuthFailures()) {
                wire.slow(true);
            }
        }
        reply(command.verb(), outcome);
    }

    private void mail(SmtpCommand.Mail command, boolean ascii) throws IOException, InterruptedException {
        SSLSession tls = wire.tls();
        if (hello == null) {
            outOfOrder(command, "no EHLO yet");
        } else if (failedTransactions > server.limits.failedTransactions() && goodTransactions == 0) {
            reply(command.verb(), TOO_MANY_FAILURES);
        } else if (envelope != null) {
            outOfOrder(command, "mail transaction in progress");
        } else if (server.options.authRequired()
                && !authenticated
                && !(session instanceof SaslSession sasl && sasl.identified(tls))) {
            reply(command.verb(), AUTH_REQUIRED);
        } else {
            reply(command.verb(), begin(command, ascii, tls != null));
        }
    }

    private SmtpReply begin(SmtpCommand.Mail command, boolean ascii, boolean encrypted) {
        ParamOutcome<MailParams> outcome = MailParams.parse(command.parameters());
        if (!(outcome instanceof ParamOutcome.Understood<MailParams> understood)) {
            return Objects.requireNonNull(ParameterCheck.refusal(outcome));
        }
        MailParams params = understood.params();
        SmtpReply refusal = new ParameterCheck(server, encrypted).mail(params);
        if (refusal != null) {
            return refusal;
        }
        if (!ascii && !params.smtputf8()) {
            return MAIL_NOT_ASCII;
        }
        return switch (session.mail(command.from(), params)) {
            case MailDecision.Refuse refuse -> refuse.reply();
            case MailDecision.Begin begin -> {
                envelope = new Envelope(begin.transaction(), params);
                yield SmtpReplies.SENDER_OK;
            }
        };
    }

    private void rcpt(SmtpCommand.Rcpt command, boolean ascii) throws IOException, InterruptedException {
        Envelope open = envelope;
        if (open == null) {
            outOfOrder(command, "no MAIL yet");
        } else if (open.chunking) {
            outOfOrder(command, "message in progress");
        } else {
            reply(command.verb(), recipient(open, command, ascii));
        }
    }

    private SmtpReply recipient(Envelope open, SmtpCommand.Rcpt command, boolean ascii) {
        ParamOutcome<RcptParams> outcome = RcptParams.parse(command.parameters());
        if (!(outcome instanceof ParamOutcome.Understood<RcptParams> understood)) {
            return Objects.requireNonNull(ParameterCheck.refusal(outcome));
        }
        SmtpReply refusal = new ParameterCheck(server, wire.tls() != null).rcpt(understood.params());
        if (refusal != null) {
            return refusal;
        }
        if (!ascii && !open.params.smtputf8()) {
            return RCPT_NOT_ASCII;
        }
        if (open.recipients >= server.limits.recipients()) {
            return SmtpReplies.TOO_MANY_RECIPIENTS;
        }
        SmtpReply decision = open.transaction.recipient(command.to(), understood.params());
        if (decision.positive()) {
            open.recipients++;
        }
        return decision;
    }

    // ---- messages

    private void data(SmtpCommand.Data command) throws IOException, InterruptedException {
        Envelope open = envelope;
        if (open == null) {
            outOfOrder(command, "no MAIL yet");
        } else if (open.recipients == 0) {
            outOfOrder(command, "no RCPT yet");
        } else if (open.chunking) {
            outOfOrder(command, "message in chunks in progress");
        } else if (open.params.body() == BodyType.BINARY_MIME) {
            outOfOrder(command, "BINARYMIME needs BDAT");
        } else {
            wire.write(SmtpReply.plain(354, "see you at the bare dot"));
            receive(command.verb(), open, new DataReader(server, wire, open.params));
        }
    }

    private void bdat(SmtpCommand.Bdat command) throws IOException, InterruptedException {
        Envelope open = envelope;
        if (!server.options.chunking()) {
            // The octets can't be told from commands unless they are skipped.
            BdatReader.discard(server, wire, command);
            bad(command.verb(), SmtpReply.of(502, "5.5.1", "CHUNKING not offered"));
        } else if (open == null || open.recipients == 0) {
            BdatReader.discard(server, wire, command);
            outOfOrder(command, open == null ? "no MAIL yet" : "no RCPT yet");
        } else {
            open.chunking = true;
            receive(command.verb(), open, new BdatReader(server, wire, open.params, command, this::nextChunk));
        }
    }

    private void receive(String verb, Envelope open, IncomingMessage message) throws IOException, InterruptedException {
        failedTransactions++;
        wire.level(SmtpEvents.TraceLevel.TRACEDATA);
        wire.messageBegins();
        SmtpReply outcome;
        try {
            outcome = outcome(open.transaction, message);
        } catch (AbortedMessageException e) {
            closeTransaction();
            return;
        } finally {
            wire.messageEnds();
            wire.level(SmtpEvents.TraceLevel.TRACE);
        }
        if (outcome.positive()) {
            failedTransactions--;
            goodTransactions++;
        }
        closeTransaction();
        reply(verb, outcome);
    }

    private SmtpReply outcome(MailTransaction transaction, IncomingMessage message)
            throws IOException, InterruptedException {
        SmtpReply decision;
        try {
            decision = transaction.message(message);
        } catch (RefusedMessageException e) {
            decision = e.reply();
        } catch (IOException e) {
            if (message.failure() == null) {
                server.events.failed(peer, e);
            }
            decision = SmtpReplies.LOCAL_ERROR;
        }
        IOException failure = message.failure();
        if (failure instanceof TooMuchToDiscardException) {
            return lost(message, decision).close();
        }
        if (failure != null) {
            throw failure;
        }
        try {
            message.discardRest();
        } catch (TooMuchToDiscardException e) {
            return lost(message, decision).close();
        }
        return lost(message, decision);
    }

    /** The message's own fault counts, whatever the transaction made of it. */
    private static SmtpReply lost(IncomingMessage message, SmtpReply decision) {
        SmtpReply refusal = message.refusal();
        return refusal == null ? decision : refusal;
    }

    private boolean inChunks() {
        return envelope != null && envelope.chunking;
    }

    /** Confirms a chunk and reads commands up to the next one; see the class. */
    private SmtpCommand.Bdat nextChunk(long octets) throws IOException, InterruptedException {
        wire.level(SmtpEvents.TraceLevel.TRACE);
        reply("BDAT", SmtpReply.of(250, "2.0.0", octets + " octets received"));
        while (!ended) {
            SmtpCommand command = read();
            if (command instanceof SmtpCommand.Bdat chunk) {
                wire.level(SmtpEvents.TraceLevel.TRACEDATA);
                return chunk;
            }
            if (command instanceof SmtpCommand.Rset
                    || command instanceof SmtpCommand.Quit
                    || command instanceof SmtpCommand.Ehlo
                    || command instanceof SmtpCommand.Helo) {
                pending = command;
                break;
            }
            if (command != null) {
                dispatch(command, pendingAscii);
            }
        }
        throw new AbortedMessageException();
    }

    private void closeTransaction() {
        Envelope open = envelope;
        envelope = null;
        if (open != null) {
            open.transaction.close();
        }
    }
}
