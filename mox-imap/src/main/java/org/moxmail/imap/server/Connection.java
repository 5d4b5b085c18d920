package org.moxmail.imap.server;

import java.io.IOException;
import java.lang.System.Logger;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.moxmail.imap.Fragmenter;
import org.moxmail.imap.Frame;
import org.moxmail.imap.ImapCommand;
import org.moxmail.imap.ImapDecoder;
import org.moxmail.imap.ImapEncoder;
import org.moxmail.imap.ImapResponse;
import org.moxmail.imap.ImapResponse.Status;
import org.moxmail.imap.ImapSyntaxException;
import org.moxmail.imap.MailboxEncoding;
import org.moxmail.imap.Octets;
import org.moxmail.imap.ResponseCode;
import org.moxmail.imap.Tag;
import org.moxmail.imap.TaggedCommand;

/**
 * One connection from greeting to end: reads a command, has it carried out, answers. All of it happens on the thread that
 * runs it, and only that thread writes to the peer, with two exceptions that each have the peer to themselves: IDLE's
 * thread while the client idles, and {@link #shutDown} when it finds the connection waiting for a command.
 */
final class Connection {
    private static final Logger LOG = System.getLogger(Connection.class.getName());

    /** Who may write to the peer. */
    enum Phase {
        /** Nobody: a command is awaited. Whoever moves it on to another phase may write. */
        WAITING,
        /** The connection's thread. */
        BUSY,
        /** IDLE's thread. */
        IDLING,
        /** Who moved it here says goodbye. */
        CLOSING
    }

