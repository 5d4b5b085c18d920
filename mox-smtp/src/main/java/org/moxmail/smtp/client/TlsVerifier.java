package org.moxmail.smtp.client;

import java.io.IOException;
import java.net.Socket;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** Makes TLS of a plain connection, and decides whether the server is the one meant: by PKIX, DANE, policy or not at all. */
public interface TlsVerifier {
    /**
     * Layers a client-side TLS socket over {@code plain}, set up with versions, server name and trust, but not shaken hands.
     * A trust manager may refuse the certificate during the handshake.
     */
    SSLSocket layer(Socket plain) throws IOException;

    /**
     * Judges the server after the handshake.
     *
     * @return why not, or nothing when it will do
     */
    Optional<String> objection(SSLSession session);
}
