package org.moxmail.smtp.server;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/** Makes a TLS connection of a plain one, RFC 3207. Safe for many threads. */
@FunctionalInterface
public interface TlsUpgrade {
    /**
     * Layers a server-side TLS socket over {@code plain} and completes its handshake. The engine bounds the time and closes
     * {@code plain} in the end.
     *
     * @throws IOException when the handshake fails; the connection is then closed
     */
    SSLSocket upgrade(Socket plain) throws IOException;
}