    private final ImapServer server;
    private final ImapPeer peer;
    private final ImapLogin login;
    private final WriteWatchdog.Watch watch;
    private final ConnectionInput input;
    private final ConnectionOutput output;
    private final Fragmenter fragmenter;
    private final ImapEncoder encoder;
    private final ImapDecoder decoder;
    private final @Nullable Tracer tracer;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.BUSY);
    private final AtomicReference<@Nullable ChangeCursor> idling = new AtomicReference<>();
    private final Dispatcher dispatcher;
    private volatile Socket socket;
    private volatile boolean shuttingDown;
    private volatile long waitingSince;
    /** Written by the connection's thread only. */
    private volatile @Nullable Session session;

    private boolean recognized;
    private int badCommands;

    Connection(ImapServer server, Socket socket, ImapPeer peer) throws IOException {
        this.server = server;
        this.socket = socket;
        this.peer = peer;
        ImapEvents.Trace trace = server.events.trace(peer);
        tracer = trace == ImapEvents.Trace.NOTHING ? null : new Tracer(server.events, peer, trace);
        watch = server.watchdog.watch(this::abort);
        boolean done = false;
        try {
            input = new ConnectionInput(socket, server.timing, watch);
            output = new ConnectionOutput(socket, watch, server.limits.outputBuffer(), tracer);
            encoder = new ImapEncoder(output);
            decoder = new ImapDecoder(server.limits.syntax());
            fragmenter = new Fragmenter(input, server.limits.syntax(), this::askForLiteral);
            dispatcher = new Dispatcher(this);
            login = server.service.open(peer);
            done = true;
        } finally {
            if (!done) {
                watch.close();
                close(socket);
            }
        }
    }

    private void askForLiteral() throws IOException {
        encoder.write(new ImapResponse.Continuation("go on"));
        encoder.flush();
    }

    ImapServer server() {
        return server;
    }

    ImapPeer peer() {
        return peer;
    }

    ImapLogin login() {
        return login;
    }

    ImapEncoder out() {
        return encoder;
    }

    ImapDecoder decoder() {
        return decoder;
    }

    Fragmenter fragmenter() {
        return fragmenter;
    }

    ConnectionInput input() {
        return input;
    }

    /** Nothing is written for a while. */
    void releaseBuffers() {
        encoder.release();
        output.release();
    }

    @Nullable
    Tracer tracer() {
        return tracer;
    }

    @Nullable
    Session session() {
        return session;
    }

    /** The connection's TLS session, null in plaintext. */
    @Nullable
    SSLSession tls() {
        return socket instanceof SSLSocket secure ? secure.getSession() : null;
    }

    /** Whether the client may start TLS. */
    boolean tlsOffered() {
        return server.tls != null && !(socket instanceof SSLSocket);
    }

    /** What is announced now. */
    List<String> capabilities() {
        Session in = session;
        long limit = server.options.appendLimit();
        Set<String> disabled = Set.of();
        if (in != null) {
            limit = Math.min(limit, in.mail().appendLimit());
            disabled = in.mail().disabledCapabilities();
        }
        List<String> mechanisms = login.mechanisms(tls());
        return Capabilities.of(server.options, disabled, mechanisms, tlsOffered(), limit, in != null);
    }

    /** The client has logged in. */
    void begin(AccountMail mail) {
        session = new Session(mail, encoder);
    }

    /** Goes on over TLS; the client was told so. */
    private void startTls() throws IOException {
        TlsUpgrade upgrade = Objects.requireNonNull(server.tls, "STARTTLS was accepted");
        try {
            socket.setSoTimeout(Math.toIntExact(server.limits.handshake().toMillis()));
            SSLSocket secure = upgrade.upgrade(socket);
            socket = secure;
            input.replace(secure);
            output.replace(secure);
        } catch (IOException e) {
            throw new PeerException(e);
        }
    }

    void run() {
        try {
            greet();
            boolean more = true;
            while (more) {
                more = step();
            }
        } catch (PeerTimeoutException e) {
            goodbye("you were too slow");
        } catch (PeerException e) {
            LOG.log(Logger.Level.DEBUG, "connection {0} ended: {1}", peer.id(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            failed("(connection)", e);
        } finally {
            end();
        }
    }

    private void greet() throws IOException {
        if (shuttingDown) {
            throw new PeerException(new SocketException("shutting down"));
        }
        encoder.condition(
                Status.OK, new ResponseCode.Capability(capabilities()), server.options.product() + " is ready");
        encoder.flush();
    }

    /** Waits for a command and carries it out. False when the connection ends. */
    private boolean step() throws IOException, InterruptedException {
        releaseBuffers();
        waitingSince = server.timing.nanoTime();
        phase.set(Phase.WAITING);
        if (shuttingDown && phase.compareAndSet(Phase.WAITING, Phase.BUSY)) {
            goodbye("shutting down");
            return false;
        }
        boolean came;
        input.allow(session == null ? server.limits.loginWait() : server.limits.autologout());
        try {
            came = fragmenter.await();
        } catch (PeerTimeoutException e) {
            if (phase.compareAndSet(Phase.WAITING, Phase.BUSY)) {
                goodbye("you were inactive for too long");
            }
            return false;
        }
        if (!phase.compareAndSet(Phase.WAITING, Phase.BUSY) || !came) {
            return false;
        }
        input.allow(session == null ? server.limits.loginWait() : server.limits.commandTotal());
        return take(fragmenter.read());
    }

    private boolean take(Frame frame) throws IOException, InterruptedException {
        return switch (frame) {
            case Frame.Whole whole -> command(whole.octets(), frame);
            case Frame.Message message -> command(message.octets(), frame);
            case Frame.TooBig big -> tooBig(big);
            case Frame.End end -> false;
        };
    }

    private boolean tooBig(Frame.TooBig big) throws IOException {
        Tag tag = ImapDecoder.tag(big.octets()).orElse(null);
        if (!big.inStep()) {
            // RFC 7888 §4: what comes next can't be told from the literal's octets.
            encoder.condition(Status.BYE, ResponseCode.Word.ALERT, big.what());
        }
        bad(tag, ResponseCode.Word.TOOBIG, big.what());
        encoder.flush();
        server.events.commandDone(peer, Dispatcher.UNRECOGNIZED, ImapEvents.Result.BAD, 0);
        return big.inStep() && tolerable();
    }

    /** A client that isn't logged in has only so many tries. */
    private boolean tolerable() throws IOException {
        if (session != null || ++badCommands < server.limits.badCommands()) {
            return true;
        }
        goodbye("too many bad commands");
        return false;
    }

    private void bad(@Nullable Tag tag, @Nullable ResponseCode code, String why) throws IOException {
        String text = Answer.printable(why);
        if (tag == null) {
            // RFC 9051 §7.1.3: an untagged BAD is for what can't be tied to a command.
            encoder.condition(Status.BAD, code, text);
        } else {
            encoder.tagged(tag, Status.BAD, code, text);
        }
    }

    private boolean command(Octets octets, Frame frame) throws IOException, InterruptedException {
        TaggedCommand decoded;
        try {
            decoded = decoder.decode(octets, session == null ? MailboxEncoding.MODIFIED_UTF7 : session.encoding());
        } catch (ImapSyntaxException e) {
            return syntaxError(octets, frame, e);
        }
        trace(decoded, octets);
        recognized = true;
        long start = server.timing.nanoTime();
        String name = Dispatcher.name(decoded.command());
        ImapEvents.Result result = ImapEvents.Result.BROKEN;
        try {
            Answer answer = answer(decoded, frame, name);
            encoder.tagged(decoded.tag(), answer.status(), answer.code(), answer.text());
            encoder.flush();
            result = result(answer);
            if (answer.after() == Answer.After.TLS) {
                startTls();
            }
            return answer.after() != Answer.After.END && (answer.status() != Status.BAD || tolerable());
        } finally {
            server.events.commandDone(peer, name, result, server.timing.nanoTime() - start);
        }
    }

    private static ImapEvents.Result result(Answer answer) {
        return switch (answer.status()) {
            case NO ->
                answer.code() == ResponseCode.Word.SERVERBUG || answer.code() == ResponseCode.Word.UNAVAILABLE
                        ? ImapEvents.Result.ERROR
                        : ImapEvents.Result.NO;
            case BAD -> ImapEvents.Result.BAD;
            default -> ImapEvents.Result.OK;
        };
    }

    private Answer answer(TaggedCommand command, Frame frame, String name) throws IOException, InterruptedException {
        try {
            return dispatcher.carryOut(command, frame);
        } catch (PeerException | PeerTimeoutException e) {
            throw e;
        } catch (IOException e) {
            // The account's mail failed; the conversation is at a command's end all the same.
            return unavailable(name, e);
        } catch (RuntimeException e) {
            failed(name, e);
            encoder.condition(Status.BYE, null, "something went wrong here");
            return Answer.no(ResponseCode.Word.SERVERBUG, "something went wrong here")
                    .last();
        }
    }

    /** The account's mail failed during a command. */
    Answer unavailable(String command, IOException cause) {
        failed(command, cause);
        Session in = session;
        // RFC 5530 §3 has no code for a full disk, and OVERQUOTA makes clients say what can be done about it.
        return in != null && in.mail().isFull(cause)
                ? Answer.no(ResponseCode.Word.OVERQUOTA, "there is no space left")
                : Answer.no(ResponseCode.Word.UNAVAILABLE, "the mail isn't available now");
    }

    /** Something of ours failed during a command. */
    void failed(String command, Exception cause) {
        server.events.failed(peer, command, cause);
        LOG.log(Logger.Level.ERROR, "connection " + peer.id() + ": " + command + " failed", cause);
    }

    private boolean syntaxError(Octets octets, Frame frame, ImapSyntaxException error) throws IOException {
        if (tracer != null) {
            // It may have been meant as a login.
            if (session == null) {
                tracer.secret("", octets);
            } else {
                tracer.command(octets);
            }
        }
        server.events.commandDone(peer, Dispatcher.UNRECOGNIZED, ImapEvents.Result.BAD, 0);
        if (!recognized && error.kind() != ImapSyntaxException.Kind.SYNTAX) {
            // Another protocol's client, such as a browser's; nothing it sends may be taken for commands.
            goodbye("this is IMAP");
            return false;
        }
        recognized |= error.kind() == ImapSyntaxException.Kind.SYNTAX;
        boolean inStep = !(frame instanceof Frame.Message) || fragmenter.refuse();
        String text = error.kind() == ImapSyntaxException.Kind.UNKNOWN_COMMAND
                ? "unknown command"
                : "expected " + error.expected() + " at octet " + error.offset();
        if (!inStep) {
            encoder.condition(Status.BYE, ResponseCode.Word.ALERT, "the message is too big to be passed over");
        }
        bad(error.tag().orElse(null), null, text);
        encoder.flush();
        return inStep && tolerable();
    }

    private void trace(TaggedCommand decoded, Octets octets) {
        if (tracer == null) {
            return;
        }
        switch (decoded.command()) {
            case ImapCommand.Login in -> tracer.secret(decoded.tag() + " LOGIN ", octets);
            case ImapCommand.Authenticate in ->
                tracer.secret(decoded.tag() + " AUTHENTICATE " + in.mechanism() + " ", octets);
            default -> tracer.command(octets);
        }
    }

    /** IDLE's thread has the peer from now on. False when the server is shutting down. */
    boolean beginIdle(ChangeCursor cursor) {
        idling.set(cursor);
        waitingSince = server.timing.nanoTime();
        phase.set(Phase.IDLING);
        return !shuttingDown;
    }

    /** The connection's thread has the peer again. */
    void endIdle() {
        idling.set(null);
        phase.set(Phase.BUSY);
    }

    boolean shuttingDown() {
        return shuttingDown;
    }

    /** Says BYE, as far as the peer still listens. */
    void goodbye(String why) {
        try {
            encoder.condition(Status.BYE, null, why);
            encoder.flush();
        } catch (IOException e) {
            LOG.log(Logger.Level.DEBUG, "connection {0} ended before BYE: {1}", peer.id(), e.getMessage());
        }
    }

    void shutDown() {
        shuttingDown = true;
        if (phase.compareAndSet(Phase.WAITING, Phase.CLOSING)) {
            goodbye("shutting down");
            close(socket);
        } else if (phase.get() == Phase.IDLING) {
            ChangeCursor cursor = idling.get();
            if (cursor != null) {
                cursor.wake();
            }
        }
    }

    Duration idle() {
        Phase now = phase.get();
        boolean waits = now == Phase.WAITING || now == Phase.IDLING;
        return waits ? Duration.ofNanos(server.timing.nanoTime() - waitingSince) : Duration.ZERO;
    }

    /** Closes the connection after what was written has gone. */
    void closeAfterGoodbye() {
        close(socket);
    }

    /** Closes the connection without waiting for the peer. */
    void abort() {
        try {
            // Also keeps TLS from waiting for a write that doesn't end before it says goodbye.
            socket.setSoLinger(true, 0);
        } catch (SocketException e) {
            LOG.log(Logger.Level.DEBUG, "connection {0} is closed already: {1}", peer.id(), e.getMessage());
        }
        close(socket);
    }

    private void end() {
        if (session != null) {
            session.close();
        }
        login.close();
        close(socket);
        watch.close();
    }

    private void close(Socket which) {
        try {
            which.close();
        } catch (IOException e) {
            LOG.log(Logger.Level.DEBUG, "closing connection {0}: {1}", peer.id(), e.getMessage());
        }
    }
}
