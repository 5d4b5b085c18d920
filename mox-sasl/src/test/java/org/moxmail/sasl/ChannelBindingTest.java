package org.moxmail.sasl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManagerFactory;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over real TLS handshakes, in memory. The key store has self-signed test keys, made with keytool, password "changeit". */
class ChannelBindingTest {
    private static final char[] STORE_PASSWORD = "changeit".toCharArray();
    private static final boolean EXPORTS = Runtime.version().feature() >= 25;

    private record Handshake(SSLSession client, SSLSession server) {}

    private static KeyStore store(String... aliases) throws GeneralSecurityException, IOException {
        KeyStore all = KeyStore.getInstance("PKCS12");
        try (InputStream in = ChannelBindingTest.class.getResourceAsStream("servers.p12")) {
            assertNotNull(in);
            all.load(in, STORE_PASSWORD);
        }
        KeyStore some = KeyStore.getInstance("PKCS12");
        some.load(null, null);
        for (String alias : aliases) {
            some.setKeyEntry(alias, all.getKey(alias, STORE_PASSWORD), STORE_PASSWORD, all.getCertificateChain(alias));
        }
        return some;
    }

    private static X509Certificate certificate(String alias) throws GeneralSecurityException, IOException {
        return (X509Certificate) store(alias).getCertificate(alias);
    }

