package org.moxmail.server.boot;

import java.io.IOException;
import java.net.Socket;
import org.moxmail.server.limits.Admission;

/** What a listener hands its connections to. Safe for many threads. */
interface Protocol {
    /** Decides who may connect. */
    Admission admission();

    /** Whether users log in. */
    boolean logins();

    /** What a peer that may not connect is told, with its line end. */
    String refusal(Admission.Reason reason);

    /** Takes over a connection. */
    ConnectionHandler open(Connection connection) throws IOException;

    /**
     * A connection that was let in.
     *
     * @param id its number
     * @param socket with TLS layered on it where the listener has that from the start
     * @param transport what that is layered on, else the same
     */
    record Connection(long id, Socket socket, Socket transport) {}
}
