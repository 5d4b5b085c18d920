package org.moxmail.imap.server;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/** Starts TLS on a connection, RFC 9051 §6.2.1. Safe for many threads. */
public interface TlsUpgrade {
    /**
     * Layers TLS over a socket and carries out the handshake, which the socket's read timeout bounds. Closing the result
     * closes the socket.
     */
    SSLSocket upgrade(Socket socket) throws IOException;
}
