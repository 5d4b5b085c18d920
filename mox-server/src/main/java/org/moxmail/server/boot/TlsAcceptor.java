package org.moxmail.server.boot;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Carries out TLS handshakes as a server, within a time. TLS 1.2 and later (RFC 8996, RFC 8314 §4). */
final class TlsAcceptor {
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private final SSLContext context;
    private final Watchdog watchdog;
    private final Duration handshake;

    TlsAcceptor(SSLContext context, Watchdog watchdog, Duration handshake) {
        this.context = context;
        this.watchdog = watchdog;
        this.handshake = handshake;
    }

    /**
     * Layers TLS over a socket. Closing the result closes the socket.
     *
     * @param protocols names that a client may choose by ALPN, RFC 7301; a client that offers none of them goes on without
     */
    @SuppressWarnings("try") // What is opened is only to be closed again.
    SSLSocket accept(Socket socket, Set<String> protocols) throws IOException {
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true);
        tls.setUseClientMode(false);
        tls.setEnabledProtocols(VERSIONS);
        tls.setHandshakeApplicationProtocolSelector((own, offered) -> choose(protocols, offered));
        try (var guard = watchdog.guard(handshake, socket)) {
            tls.startHandshake();
        }
        return tls;
    }

    /** The client's first choice that we have; empty to go on without. Mail clients' ALPN names are no standard. */
    private static String choose(Set<String> protocols, List<String> offered) {
        return offered.stream().filter(protocols::contains).findFirst().orElse("");
    }
}
