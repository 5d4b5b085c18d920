package org.moxmail.imap.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** TLS with a certificate that only the tests know. */
final class TestTls {
    private TestTls() {}

    private static SSLContext context() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = TestTls.class.getResourceAsStream("/tls/server.p12")) {
            store.load(in, "secret".toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, "secret".toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    static TlsUpgrade upgrade() throws Exception {
        SSLContext context = context();
        return socket -> layer(context, socket, false);
    }

    /** The client's side of the handshake. */
    static SSLSocket client(Socket socket) throws Exception {
        return layer(context(), socket, true);
    }

    private static SSLSocket layer(SSLContext context, Socket socket, boolean client) throws IOException {
        SSLSocket secure =
                (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
        secure.setUseClientMode(client);
        secure.startHandshake();
        return secure;
    }
}
