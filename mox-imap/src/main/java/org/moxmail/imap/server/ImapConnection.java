package org.moxmail.imap.server;

import java.time.Duration;

/** A connection that is served. */
public final class ImapConnection {
    private final Connection connection;

    ImapConnection(Connection connection) {
        this.connection = connection;
    }

    /** Serves the connection on this thread until it ends, and closes it. Called once. */
    public void run() {
        connection.run();
    }

    /** How long it has been waiting for the client, zero while a command is carried out. Any thread. */
    public Duration idle() {
        return connection.idle();
    }

    /** Whether the client has logged in. Any thread. */
    public boolean isLoggedIn() {
        return connection.session() != null;
    }

    /**
     * Says BYE and closes the connection: at once when it waits for the client, else when the current command is done. Any
     * thread; may write to the peer, so it can take as long as one write may.
     */
    public void shutDown() {
        connection.shutDown();
    }

    /** Closes the connection whatever it is doing. Any thread. */
    public void abort() {
        connection.abort();
    }
}
