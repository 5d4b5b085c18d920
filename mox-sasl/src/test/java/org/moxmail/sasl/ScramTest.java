package org.moxmail.sasl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.moxmail.sasl.Dialogue.octets;
import static org.moxmail.sasl.Dialogue.says;

import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.sasl.AuthenticationException;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScramTest {
    private static final ChannelBinding BINDING =
            new ChannelBinding(ChannelBinding.TLS_EXPORTER, octets("the channel"));
    private static final ChannelBinding OTHER =
            new ChannelBinding(ChannelBinding.TLS_EXPORTER, octets("a channel in between"));
    private static final SaslConnection TLS = new SaslConnection("mx.example", true, List.of(BINDING), null);
    private static final ClientBinding UNSUPPORTED = new ClientBinding.Unsupported();

    private final TestUsers users = TestUsers.of("user", "pencil");
    private final SaslClients clients = new SaslClients(TestUsers.RANDOM);

    private static SaslClient rfcClient(ScramHash hash, String nonce) {
        return new ScramClient(
                hash,
                UNSUPPORTED,
                "",
                "user",
                "pencil".toCharArray(),
                PasswordPreparation.SASLPREP,
                ScramLimits.DEFAULT,
                nonce);
    }

    private ScramServer rfcServer(ScramHash hash, String salt, String nonce) {
        users.secrets.put(
                "user" + hash,
                ScramSecret.derive(
                        hash,
                        "pencil".toCharArray(),
                        PasswordPreparation.SASLPREP,
                        Base64.getDecoder().decode(salt),
                        4096));
        return new ScramServer(hash.mechanism(false), hash, users, TestUsers.UNKNOWN, Dialogue.PLAINTEXT, false, nonce);
    }

    // RFC 5802 §5
    @Test
    void theExampleOfRfc5802() throws SaslException {
        SaslClient client = rfcClient(ScramHash.SHA_1, "fyko+d2lbbFgONRv9qkxdawL");
        SaslServer server = rfcServer(ScramHash.SHA_1, "QSXCR+Q6sek8bf92", "3rfcNHYJY1ZVvWVs7j");
        String first = says(client, "");
        assertEquals("n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL", first);
        String challenge = says(server, first);
        assertEquals("r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096", challenge);
        String proof = says(client, challenge);
        assertEquals("c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=", proof);
        String last = says(server, proof);
        assertEquals("v=rmF9pqV8S7suAoZWja4dJRkFsKQ=", last);
        assertFalse(server.isComplete());
        assertFalse(client.isComplete());
        assertEquals("", says(client, last));
        assertNull(server.evaluateResponse(new byte[0]));
        assertTrue(server.isComplete());
        assertTrue(client.isComplete());
        assertEquals("user", server.getAuthorizationID());
    }

    // RFC 7677 §3
    @Test
    void theExampleOfRfc7677() throws SaslException {
        SaslClient client = rfcClient(ScramHash.SHA_256, "rOprNGfwEbeRWgbNEkqO");
        SaslServer server = rfcServer(ScramHash.SHA_256, "W22ZaJ0SNY7soEsUEjb6gQ==", "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0");
        String challenge = says(server, says(client, ""));
        assertEquals(
                "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096", challenge);
        String proof = says(client, challenge);
        assertEquals(
                "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                        + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
                proof);
        String last = says(server, proof);
        assertEquals("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", last);
        says(client, last);
        assertTrue(client.isComplete());
    }

    @ParameterizedTest
    @EnumSource(ScramHash.class)
    void clientAndServerAgreeWithAndWithoutInitialResponse(ScramHash hash) throws SaslException {
        for (boolean initial : new boolean[] {true, false}) {
            SaslServer server = users.servers().start(hash.mechanism(false).keyword(), Dialogue.PLAINTEXT);
            SaslClient client = clients.scram(hash, UNSUPPORTED, "", "user", "pencil".toCharArray());
            Dialogue.run(client, server, initial);
            assertEquals("user", server.getAuthorizationID());
            assertEquals("user", server.getNegotiatedProperty(SaslServers.USER));
            assertNull(server.getNegotiatedProperty(SaslServers.CHANNEL_BINDING));
            assertEquals("auth", server.getNegotiatedProperty(Sasl.QOP));
        }
    }

    @Test
    void anEmptyFirstMessageGetsAnEmptyChallengeOnce() throws SaslException {
        SaslServer server = users.servers().start("SCRAM-SHA-1", Dialogue.PLAINTEXT);
        assertEquals("", says(server, ""));
        assertThrows(SaslException.class, () -> server.evaluateResponse(new byte[0]));
    }

    @ParameterizedTest
    @EnumSource(ScramHash.class)
    void boundExchangesAgreeUnderEitherName(ScramHash hash) throws SaslException {
        SaslClient plus = clients.scram(hash, new ClientBinding.Bound(BINDING), "", "user", "pencil".toCharArray());
        SaslServer server = users.servers().start(hash.mechanism(true).keyword(), TLS);
        Dialogue.run(plus, server, true);
        assertEquals(ChannelBinding.TLS_EXPORTER, server.getNegotiatedProperty(SaslServers.CHANNEL_BINDING));
        // Some clients bind the channel and use the name without -PLUS.
        SaslServer unnamed = users.servers().start(hash.mechanism(false).keyword(), TLS);
        String challenge = says(unnamed, "p=tls-exporter,,n=user,r=clientnonce");
        says(unnamed, proof(hash, challenge, "user", "pencil", "p=tls-exporter,,", BINDING.data()));
        assertNull(unnamed.evaluateResponse(new byte[0]));
        assertEquals(ChannelBinding.TLS_EXPORTER, unnamed.getNegotiatedProperty(SaslServers.CHANNEL_BINDING));
    }

    /** A whole last message, made by hand from the server's first. */
    private static String proof(
            ScramHash hash, String challenge, String user, String password, String header, byte[] data) {
        byte[] input = Arrays.copyOf(octets(header), header.length() + data.length);
        System.arraycopy(data, 0, input, header.length(), data.length);
        String nonce = challenge.substring(2, challenge.indexOf(','));
        String salt = challenge.substring(challenge.indexOf("s=") + 2, challenge.indexOf(",i="));
        String without = "c=" + Base64.getEncoder().encodeToString(input) + ",r=" + nonce;
        byte[] salted = ScramSecret.saltedPassword(
                hash,
                password.toCharArray(),
                PasswordPreparation.NONE,
                Base64.getDecoder().decode(salt),
                4096);
        byte[] clientKey = Octets.hmac(hash, salted, octets("Client Key"));
        byte[] signature = Octets.hmac(
                hash,
                Octets.hash(hash.algorithm(), clientKey),
                octets("n=" + user + ",r=clientnonce," + challenge + "," + without));
        return without + ",p=" + Base64.getEncoder().encodeToString(Octets.xor(clientKey, signature));
    }

    @Test
    void anotherChannelIsNoMatch() throws SaslException {
        SaslServer server = users.servers().start("SCRAM-SHA-256-PLUS", TLS);
        SaslClient client =
                clients.scram(ScramHash.SHA_256, new ClientBinding.Bound(OTHER), "", "user", "pencil".toCharArray());
        assertEquals("e=channel-bindings-dont-match", says(server, says(client, says(server, says(client, "")))));
        assertFalse(server.isComplete());
        ChannelBindingException e =
                assertThrows(ChannelBindingException.class, () -> server.evaluateResponse(new byte[0]));
        assertEquals(Optional.of("user"), e.user());
    }

    @ParameterizedTest(name = "{0} over {1}: {2} -> {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "SCRAM-SHA-256      | tls   | y,,n=user,r=12345678              | server-does-support-channel-binding",
                "SCRAM-SHA-1        | tls   | y,,n=user,r=12345678              | server-does-support-channel-binding",
                "SCRAM-SHA-256-PLUS | tls   | y,,n=user,r=12345678              | server-does-support-channel-binding",
                "SCRAM-SHA-256-PLUS | tls   | n,,n=user,r=12345678              | channel-bindings-dont-match",
                "SCRAM-SHA-256-PLUS | tls   | p=tls-unique,,n=user,r=12345678   | unsupported-channel-binding-type",
                "SCRAM-SHA-256      | tls   | p=tls-unique,,n=user,r=12345678   | unsupported-channel-binding-type",
                "SCRAM-SHA-256      | plain | p=tls-exporter,,n=user,r=12345678 | channel-bindings-dont-match",
            })
    void downgradesAreToldAndRefused(String mechanism, String over, String first, String error) throws SaslException {
        SaslServer server = users.servers().start(mechanism, over.equals("tls") ? TLS : Dialogue.PLAINTEXT);
        assertEquals("e=" + error, says(server, first));
        assertThrows(ChannelBindingException.class, () -> server.evaluateResponse(octets("whatever")));
        assertThrows(SaslException.class, () -> server.evaluateResponse(new byte[0]));
        assertFalse(server.isComplete());
    }

    @ParameterizedTest
    @ValueSource(strings = {"n", "y"})
    void withoutBindingsToOfferBothFlagsAreFine(String flag) throws SaslException {
        for (SaslConnection connection :
                List.of(Dialogue.PLAINTEXT, new SaslConnection("mx.example", true, List.of(), null))) {
            SaslServer server = users.servers().start("SCRAM-SHA-1", connection);
            assertTrue(says(server, flag + ",,n=user,r=12345678").startsWith("r=12345678"));
        }
        SaslServer bindingsOff = users.servers(new MechanismPolicy(Set.of(SaslMechanism.SCRAM_SHA_1), false))
                .start("SCRAM-SHA-1", TLS);
        assertTrue(says(bindingsOff, flag + ",,n=user,r=12345678").startsWith("r=12345678"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"m=x,n=user,r=12345678", "n=user,r=12345678,m=x", "n=user,r=12345678,a=b,m=x,c=d"})
    void mandatoryExtensionsAreNotSupported(String bare) throws SaslException {
        SaslServer server = users.servers().start("SCRAM-SHA-1", Dialogue.PLAINTEXT);
        assertEquals("e=extensions-not-supported", says(server, "n,," + bare));
        SaslException e = assertThrows(SaslException.class, () -> server.evaluateResponse(new byte[0]));
        assertFalse(e instanceof AuthenticationException);
    }

    @Test
    void otherExtensionsArePassedOver() throws SaslException {
        SaslServer server = users.servers().start("SCRAM-SHA-1", Dialogue.PLAINTEXT);
        assertTrue(says(server, "n,,n=user,r=12345678,x=some=thing,Y=z").startsWith("r=12345678"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n",
                "n,",
                "n,,",
                "x,,n=user,r=12345678",
                "p,,n=user,r=12345678",
                "p=,,n=user,r=12345678",
                "p=tls_x,,n=user,r=12345678",
                "N,,n=user,r=12345678",
                ",,n=user,r=12345678",
                "n,n=user,r=12345678",
                "n,b=x,n=user,r=12345678",
                "n,a=,n=user,r=12345678",
                "n,a=x=y,n=user,r=12345678",
                "n,,n=user",
                "n,,r=12345678,n=user",
                "n,,n=,r=12345678",
                "n,,n=us=er,r=12345678",
                "n,,n=us=2cer,r=12345678",
                "n,,n=user=,r=12345678",
                "n,,n=user,r=",
                "n,,n=user,r=1234567",
                "n,,n=user,r=1234 5678",
                "n,,n=user,r=1234ä5678",
                "n,,n=user,r=12345678,",
                "n,,n=user,r=12345678,,",
                "n,,n=user,r=12345678,x",
                "n,,n=user,r=12345678,x=",
                "n,,n=user,r=12345678,1=x",
                "n,,n=us\0er,r=12345678",
                "biws",
                "\u0000"
            })
    void malformedFirstMessagesEndTheExchange(String first) throws SaslException {
        SaslServer server = users.servers().start("SCRAM-SHA-1", Dialogue.PLAINTEXT);
        SaslException e = assertThrows(SaslException.class, () -> server.evaluateResponse(octets(first)));
        assertFalse(e instanceof AuthenticationException);
        assertThrows(SaslException.class, () -> server.evaluateResponse(octets("n,,n=user,r=12345678")));
    }

    @Test
    void messagesThatAreNotUtf8OrTooLongEndTheExchange() throws SaslException {
        for (byte[] message :
                List.of(new byte[] {'n', ',', ',', 'n', '=', (byte) 0xc3, ',', 'r', '=', 'x'}, new byte[9217])) {
            SaslServer server = users.servers().start("SCRAM-SHA-1", Dialogue.PLAINTEXT);
            assertThrows(SaslException.class, () -> server.evaluateResponse(message));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c=biws",
                "c=biws,r={nonce}",
                "r={nonce},c=biws,p={proof}",
                "c=biws,r={nonce},p=",
                "c=,r={nonce},p={proof}",
                "c=biw,r={nonce},p={proof}",
                "c=!!!!,r={nonce},p={proof}",
                "c=biws,r={nonce},p=abc",
                "c=biws,r={nonce},p=====",
                "c=biws,r={nonce},p={proof},x=y",
                "c=biws,r={nonce},x,p={proof}",
                "c=biws,r={nonce},p={proof},",
                "c=biws,r=ä,p={proof}",
                "e=other-error"
            })
    void malformedLastMessagesEndTheExchange(String last) throws SaslException {
        SaslServer server = users.servers().start("SCRAM-SHA-1", Dialogue.PLAINTEXT);
        String challenge = says(server, "n,,n=user,r=clientnonce");
        String nonce = challenge.substring(2, challenge.indexOf(','));
        String proof = proof(ScramHash.SHA_1, challenge, "user", "pencil", "n,,", new byte[0]);
        String message = last.replace("{nonce}", nonce).replace("{proof}", proof.substring(proof.indexOf(",p=") + 3));
        SaslException e = assertThrows(SaslException.class, () -> server.evaluateResponse(octets(message)));
        assertFalse(e instanceof AuthenticationException);
    }

    @Test
    void aWrongNonceOrProofIsInvalid() throws SaslException {
        for (String change : List.of("nonce", "proof", "short proof", "password", "extension unproven")) {
            SaslServer server = users.servers().start("SCRAM-SHA-1", Dialogue.PLAINTEXT);
            String challenge = says(server, "n,,n=user,r=clientnonce");
            String password = change.equals("password") ? "pen" : "pencil";
            String proof = proof(ScramHash.SHA_1, challenge, "user", password, "n,,", new byte[0]);
            int at = proof.indexOf(",p=");
            String message = switch (change) {
                case "nonce" -> proof.replace("r=clientnonce", "r=clientnoncf");
                case "proof" ->
                    proof.substring(0, at + 3) + (proof.charAt(at + 3) == 'A' ? 'B' : 'A') + proof.substring(at + 4);
                case "short proof" -> proof.substring(0, at) + ",p=AAAA";
                case "extension unproven" -> proof.substring(0, at) + ",x=y" + proof.substring(at);
                default -> proof;
            };
            assertEquals("e=invalid-proof", says(server, message), change);
            CredentialsException e =
                    assertThrows(CredentialsException.class, () -> server.evaluateResponse(octets("*")));
            assertEquals(CredentialsException.class, e.getClass());
            assertEquals(Optional.of("user"), e.user());
        }
    }

    @Test
    void aChangedHeaderIsNoMatch() throws SaslException {
        SaslServer server = users.servers().start("SCRAM-SHA-1", Dialogue.PLAINTEXT);
        String challenge = says(server, "n,,n=user,r=clientnonce");
        assertEquals(
                "e=channel-bindings-dont-match",
                says(server, proof(ScramHash.SHA_1, challenge, "user", "pencil", "y,,", new byte[0])));
    }

    @Test
    void theLastMessageIsAnsweredWithNothing() throws SaslException {
        SaslServer server = users.servers().start("SCRAM-SHA-1", Dialogue.PLAINTEXT);
        String challenge = says(server, "n,,n=user,r=clientnonce");
        assertTrue(says(server, proof(ScramHash.SHA_1, challenge, "user", "pencil", "n,,", new byte[0]))
                .startsWith("v="));
        assertThrows(SaslException.class, () -> server.evaluateResponse(octets("x")));
        assertFalse(server.isComplete());
        assertThrows(IllegalStateException.class, server::getAuthorizationID);
    }

    @Test
    void unknownUsersLookLikeOthers() throws SaslException {
        String known = says(users.servers().start("SCRAM-SHA-256", Dialogue.PLAINTEXT), "n,,n=user,r=clientnonce");
        SaslServer first = users.servers().start("SCRAM-SHA-256", Dialogue.PLAINTEXT);
        SaslServer second = users.servers().start("SCRAM-SHA-256", Dialogue.PLAINTEXT);
        String challenge = says(first, "n,,n=nobody,r=clientnonce");
        String again = says(second, "n,,n=nobody,r=clientnonce");
        String other = says(users.servers().start("SCRAM-SHA-256", Dialogue.PLAINTEXT), "n,,n=noone,r=clientnonce");
        assertEquals(known.length(), challenge.length());
        assertEquals(challenge.substring(challenge.indexOf(",s=")), again.substring(again.indexOf(",s=")));
        assertNotEquals(challenge.substring(challenge.indexOf(",s=")), other.substring(other.indexOf(",s=")));
        assertNotEquals(challenge, again);
        assertEquals(
                "e=invalid-proof",
                says(first, proof(ScramHash.SHA_256, challenge, "nobody", "pencil", "n,,", new byte[0])));
        CredentialsException e = assertThrows(CredentialsException.class, () -> first.evaluateResponse(new byte[0]));
        assertEquals(CredentialsException.class, e.getClass());
        assertEquals(Optional.of("nobody"), e.user());
    }

    @Test
    void usersWithoutSecretAreToldApartInTypeOnly() throws SaslException {
        users.withoutSecrets.add("user");
        SaslServer server = users.servers().start("SCRAM-SHA-1", Dialogue.PLAINTEXT);
        String challenge = says(server, "n,,n=user,r=clientnonce");
        assertEquals(
                "e=invalid-proof",
                says(server, proof(ScramHash.SHA_1, challenge, "user", "pencil", "n,,", new byte[0])));
        assertThrows(MechanismUnavailableException.class, () -> server.evaluateResponse(new byte[0]));
    }

    @Test
    void authorizationIsDecidedAfterTheProof() throws SaslException {
        users.deputies.put("user", "boss");
        SaslServer allowed = users.servers().start("SCRAM-SHA-1", Dialogue.PLAINTEXT);
        Dialogue.run(
                clients.scram(ScramHash.SHA_1, UNSUPPORTED, "boss", "user", "pencil".toCharArray()), allowed, true);
        assertEquals("boss", allowed.getAuthorizationID());
        assertEquals("user", allowed.getNegotiatedProperty(SaslServers.USER));
        SaslServer self = users.servers().start("SCRAM-SHA-1", Dialogue.PLAINTEXT);
        Dialogue.run(clients.scram(ScramHash.SHA_1, UNSUPPORTED, "user", "user", "pencil".toCharArray()), self, true);
        assertEquals("user", self.getAuthorizationID());
        SaslServer refused = users.servers().start("SCRAM-SHA-1", Dialogue.PLAINTEXT);
        SaslClient client = clients.scram(ScramHash.SHA_1, UNSUPPORTED, "other", "user", "pencil".toCharArray());
        assertThrows(AuthorizationException.class, () -> Dialogue.run(client, refused, true));
        SaslServer wrong = users.servers().start("SCRAM-SHA-1", Dialogue.PLAINTEXT);
        SaslClient guess = clients.scram(ScramHash.SHA_1, UNSUPPORTED, "other", "user", "wrong".toCharArray());
        CredentialsException e = assertThrows(CredentialsException.class, () -> Dialogue.run(guess, wrong, true));
        assertEquals(CredentialsException.class, e.getClass());
    }

    @Test
    void namesMayHaveCommasEqualsSignsAndMarks() throws SaslException {
        users.passwords.put("a,b=c=2C ü", "pencil");
        for (String spelling : List.of("a,b=c=2C ü", "a,b=c=2C u\u0308")) {
            SaslServer server = users.servers().start("SCRAM-SHA-256", Dialogue.PLAINTEXT);
            Dialogue.run(
                    clients.scram(ScramHash.SHA_256, UNSUPPORTED, "", spelling, "pencil".toCharArray()), server, true);
            assertEquals("a,b=c=2C ü", server.getAuthorizationID());
        }
        // A client that doesn't normalise: what it sent is what is hashed, the lookup is by the normalised name.
        users.passwords.put("ü", "pencil");
        SaslServer server = users.servers().start("SCRAM-SHA-1", Dialogue.PLAINTEXT);
        String challenge = says(server, "n,,n=u\u0308,r=clientnonce");
        assertTrue(says(server, proof(ScramHash.SHA_1, challenge, "u\u0308", "pencil", "n,,", new byte[0]))
                .startsWith("v="));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pässword\u00A0of two", "pa\u0308ssword of two"})
    void passwordsArePrepared(String spelling) throws SaslException {
        users.passwords.put("user", "pässword of two");
        SaslServer server = users.servers().start("SCRAM-SHA-1", Dialogue.PLAINTEXT);
        Dialogue.run(clients.scram(ScramHash.SHA_1, UNSUPPORTED, "", "user", spelling.toCharArray()), server, true);
    }

    @Test
    void passwordsThatNoProfileAllowsWorkAsTheyAre() throws SaslException {
        users.passwords.put("user", "tab\tbed");
        SaslServer server = users.servers().start("SCRAM-SHA-1", Dialogue.PLAINTEXT);
        Dialogue.run(clients.scram(ScramHash.SHA_1, UNSUPPORTED, "", "user", "tab\tbed".toCharArray()), server, true);
    }

    @Test
    void emptyPasswordsAreJustWrong() throws SaslException {
        SaslServer server = users.servers().start("SCRAM-SHA-1", Dialogue.PLAINTEXT);
        SaslClient client = clients.scram(ScramHash.SHA_1, UNSUPPORTED, "", "user", new char[0]);
        assertThrows(CredentialsException.class, () -> Dialogue.run(client, server, true));
    }

    @Test
    void troubleWithTheAccountsIsNoRefusal() throws SaslException {
        users.broken = true;
        SaslServer server = users.servers().start("SCRAM-SHA-1", Dialogue.PLAINTEXT);
        SaslException e = assertThrows(
                TemporaryFailureException.class, () -> server.evaluateResponse(octets("n,,n=user,r=clientnonce")));
        assertInstanceOf(IOException.class, e.getCause());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "'e=unknown-user'                   | refused early",
                "'r={nonce}12345678,s=MTIzNDU2Nzg='| no iterations",
                "'r={nonce}12345678,i=4096,s=MTIzNDU2Nzg=' | order",
                "'m=x,r={nonce}12345678,s=MTIzNDU2Nzg=,i=4096' | mandatory extension",
                "'r={nonce}12345678,s=MTIzNDU2Nzg=,i=4096,m=x' | mandatory extension behind",
                "'r=x{nonce}12345678,s=MTIzNDU2Nzg=,i=4096' | another nonce",
                "'r={nonce},s=MTIzNDU2Nzg=,i=4096' | nonce not extended",
                "'r={nonce}1234567,s=MTIzNDU2Nzg=,i=4096' | nonce extended too little",
                "'r={nonce}12345678,s=MTIzNDU2Nw==,i=4096' | short salt",
                "'r={nonce}12345678,s=,i=4096' | no salt",
                "'r={nonce}12345678,s=MTIzNDU2Nzg,i=4096' | unpadded salt",
                "'r={nonce}12345678,s=MTIzNDU2Nzg=,i=2047' | few iterations",
                "'r={nonce}12345678,s=MTIzNDU2Nzg=,i=1000001' | many iterations",
                "'r={nonce}12345678,s=MTIzNDU2Nzg=,i=99999999999999999999' | very many iterations",
                "'r={nonce}12345678,s=MTIzNDU2Nzg=,i=04096' | leading zero",
                "'r={nonce}12345678,s=MTIzNDU2Nzg=,i=-4096' | negative",
                "'r={nonce}12345678,s=MTIzNDU2Nzg=,i=4096x' | no number",
                "'r={nonce}12345678,s=MTIzNDU2Nzg=,i=4096,' | trailing comma",
                "'' | nothing",
            })
    void clientsRefuseUnsafeServers(String message, String why) throws SaslException {
        SaslClient client = clients.scram(ScramHash.SHA_1, UNSUPPORTED, "", "user", "pencil".toCharArray());
        String first = says(client, "");
        String challenge = message.replace("{nonce}", first.substring(first.indexOf("r=") + 2));
        SaslException e = assertThrows(SaslException.class, () -> client.evaluateChallenge(octets(challenge)), why);
        assertEquals(why.equals("refused early"), e instanceof AuthenticationException);
        assertFalse(client.isComplete());
    }

    @Test
    void theLimitsThemselvesAreFine() throws SaslException {
        for (String end : List.of("12345678,s=MTIzNDU2Nzg=,i=2048", "12345678,s=MTIzNDU2Nzg=,i=2048,x=y")) {
            SaslClient client = clients.scram(ScramHash.SHA_1, UNSUPPORTED, "", "user", "pencil".toCharArray());
            String first = says(client, "");
            assertTrue(says(client, "r=" + first.substring(first.indexOf("r=") + 2) + end)
                    .startsWith("c=biws,"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "v=AAAAAAAAAAAAAAAAAAAAAAAAAAA=, true",
        "v=AAAA, true",
        "e=invalid-proof, true",
        "v=, false",
        "v=A, false",
        "x=y, false",
        "'', false",
        "e=, false"
    })
    void clientsWantTheServersProof(String last, boolean authentication) throws SaslException {
        SaslClient client = clients.scram(ScramHash.SHA_1, UNSUPPORTED, "", "user", "pencil".toCharArray());
        SaslServer server = users.servers().start("SCRAM-SHA-1", Dialogue.PLAINTEXT);
        says(client, says(server, says(client, "")));
        SaslException e = assertThrows(SaslException.class, () -> client.evaluateChallenge(octets(last)));
        assertEquals(authentication, e instanceof AuthenticationException);
        assertFalse(client.isComplete());
        assertThrows(SaslException.class, () -> client.evaluateChallenge(octets(last)));
    }

    @Test
    void clientsSpeakFirst() {
        SaslClient client = clients.scram(ScramHash.SHA_1, UNSUPPORTED, "", "user", "pencil".toCharArray());
        assertThrows(SaslException.class, () -> client.evaluateChallenge(octets("r=hello")));
    }
}
