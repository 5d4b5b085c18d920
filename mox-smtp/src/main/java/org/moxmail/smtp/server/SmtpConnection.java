package org.moxmail.smtp.server;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.moxmail.smtp.SmtpReply;

/** One connection. {@link #run} serves it on the caller's thread; the other methods may be called by any thread. */
public final class SmtpConnection implements Closeable {
    private static final SmtpReply TIMED_OUT = SmtpReply.of(421, "4.4.2", "timed out");
    private static final SmtpReply TOO_MUCH = SmtpReply.of(421, "4.3.4", "too much data");
    private static final SmtpReply PROGRAM_ERROR = SmtpReply.of(421, "4.3.0", "internal error, try again later");

    private final SmtpServer server;
    private final Socket socket;
    private final Socket transport;
    private final SmtpPeer peer;
    private volatile @Nullable Wire wire;
    private volatile @Nullable Conversation conversation;
    private volatile boolean finishing;
    private volatile boolean cut;

    SmtpConnection(SmtpServer server, Socket socket, Socket transport, SmtpPeer peer) {
        this.server = server;
        this.socket = socket;
        this.transport = transport;
        this.peer = peer;
    }

    /** Who is served. */
    public SmtpPeer peer() {
        return peer;
    }

    /**
     * Serves the connection until it ends, and closes it. What goes wrong with the peer is told to {@link SmtpEvents#ended}
     * and isn't thrown.
     *
     * @throws InterruptedException when the thread is interrupted while it waits for the clock; the connection is closed
     */
    public void run() throws InterruptedException {
        Wire opened;
        try {
            opened = new Wire(server, socket, transport, peer);
        } catch (IOException e) {
            close();
            server.events.ended(peer, reason(e));
            return;
        }
        wire = opened;
        if (finishing) {
            opened.finish(parting());
        }
        if (cut) {
            opened.cut();
        }
        boolean unread = true;
        String reason = "closed";
        try {
            unread = serve(opened);
        } catch (IOException e) {
            reason = reason(e);
        } finally {
            opened.close(unread);
            server.events.ended(peer, reason);
        }
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** @return whether the peer may have sent more than was read */
    private boolean serve(Wire open) throws IOException, InterruptedException {
        try {
            return switch (server.service.open(peer)) {
                case Admission.Refused refused -> {
                    open.write(refused.reply().noting(peer.id()));
                    yield true;
                }
                case Admission.Admitted admitted -> {
                    try (SmtpSession session = admitted.session()) {
                        yield converse(open, session);
                    }
                }
            };
        } catch (RuntimeException e) {
            server.events.failed(peer, e);
            apologize(open, PROGRAM_ERROR);
            return true;
        }
    }

    private boolean converse(Wire open, SmtpSession session) throws IOException, InterruptedException {
        try {
            open.write(SmtpReply.plain(220, server.options.hostname().ascii() + " ESMTP " + server.options.product()));
            Conversation begun = new Conversation(server, open, peer, session);
            conversation = begun;
            begun.run();
            return open.buffered() > 0;
        } catch (WireTimeoutException e) {
            apologize(open, TIMED_OUT);
            throw e;
        } catch (FinishingException e) {
            apologize(open, SmtpReplies.SHUTTING_DOWN);
            throw e;
        } catch (TooMuchToDiscardException e) {
            apologize(open, TOO_MUCH);
            throw e;
        }
    }

    /** RFC 5321 §3.8: say 421 before closing, if there is anybody to hear it. */
    private void apologize(Wire open, SmtpReply reply) throws IOException, InterruptedException {
        if (!open.broken() && !open.parted()) {
            open.slow(false);
            open.write(reply.noting(peer.id()));
            open.flush();
        }
    }

    /** For how long the peer has been awaited; zero while a command is carried out. */
    public Duration idle() {
        Wire open = wire;
        return open == null ? Duration.ZERO : open.idle();
    }

    /** Whether the peer has said EHLO or HELO, RFC 5321 §4.1.1.1; again after STARTTLS if it began TLS. */
    public boolean isGreeted() {
        Conversation begun = conversation;
        return begun != null && begun.isGreeted();
    }

    /**
     * Asks the connection to end: at once with {@code 421 4.3.2} when it waits for a command, otherwise with the same after
     * the command that it carries out. May wait for a peer that takes nothing, at most {@link SmtpLimits#writeStall}.
     */
    public void shutdown() {
        finishing = true;
        Wire open = wire;
        if (open != null) {
            open.finish(parting());
        }
    }

    private SmtpReply parting() {
        return SmtpReplies.SHUTTING_DOWN.noting(peer.id());
    }

    /** Cuts the connection off, in the middle of whatever it does. Doesn't wait. */
    @Override
    public void close() {
        cut = true;
        Wire open = wire;
        if (open != null) {
            open.cut();
            return;
        }
        try {
            transport.close();
        } catch (IOException e) {
            server.events.ended(peer, reason(e));
        }
    }
}
