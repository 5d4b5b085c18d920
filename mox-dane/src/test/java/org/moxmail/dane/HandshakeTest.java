package org.moxmail.dane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.moxmail.dane.TestAuthority.Kind;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.Resolver;
import org.moxmail.dns.TlsaRecord;
import org.moxmail.dns.testing.ZoneResolver;
import org.moxmail.time.Timing;

@Timeout(30)
class HandshakeTest {
    private final TestAuthority root = TestAuthority.root("Root");
    private final TestAuthority server = root.sign("server", Kind.server("mx.example.org"));

    HandshakeTest() throws Exception {}

    private SSLServerSocket listen() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("server", server.keys().getPrivate(), new char[0], new Certificate[] {
            server.certificate(), root.certificate()
        });
        KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(keys, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    private static void shakeHands(SSLServerSocket listening, DaneTrustManager trust) throws Exception {
        Thread.ofVirtual().start(() -> {
            try (SSLSocket socket = (SSLSocket) listening.accept()) {
                socket.startHandshake();
            } catch (IOException e) {
                // The client refuses in one of the tests.
                assertFalse(listening.isClosed());
            }
        });
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {trust}, null);
        try (SSLSocket socket = (SSLSocket)
                context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), listening.getLocalPort())) {
            socket.startHandshake();
        }
    }

    private DaneTrustManager trust(TlsaRecord record) throws Exception {
        return new DaneTrustManager(
                new DaneVerifier(List.of(record), Set.of(DnsName.parse("mx.example.org")), () -> TestAuthority.NOW));
    }

    @Test
    void aHandshakeGoesThroughWithTheServerOfTheRecordsOnly() throws Exception {
        try (SSLServerSocket listening = listen()) {
            for (TlsaRecord good : List.of(server.record(3, 1, 1), root.record(2, 0, 1))) {
                DaneTrustManager trust = trust(good);
                shakeHands(listening, trust);
                assertEquals(Optional.of(good), trust.outcome().orElseThrow().matched());
            }
            DaneTrustManager trust = trust(TestAuthority.root("Other").record(3, 1, 1));
            assertThrows(SSLException.class, () -> shakeHands(listening, trust));
            assertFalse(trust.outcome().orElseThrow().verified());
        }
    }

    private static SSLSocket connect(Resolver resolver, Socket plain) throws Exception {
        // [example
        DnsName host = DnsName.parse("mx.example.org");
        TlsaOutcome tlsa = TlsaOutcome.lookup(resolver, host, 25);
        if (tlsa.status() != TlsaStatus.USABLE) {
            throw new IOException(tlsa.status().keyword() + ": " + tlsa.reason());
        }
        DaneVerifier verifier = new DaneVerifier(tlsa.records(), Set.of(tlsa.baseDomain()), Timing.system());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new DaneTrustManager(verifier)}, null);
        return (SSLSocket) context.getSocketFactory().createSocket(plain, host.ascii(), 25, true);
        // example]
    }

    @Test
    void theExampleRuns() throws Exception {
        TlsaRecord record = server.record(3, 1, 1);
        ZoneResolver zone = new ZoneResolver()
                .address("mx.example.org", "192.0.2.1")
                .tlsa("_25._tcp.mx.example.org", 3, 1, 1, record.data().toString())
                .signed("example.org");
        try (SSLServerSocket listening = listen()) {
            Thread.ofVirtual().start(() -> {
                try (SSLSocket socket = (SSLSocket) listening.accept()) {
                    socket.startHandshake();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            try (SSLSocket socket =
                    connect(zone, new Socket(InetAddress.getLoopbackAddress(), listening.getLocalPort()))) {
                socket.startHandshake();
                assertTrue(socket.getSession().isValid());
            }
        }
    }

    @Test
    void theReadmeHasTheSameExample() throws IOException {
        String source = Files.readString(Path.of("src/test/java/org/moxmail/dane/HandshakeTest.java"));
        String readme = Files.readString(Path.of("README.md"));
        String example = source.substring(source.indexOf("// [example"), source.indexOf("// example]"));
        String shown = readme.substring(readme.indexOf("```java\n") + 8, readme.lastIndexOf("```"));
        assertEquals(words(shown), words(example.substring(example.indexOf('\n'))));
    }

    private static String words(String code) {
        return Arrays.stream(code.strip().split("\\s+")).collect(Collectors.joining(" "));
    }
}
