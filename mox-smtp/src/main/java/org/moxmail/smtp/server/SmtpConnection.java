package org.moxmail.smtp.server;

import java.io.Closeable;
import java.net.Socket;
import java.time.Duration;

/** One connection. {@link #run} serves it on the caller's thread; the other methods may be called by any thread. */
public final class SmtpConnection implements Closeable {
    private final SmtpServer server;
    private final Socket socket;
    private final Socket transport;
    private final SmtpPeer peer;

    SmtpConnection(SmtpServer server, Socket socket, Socket transport, SmtpPeer peer) {
        this.server = server;
        this.socket = socket;
        this.transport = transport;
        this.peer = peer;
    }

    /**
     * Serves the connection until it ends, and closes it. What goes wrong with the peer is told to {@link SmtpEvents#ended}
     * and isn't thrown.
     *
     * @throws InterruptedException when the thread is interrupted while it waits for the clock; the connection is closed
     */
    public void run() throws InterruptedException {
        throw new UnsupportedOperationException(peer.id() + socket + transport + server.options);
    }

    /** Since when nothing came from the peer; zero while a command is carried out. */
    public Duration idle() {
        return Duration.ZERO;
    }

    /**
     * Asks the connection to end: at once with {@code 421 4.3.2} when it waits for a command, otherwise after the command that
     * it carries out. Doesn't wait.
     */
    public void shutdown() {}

    /** Cuts the connection off, in the middle of whatever it does. Doesn't wait. */
    @Override
    public void close() {}
}
