package org.moxmail.imap.server;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.moxmail.imap.Frame;
import org.moxmail.imap.ImapResponse;
import org.moxmail.imap.ImapResponse.Status;

/**
 * IDLE, RFC 2177: while the connection's thread waits for DONE, a thread of its own has the session and the peer, and
 * tells what happens. The connection's thread joins it before it does anything else with either.
 */
final class IdleHandler {
    private final Connection connection;
    private final Session session;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean done;

    IdleHandler(Connection connection, Session session) {
        this.connection = connection;
        this.session = session;
    }

    Answer idle() throws IOException, InterruptedException {
        connection.out().write(new ImapResponse.Continuation("idling"));
        session.tell();
        connection.out().flush();
        connection.releaseBuffers();
        Thread teller = connection.server().threads.newThread(this::run);
        if (!connection.beginIdle(session.cursor())) {
            done = true;
        }
        teller.start();
        try {
            connection.input().allow(connection.server().limits.autologout());
            return after(awaitDone(teller));
        } catch (PeerException e) {
            Throwable cause = failure.get();
            if (cause != null) {
                // The peer isn't to blame: its connection was closed because of this.
                throw new IllegalStateException("telling an idle client failed", cause);
            }
            throw e;
        }
    }

    private Frame awaitDone(Thread teller) throws IOException, InterruptedException {
        try {
            return connection.fragmenter().readLine();
        } finally {
            done = true;
            session.cursor().wake();
            teller.join();
            connection.endIdle();
        }
    }

    private Answer after(Frame frame) throws IOException {
        if (frame instanceof Frame.Whole line
                && "DONE".equalsIgnoreCase(line.octets().text())) {
            return Answer.ok("done");
        }
        if (frame instanceof Frame.End) {
            throw new PeerException(new java.io.EOFException("closed while idle"));
        }
        // What else is on its way can't be told from commands.
        connection.out().condition(Status.BYE, null, "only DONE ends IDLE");
        return Answer.bad("only DONE ends IDLE").last();
    }

    private void run() {
        try {
            while (!done) {
                session.take(session.cursor().await(connection.server().limits.autologout()));
                if (connection.shuttingDown()) {
                    connection.goodbye("shutting down");
                    connection.closeAfterGoodbye();
                    return;
                }
                if (!done) {
                    session.tellPolled();
                    connection.out().flush();
                    connection.releaseBuffers();
                }
            }
        } catch (InterruptedException | PeerException e) {
            // The peer is gone or everything ends: so does the wait for DONE.
            connection.abort();
        } catch (IOException | RuntimeException e) {
            failure.set(e);
            connection.abort();
        }
    }
}
