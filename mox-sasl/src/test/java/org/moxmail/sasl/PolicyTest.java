package org.moxmail.sasl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.moxmail.sasl.Dialogue.octets;
import static org.moxmail.sasl.Dialogue.says;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
    private static final ChannelBinding BINDING = new ChannelBinding("tls-exporter", octets("x"));
    private static final SaslConnection TLS = new SaslConnection("mx.example", true, List.of(), null);
    private static final SaslConnection BINDABLE = new SaslConnection("mx.example", true, List.of(BINDING), null);

    private final TestUsers users = TestUsers.of("user", "pencil");
    private final SaslClients clients = new SaslClients(TestUsers.RANDOM);

    @Test
    void mechanismsFollowTheConnection() {
        SaslServers strict = users.servers(MechanismPolicy.STRICT);
        assertEquals(List.of("SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5"), strict.names(Dialogue.PLAINTEXT));
        assertEquals(List.of("SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "PLAIN", "LOGIN"), strict.names(TLS));
        assertEquals(
                List.of(
                        "SCRAM-SHA-256-PLUS",
                        "SCRAM-SHA-1-PLUS",
                        "SCRAM-SHA-256",
                        "SCRAM-SHA-1",
                        "CRAM-MD5",
                        "PLAIN",
                        "LOGIN",
                        "EXTERNAL"),
                strict.names(BINDABLE.withExternal(name -> Optional.of("user"))));
        assertEquals(
                List.of("SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "PLAIN", "LOGIN"),
                users.servers().names(Dialogue.PLAINTEXT));
        MechanismPolicy few = new MechanismPolicy(Set.of(SaslMechanism.LOGIN, SaslMechanism.SCRAM_SHA_1_PLUS), false);
        assertEquals(List.of("SCRAM-SHA-1-PLUS", "LOGIN"), users.servers(few).names(BINDABLE));
    }

    @Test
    void whatIsNotOfferedIsNotStarted() throws SaslException {
        SaslServers strict = users.servers(MechanismPolicy.STRICT);
        for (String name : List.of("PLAIN", "LOGIN", "SCRAM-SHA-1-PLUS", "EXTERNAL", "GSSAPI", "")) {
            assertThrows(SaslException.class, () -> strict.start(name, Dialogue.PLAINTEXT), name);
        }
        assertEquals("PLAIN", strict.start("plain", TLS).getMechanismName());
    }

    @Test
    void bindingsNeedTls() {
        assertThrows(
                IllegalArgumentException.class, () -> new SaslConnection("mx.example", false, List.of(BINDING), null));
    }

    @ParameterizedTest
    @CsvSource({
        "SCRAM-SHA-256, true, SHA_256, false", "SCRAM-SHA-1-PLUS, true, SHA_1, true", "CRAM-MD5, false, , false",
        "PLAIN, true, , false", "LOGIN, false, , false", "EXTERNAL, true, , false"
    })
    void mechanismsKnowThemselves(String name, boolean clientFirst, ScramHash hash, boolean bound) {
        SaslMechanism mechanism = SaslMechanism.named(name).orElseThrow();
        assertEquals(name, mechanism.keyword());
        assertEquals(clientFirst, mechanism.clientFirst());
        assertEquals(Optional.ofNullable(hash), mechanism.scramHash());
        assertEquals(bound, mechanism.channelBound());
        mechanism.scramHash().ifPresent(known -> assertEquals(mechanism, known.mechanism(bound)));
    }

    private Optional<String> best(List<String> offered, boolean encrypted, boolean bindable) {
        return clients.best(offered, encrypted, bindable ? List.of(BINDING) : List.of(), "user", "x".toCharArray())
                .map(SaslClient::getMechanismName);
    }

    @Test
    void theBestIsChosenFromWhatIsPossible() {
        List<String> all =
                List.of("LOGIN", "PLAIN", "CRAM-MD5", "scram-sha-1", "SCRAM-SHA-256", "SCRAM-SHA-1-PLUS", "X");
        assertEquals(Optional.of("SCRAM-SHA-1-PLUS"), best(all, true, true));
        assertEquals(Optional.of("SCRAM-SHA-256"), best(all, true, false));
        assertEquals(Optional.of("CRAM-MD5"), best(List.of("PLAIN", "CRAM-MD5"), true, true));
        assertEquals(Optional.of("PLAIN"), best(List.of("LOGIN", "PLAIN"), true, false));
        assertEquals(Optional.of("LOGIN"), best(List.of("LOGIN"), true, false));
        assertEquals(Optional.empty(), best(List.of("LOGIN", "PLAIN"), false, false));
        assertEquals(Optional.empty(), best(List.of("EXTERNAL", "GSSAPI"), true, true));
    }

    // RFC 5802 §6
    @Test
    void aClientThatCouldBindSaysSo() throws SaslException {
        List<String> unbound = List.of("SCRAM-SHA-256");
        assertTrue(says(
                        clients.best(unbound, true, List.of(BINDING), "user", "x".toCharArray())
                                .orElseThrow(),
                        "")
                .startsWith("y,,"));
        assertTrue(says(
                        clients.best(unbound, true, List.of(), "user", "x".toCharArray())
                                .orElseThrow(),
                        "")
                .startsWith("n,,"));
    }

    @Test
    void theReadmesExampleRuns() throws SaslException {
        SaslServers servers = new SaslServers(
                users, MechanismPolicy.STRICT, new UnknownUsers(new byte[32]), TestUsers.RANDOM, TestUsers.CLOCK);
        SaslConnection connection = SaslConnection.of("mx.example", null);
        var server = servers.start("SCRAM-SHA-256", connection);
        var client = new SaslClients(TestUsers.RANDOM)
                .scram(ScramHash.SHA_256, new ClientBinding.Unsupported(), "", "user", "pencil".toCharArray());
        byte[] response = client.evaluateChallenge(new byte[0]);
        while (!server.isComplete()) {
            byte[] challenge = server.evaluateResponse(response);
            response = challenge == null ? response : client.evaluateChallenge(challenge);
        }
        assertEquals("user", server.getAuthorizationID());
    }
}
