package org.moxmail.imap.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/**
 * The bytes to and from a server.
 *
 * @param in what the server sends
 * @param out what the server gets
 * @param resource closed when the client closes
 */
public record ImapStreams(InputStream in, OutputStream out, Closeable resource) {
    /** Puts TLS on a connection. */
    public interface Upgrade {
        /** Does the handshake, verifies the server, and returns the connection within. */
        ImapStreams upgrade(ImapStreams plain) throws IOException;
    }

    /** A connected socket, which the client closes. */
    public static ImapStreams of(Socket socket) throws IOException {
        return new ImapStreams(socket.getInputStream(), socket.getOutputStream(), socket);
    }
}
