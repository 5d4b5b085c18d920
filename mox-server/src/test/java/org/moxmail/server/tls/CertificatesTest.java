package org.moxmail.server.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CertificatesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final SecureRandom random = new SecureRandom();

    @TempDir
    Path directory;

    private Identity identity(String name) throws Exception {
        return SelfSigned.make(name, List.of(name), NOW, random);
    }

    /** The common name that a client which asks for a host is shown. */
    private static String shown(Certificates certificates, String host) throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ExecutorService server = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> handshake = server.submit(() -> {
                try (Socket accepted = listening.accept();
                        SSLSocket tls = (SSLSocket)
                                certificates.context().getSocketFactory().createSocket(accepted, null, true)) {
                    tls.setUseClientMode(false);
                    tls.startHandshake();
                }
                return null;
            });
            SSLContext client = SSLContext.getInstance("TLS");
            client.init(null, new TrustManager[] {new TrustEverything()}, null);
            try (SSLSocket tls =
                    (SSLSocket) client.getSocketFactory().createSocket("127.0.0.1", listening.getLocalPort())) {
                var parameters = tls.getSSLParameters();
                parameters.setServerNames(List.of(new SNIHostName(host)));
                tls.setSSLParameters(parameters);
                tls.startHandshake();
                X509Certificate certificate = (X509Certificate) tls.getSession().getPeerCertificates()[0];
                handshake.get();
                return certificate.getSubjectX500Principal().getName();
            }
        }
    }

    @Test
    void theNameThatAClientAsksForChoosesTheCertificate() throws Exception {
        Certificates certificates =
                new Certificates(Map.of("a.example", identity("a.example")), identity("b.example"), random);
        assertEquals("CN=a.example", shown(certificates, "a.example"));
        assertEquals("CN=a.example", shown(certificates, "A.Example"));
        assertEquals("CN=b.example", shown(certificates, "other.example"));
    }

    @Test
    void aReplacementIsServedFromTheNextHandshakeOn() throws Exception {
        Certificates certificates = new Certificates(Map.of(), identity("old.example"), random);
        assertEquals("CN=old.example", shown(certificates, "x.example"));
        certificates.replace(Map.of("x.example", identity("x.example")), identity("new.example"));
        assertEquals("CN=x.example", shown(certificates, "x.example"));
        assertEquals("CN=new.example", shown(certificates, "y.example"));
    }

    @Test
    void aHandshakeThatChoseBeforeAReplacementFindsItsKeyAfterwards() throws Exception {
        Identity old = identity("old.example");
        ServingKeys keys = new ServingKeys(Map.of(), old);
        String alias = keys.chooseServerAlias("EC", null, null);
        keys.replace(Map.of(), identity("new.example"));
        assertEquals(old.key(), keys.getPrivateKey(alias));
        assertArrayEquals(new X509Certificate[] {old.certificate()}, keys.getCertificateChain(alias));
        assertEquals(null, keys.chooseServerAlias("RSA", null, null), "a kind of key that there is none of");
    }

    @Test
    void aSelfSignedCertificateIsKeptAndGoodForItsNames() throws Exception {
        IdentityFiles files = new IdentityFiles(directory.resolve("tls"), "localhost");
        List<String> names = List.of("localhost", "127.0.0.1", "::1");
        Identity made = files.loadOrMake(names, NOW, random);
        assertEquals(
                "CN=localhost", made.certificate().getSubjectX500Principal().getName());
        assertEquals(3, made.certificate().getSubjectAlternativeNames().size());
        made.certificate().verify(made.certificate().getPublicKey());
        assertEquals("EC", made.key().getAlgorithm());
        assertTrue(made.certificate().getNotAfter().toInstant().isAfter(NOW.plus(Duration.ofDays(4 * 365))));
        assertEquals(made, files.loadOrMake(names, NOW.plus(Duration.ofDays(1000)), random));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory.resolve("tls/localhost.key.pem"))));
    }

    @Test
    void aCertificateThatIsNoUseAnyMoreIsMadeAnew() throws Exception {
        IdentityFiles files = new IdentityFiles(directory, "localhost");
        Identity first = files.loadOrMake(List.of("localhost"), NOW, random);
        Identity expired = files.loadOrMake(List.of("localhost"), NOW.plus(Duration.ofDays(5 * 365)), random);
        assertNotEquals(first, expired);
        Identity moreNames =
                files.loadOrMake(List.of("localhost", "192.0.2.1"), NOW.plus(Duration.ofDays(5 * 365)), random);
        assertNotEquals(expired, moreNames);
    }

    @Test
    void aDamagedKeyIsReported() throws Exception {
        IdentityFiles files = new IdentityFiles(directory, "localhost");
        files.loadOrMake(List.of("localhost"), NOW, random);
        Files.writeString(directory.resolve("localhost.key.pem"), "nonsense");
        assertThrows(java.security.GeneralSecurityException.class, files::load);
        Files.delete(directory.resolve("localhost.key.pem"));
        assertThrows(IOException.class, files::load);
    }

    private static final class TrustEverything implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            // What is shown is looked at by the test itself.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            // What is shown is looked at by the test itself.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
