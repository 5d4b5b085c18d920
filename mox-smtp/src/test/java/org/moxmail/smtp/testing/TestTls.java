package org.moxmail.smtp.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** TLS with the checked-in key, a certificate for mx.example.org that its own trust store trusts. */
public final class TestTls {
    private static final char[] PASSWORD = "test-only".toCharArray();

    private TestTls() {}

    public static SSLContext context() {
        try (InputStream in = Objects.requireNonNull(TestTls.class.getResourceAsStream("/tls/test.p12"))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD);
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("mx", store.getCertificate("mx"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public static SSLSocket server(Socket plain) throws IOException {
        SSLSocket socket = (SSLSocket) context().getSocketFactory().createSocket(plain, "client.example", 25, true);
        socket.setUseClientMode(false);
        socket.startHandshake();
        return socket;
    }

    public static SSLSocket client(Socket plain) throws IOException {
        return client(plain, "TLSv1.3");
    }

    public static SSLSocket client(Socket plain, String protocol) throws IOException {
        SSLSocket socket = (SSLSocket) context().getSocketFactory().createSocket(plain, "mx.example.org", 25, true);
        socket.setUseClientMode(true);
        socket.setEnabledProtocols(new String[] {protocol});
        socket.startHandshake();
        return socket;
    }
}