    private static Handshake handshake(String alias, String protocol) throws GeneralSecurityException, IOException {
        KeyStore keys = store(alias);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(alias, keys.getCertificate(alias));
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
        keyManagers.init(keys, STORE_PASSWORD);
        TrustManagerFactory trustManagers = TrustManagerFactory.getInstance("PKIX");
        trustManagers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), TestUsers.RANDOM);
        SSLEngine client = context.createSSLEngine("mx.example", 465);
        client.setUseClientMode(true);
        client.setEnabledProtocols(new String[] {protocol});
        SSLEngine server = context.createSSLEngine();
        server.setUseClientMode(false);
        ByteBuffer toServer = ByteBuffer.allocate(1 << 17);
        ByteBuffer toClient = ByteBuffer.allocate(1 << 17);
        client.beginHandshake();
        server.beginHandshake();
        for (int round = 0; round < 100; round++) {
            turn(client, toServer, toClient);
            turn(server, toClient, toServer);
            if (done(client) && done(server) && toServer.position() == 0 && toClient.position() == 0) {
                return new Handshake(client.getSession(), server.getSession());
            }
        }
        throw new AssertionError("no end of the handshake");
    }

    private static boolean done(SSLEngine engine) {
        return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
    }

    private static void turn(SSLEngine engine, ByteBuffer out, ByteBuffer in) throws SSLException {
        ByteBuffer nothing = ByteBuffer.allocate(0);
        ByteBuffer plain = ByteBuffer.allocate(1 << 17);
        in.flip();
        while (in.hasRemaining() || engine.getHandshakeStatus() != HandshakeStatus.NEED_UNWRAP) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> engine.wrap(nothing, out);
                default -> {
                    if (!in.hasRemaining()) {
                        in.compact();
                        return;
                    }
                    engine.unwrap(in, plain);
                }
            }
        }
        in.compact();
    }

    @ParameterizedTest
    @CsvSource({
        "rsa-sha256, TLSv1.3, SHA-256",
        "ec-sha384, TLSv1.3, SHA-384",
        "rsa-sha256, TLSv1.2, SHA-256",
        "ec-sha384, TLSv1.2, SHA-384"
    })
    void bothEndsHaveTheSameBindings(String alias, String protocol, String hash) throws Exception {
        Handshake handshake = handshake(alias, protocol);
        assertEquals(protocol, handshake.client.getProtocol());
        List<ChannelBinding> client = ChannelBinding.ofClient(handshake.client);
        List<ChannelBinding> server = ChannelBinding.ofServer(handshake.server);
        List<String> types = protocol.equals("TLSv1.3") && EXPORTS
                ? List.of(ChannelBinding.TLS_EXPORTER, ChannelBinding.TLS_SERVER_END_POINT)
                : List.of(ChannelBinding.TLS_SERVER_END_POINT);
        assertEquals(types, client.stream().map(ChannelBinding::type).toList());
        assertEquals(types, server.stream().map(ChannelBinding::type).toList());
        for (int i = 0; i < types.size(); i++) {
            assertArrayEquals(client.get(i).data(), server.get(i).data());
        }
        // RFC 5929 §4.1
        assertArrayEquals(
                MessageDigest.getInstance(hash).digest(certificate(alias).getEncoded()),
                server.getLast().data());
    }

    @Test
    void anotherConnectionHasAnotherExporterBinding() throws Exception {
        ChannelBinding one = ChannelBinding.ofServer(handshake("rsa-sha256", "TLSv1.3").server)
                .getFirst();
        ChannelBinding other = ChannelBinding.ofServer(handshake("rsa-sha256", "TLSv1.3").server)
                .getFirst();
        assertEquals(EXPORTS ? 32 : one.data().length, one.data().length);
        assertEquals(EXPORTS, !Arrays.equals(one.data(), other.data()));
    }

    // RFC 5929 §4.1: MD5 and SHA-1 give way to SHA-256, a signature without one hash has no binding.
    @ParameterizedTest
    @CsvSource({
        "rsa-sha1, SHA-256",
        "rsa-sha256, SHA-256",
        "rsa-sha512, SHA-512",
        "ec-sha384, SHA-384",
        "pss, SHA-384",
        "ed25519, "
    })
    void theCertificatesHashFollowsItsSignature(String alias, String hash) throws Exception {
        X509Certificate certificate = certificate(alias);
        Optional<ChannelBinding> binding = ChannelBinding.serverEndPoint(certificate);
        assertEquals(hash != null, binding.isPresent());
        if (hash != null) {
            assertArrayEquals(
                    MessageDigest.getInstance(hash).digest(certificate.getEncoded()),
                    binding.orElseThrow().data());
        }
    }

    @Test
    void sessionsWithoutHandshakeHaveNone() throws Exception {
        SSLSession none = SSLContext.getDefault().createSSLEngine().getSession();
        assertEquals(List.of(), ChannelBinding.ofClient(none));
        assertEquals(List.of(), ChannelBinding.ofServer(none));
        assertThrows(IllegalArgumentException.class, () -> new ChannelBinding("tls-exporter", new byte[0]));
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2, SHA_1", "TLSv1.2, SHA_256", "TLSv1.3, SHA_1", "TLSv1.3, SHA_256"})
    void everyBindingOfAConnectionCarriesAnExchange(String protocol, ScramHash hash) throws Exception {
        TestUsers users = TestUsers.of("user", "pencil");
        SaslClients clients = new SaslClients(TestUsers.RANDOM);
        Handshake handshake = handshake("rsa-sha256", protocol);
        SaslConnection connection = SaslConnection.of("mx.example", handshake.server);
        for (ChannelBinding binding : ChannelBinding.ofClient(handshake.client)) {
            SaslServer server = users.servers().start(hash.mechanism(true).keyword(), connection);
            SaslClient client =
                    clients.scram(hash, new ClientBinding.Bound(binding), "", "user", "pencil".toCharArray());
            Dialogue.run(client, server, true);
            assertEquals(binding.type(), server.getNegotiatedProperty(SaslServers.CHANNEL_BINDING));
        }
    }

    @Test
    void whoSitsInBetweenWithAnotherConnectionIsFound() throws Exception {
        TestUsers users = TestUsers.of("user", "pencil");
        Handshake toVictim = handshake("ec-sha384", "TLSv1.3");
        Handshake toServer = handshake("rsa-sha256", "TLSv1.3");
        SaslServer server =
                users.servers().start("SCRAM-SHA-256-PLUS", SaslConnection.of("mx.example", toServer.server));
        ChannelBinding binding = ChannelBinding.ofClient(toVictim.client).getFirst();
        SaslClient client = new SaslClients(TestUsers.RANDOM)
                .scram(ScramHash.SHA_256, new ClientBinding.Bound(binding), "", "user", "pencil".toCharArray());
        assertThrows(ChannelBindingException.class, () -> Dialogue.run(client, server, true));
        assertFalse(server.isComplete());
    }

    @Test
    void theBestMechanismOfATlsConnectionIsBound() throws Exception {
        TestUsers users = TestUsers.of("user", "pencil");
        Handshake handshake = handshake("rsa-sha256", "TLSv1.3");
        SaslServers servers = users.servers(MechanismPolicy.STRICT);
        SaslConnection connection = SaslConnection.of("mx.example", handshake.server);
        SaslClient client = new SaslClients(TestUsers.RANDOM)
                .best(
                        servers.names(connection),
                        true,
                        ChannelBinding.ofClient(handshake.client),
                        "user",
                        "pencil".toCharArray())
                .orElseThrow();
        assertEquals("SCRAM-SHA-256-PLUS", client.getMechanismName());
        SaslServer server = servers.start(client.getMechanismName(), connection);
        Dialogue.run(client, server, true);
        assertTrue(server.isComplete());
    }
}
