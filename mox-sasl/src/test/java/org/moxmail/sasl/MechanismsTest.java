package org.moxmail.sasl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.moxmail.sasl.Dialogue.octets;
import static org.moxmail.sasl.Dialogue.says;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.sasl.AuthenticationException;
import javax.security.sasl.AuthorizeCallback;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PLAIN, LOGIN, CRAM-MD5 and EXTERNAL, among ourselves and with the JDK's. */
class MechanismsTest {
    private final TestUsers users = TestUsers.of("tim", "tanstaaftanstaaf");
    private final SaslClients clients = new SaslClients(TestUsers.RANDOM);

    private SaslServer server(String mechanism) throws SaslException {
        return users.servers().start(mechanism, Dialogue.PLAINTEXT);
    }

    private static char[] password(String text) {
        return text.toCharArray();
    }

    // RFC 4616 §4
    @Test
    void theExamplesOfRfc4616() throws SaslException {
        assertEquals("\0tim\0tanstaaftanstaaf", says(clients.plain("", "tim", password("tanstaaftanstaaf")), ""));
        assertEquals("Ursel\0Kurt\0xipj3plmq", says(clients.plain("Ursel", "Kurt", password("xipj3plmq")), ""));
        SaslServer server = server("PLAIN");
        assertNull(server.evaluateResponse(octets("\0tim\0tanstaaftanstaaf")));
        assertTrue(server.isComplete());
        assertEquals("tim", server.getAuthorizationID());
        users.passwords.put("Kurt", "xipj3plmq");
        users.deputies.put("Kurt", "Ursel");
        SaslServer other = server("PLAIN");
        other.evaluateResponse(octets("Ursel\0Kurt\0xipj3plmq"));
        assertEquals("Ursel", other.getAuthorizationID());
        assertEquals("Kurt", other.getNegotiatedProperty(SaslServers.USER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "LOGIN", "CRAM-MD5"})
    void ourClientsAndServersAgree(String mechanism) throws SaslException {
        for (boolean initial : new boolean[] {true, false}) {
            for (String right : new String[] {"tanstaaftanstaaf", "wrong"}) {
                SaslClient client = client(mechanism, "tim", right);
                SaslServer server = server(mechanism);
                if (right.equals("wrong")) {
                    CredentialsException e =
                            assertThrows(CredentialsException.class, () -> Dialogue.run(client, server, initial));
                    assertEquals(Optional.of("tim"), e.user());
                    assertFalse(server.isComplete());
                } else {
                    Dialogue.run(client, server, initial);
                    assertEquals("tim", server.getAuthorizationID());
                    assertEquals("auth", server.getNegotiatedProperty(Sasl.QOP));
                }
            }
        }
    }

    private SaslClient client(String mechanism, String user, String text) {
        return switch (mechanism) {
            case "PLAIN" -> clients.plain("", user, password(text));
            case "LOGIN" -> clients.login(user, password(text));
            default -> clients.cramMd5(user, password(text));
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "LOGIN", "CRAM-MD5"})
    void unknownUsersAreRefusedLikeWrongPasswords(String mechanism) throws SaslException {
        SaslServer server = server(mechanism);
        CredentialsException e = assertThrows(
                CredentialsException.class,
                () -> Dialogue.run(client(mechanism, "nobody", "tanstaaftanstaaf"), server, true));
        assertEquals(CredentialsException.class, e.getClass());
        assertEquals("user or password is wrong", e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "LOGIN", "CRAM-MD5"})
    void troubleWithTheAccountsIsNoRefusal(String mechanism) throws SaslException {
        users.broken = true;
        SaslServer server = server(mechanism);
        assertThrows(
                TemporaryFailureException.class,
                () -> Dialogue.run(client(mechanism, "tim", "tanstaaftanstaaf"), server, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "LOGIN", "CRAM-MD5"})
    void namesAreNormalised(String mechanism) throws SaslException {
        users.passwords.put("müller@example.org", "pässword");
        SaslServer server = server(mechanism);
        Dialogue.run(client(mechanism, "mu\u0308ller@example.org", "pässword"), server, true);
        assertEquals("müller@example.org", server.getAuthorizationID());
    }

    @Test
    void passwordsAreOverwrittenAfterUse() throws SaslException {
        for (String mechanism : List.of("PLAIN", "LOGIN")) {
            Dialogue.run(client(mechanism, "tim", "tanstaaftanstaaf"), server(mechanism), true);
        }
        assertEquals(2, users.seen.size());
        for (char[] seen : users.seen) {
            assertArrayEquals(new char[16], seen);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tim", "\0tim", "tim\0pass", "\0tim\0pass\0", "\0\0pass", "a\0b\0c\0d", "\0\0\0"})
    void malformedPlainIsNoGuess(String message) throws SaslException {
        SaslServer server = server("PLAIN");
        SaslException e = assertThrows(SaslException.class, () -> server.evaluateResponse(octets(message)));
        assertFalse(e instanceof AuthenticationException);
        assertEquals(List.of(), users.seen);
    }

    @Test
    void plainThatIsNotUtf8IsMalformed() throws SaslException {
        for (byte[] message :
                List.of(new byte[] {(byte) 0x80, 0, 'a', 0, 'b'}, new byte[] {0, (byte) 0x80, 0, 'b'}, new byte[] {
                    0, 'a', 0, (byte) 0xed, (byte) 0xa0, (byte) 0x80
                })) {
            SaslServer server = server("PLAIN");
            SaslException e = assertThrows(SaslException.class, () -> server.evaluateResponse(message));
            assertFalse(e instanceof AuthenticationException);
        }
    }

    @Test
    void emptyPasswordsAreRefusedUnasked() throws SaslException {
        users.passwords.put("tim", "");
        SaslServer plain = server("PLAIN");
        assertThrows(CredentialsException.class, () -> plain.evaluateResponse(octets("\0tim\0")));
        SaslServer login = server("LOGIN");
        says(login, "tim");
        assertThrows(CredentialsException.class, () -> login.evaluateResponse(new byte[0]));
        assertEquals(List.of(), users.seen);
    }

    @Test
    void plainAsksOnceForAFirstMessage() throws SaslException {
        SaslServer server = server("PLAIN");
        assertEquals("", says(server, ""));
        assertThrows(SaslException.class, () -> server.evaluateResponse(new byte[0]));
    }

    @Test
    void actingAsSomebodyElseIsDecidedAfterThePassword() throws SaslException {
        SaslServer same = server("PLAIN");
        same.evaluateResponse(octets("tim\0tim\0tanstaaftanstaaf"));
        assertEquals("tim", same.getAuthorizationID());
        SaslServer refused = server("PLAIN");
        AuthorizationException e = assertThrows(
                AuthorizationException.class, () -> refused.evaluateResponse(octets("root\0tim\0tanstaaftanstaaf")));
        assertEquals(Optional.of("tim"), e.user());
        SaslServer wrong = server("PLAIN");
        CredentialsException guess =
                assertThrows(CredentialsException.class, () -> wrong.evaluateResponse(octets("root\0tim\0wrong")));
        assertEquals(CredentialsException.class, guess.getClass());
    }

    @Test
    void loginPromptsAndTakesAnInitialResponse() throws SaslException {
        SaslServer server = server("LOGIN");
        assertEquals("Username:", says(server, ""));
        assertEquals("Password:", says(server, "tim"));
        assertNull(server.evaluateResponse(octets("tanstaaftanstaaf")));
        SaslServer initial = server("LOGIN");
        assertEquals("Password:", says(initial, "tim"));
        assertNull(initial.evaluateResponse(octets("tanstaaftanstaaf")));
        assertTrue(initial.isComplete());
    }

    @Test
    void malformedLoginIsNoGuess() throws SaslException {
        for (byte[] name : List.of(new byte[0], octets("a\0b"), new byte[] {(byte) 0xff})) {
            SaslServer server = server("LOGIN");
            says(server, "");
            SaslException e = assertThrows(SaslException.class, () -> server.evaluateResponse(name));
            assertFalse(e instanceof AuthenticationException);
        }
        SaslServer server = server("LOGIN");
        says(server, "tim");
        SaslException e = assertThrows(SaslException.class, () -> server.evaluateResponse(new byte[] {(byte) 0xff}));
        assertFalse(e instanceof AuthenticationException);
    }

    // RFC 2195 §2
    @Test
    void theExampleOfRfc2195() throws SaslException {
        String challenge = "<1896.697170952@postoffice.reston.mci.net>";
        String response = "tim b913a602c7eda7a495b4e6e7334d3890";
        assertEquals(response, says(clients.cramMd5("tim", password("tanstaaftanstaaf")), challenge));
        SaslServer server = new CramMd5Server(users, TestUsers.UNKNOWN, challenge);
        assertEquals(challenge, says(server, ""));
        assertNull(server.evaluateResponse(octets(response)));
        assertEquals("tim", server.getAuthorizationID());
    }

    @Test
    void cramChallengesAreNeverTheSame() throws SaslException {
        String challenge = says(server("CRAM-MD5"), "");
        assertTrue(challenge.matches("<[0-9]+\\.1767225600000@mx\\.example>"), challenge);
        assertFalse(challenge.equals(says(server("CRAM-MD5"), "")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tim",
                "tim ",
                " b913a602c7eda7a495b4e6e7334d3890",
                "tim b913a602c7eda7a495b4e6e7334d389",
                "tim b913a602c7eda7a495b4e6e7334d38900",
                "tim b913a602c7eda7a495b4e6e7334d389x",
                "timb913a602c7eda7a495b4e6e7334d3890",
                "b913a602c7eda7a495b4e6e7334d3890"
            })
    void malformedCramIsNoGuess(String response) throws SaslException {
        SaslServer server = server("CRAM-MD5");
        says(server, "");
        SaslException e = assertThrows(SaslException.class, () -> server.evaluateResponse(octets(response)));
        assertFalse(e instanceof AuthenticationException);
    }

    @Test
    void cramTakesNoInitialResponse() throws SaslException {
        SaslServer server = server("CRAM-MD5");
        assertThrows(SaslException.class, () -> server.evaluateResponse(octets("tim")));
    }

    @Test
    void cramNamesMayHaveSpaces() throws SaslException {
        users.passwords.put("tim the user", "x");
        SaslServer server = server("CRAM-MD5");
        Dialogue.run(clients.cramMd5("tim the user", password("x")), server, false);
        assertEquals("tim the user", server.getAuthorizationID());
    }

    @Test
    void cramUsersWithoutSecretAreToldApartInTypeOnly() throws SaslException {
        users.withoutSecrets.add("tim");
        SaslServer server = server("CRAM-MD5");
        assertThrows(
                MechanismUnavailableException.class,
                () -> Dialogue.run(clients.cramMd5("tim", password("tanstaaftanstaaf")), server, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "hello", "<a@b", "a@b>", "<ab>", "<@b>", "<a@>", "<a b@c>", "<a@b@c>", "<a@b>\n", "<<a@b>>"})
    void cramClientsSignNothingButAMessageId(String challenge) {
        SaslClient client = clients.cramMd5("tim", password("x"));
        assertThrows(SaslException.class, () -> client.evaluateChallenge(octets(challenge)));
    }

    private static SaslConnection certified(String requested, String granted) {
        return Dialogue.PLAINTEXT.withExternal(
                name -> name.equals(requested) ? Optional.of(granted) : Optional.empty());
    }

    // RFC 4422 appendix A.4
    @Test
    void anEmptyExternalMessageIsAMessage() throws SaslException {
        assertArrayEquals(new byte[0], clients.external("").evaluateChallenge(new byte[0]));
        SaslServer server = users.servers().start("EXTERNAL", certified("", "tim@example.org"));
        Dialogue.run(clients.external(""), server, true);
        assertEquals("tim@example.org", server.getAuthorizationID());
        SaslServer asked = users.servers().start("EXTERNAL", certified("fred@example.org", "fred@example.org"));
        Dialogue.run(clients.external("fred@example.org"), asked, false);
        assertEquals("fred@example.org", asked.getAuthorizationID());
    }

    @Test
    void externalIsRefusedWhenNobodyVouches() throws SaslException {
        SaslServer server = users.servers().start("EXTERNAL", certified("", "tim"));
        CredentialsException e =
                assertThrows(CredentialsException.class, () -> server.evaluateResponse(octets("root")));
        assertEquals(Optional.of("root"), e.user());
        assertThrows(SaslException.class, () -> users.servers().start("EXTERNAL", Dialogue.PLAINTEXT));
        SaslServer broken = users.servers().start("EXTERNAL", Dialogue.PLAINTEXT.withExternal(name -> {
            throw new IOException("down");
        }));
        assertThrows(TemporaryFailureException.class, () -> broken.evaluateResponse(new byte[0]));
        for (byte[] message : List.of(octets("a\0b"), new byte[] {(byte) 0xc0})) {
            SaslServer malformed = users.servers().start("EXTERNAL", certified("", "tim"));
            SaslException malformedMessage =
                    assertThrows(SaslException.class, () -> malformed.evaluateResponse(message));
            assertFalse(malformedMessage instanceof AuthenticationException);
        }
    }

    @Test
    void anExchangeEndsOnce() throws SaslException {
        SaslServer server = server("PLAIN");
        assertThrows(IllegalStateException.class, server::getAuthorizationID);
        assertThrows(IllegalStateException.class, () -> server.getNegotiatedProperty(Sasl.QOP));
        server.evaluateResponse(octets("\0tim\0tanstaaftanstaaf"));
        assertThrows(IllegalStateException.class, () -> server.evaluateResponse(new byte[0]));
        assertThrows(IllegalStateException.class, () -> server.wrap(new byte[0], 0, 0));
        assertThrows(IllegalStateException.class, () -> server.unwrap(new byte[0], 0, 0));
        server.dispose();
        assertTrue(server.isComplete());
        assertEquals("tim", server.getAuthorizationID());
        assertNull(server.getNegotiatedProperty("unknown"));
        SaslClient client = clients.login("tim", password("x"));
        assertThrows(IllegalStateException.class, () -> client.getNegotiatedProperty(Sasl.QOP));
        says(client, "Username:");
        says(client, "Password:");
        assertThrows(IllegalStateException.class, () -> client.evaluateChallenge(new byte[0]));
    }

    @Test
    void aDisposedExchangeIsAborted() throws SaslException {
        SaslServer server = server("LOGIN");
        says(server, "tim");
        server.dispose();
        assertThrows(AbortedException.class, () -> server.evaluateResponse(octets("tanstaaftanstaaf")));
        SaslClient client = clients.plain("", "tim", password("x"));
        client.dispose();
        assertThrows(AbortedException.class, () -> client.evaluateChallenge(new byte[0]));
    }

    @Test
    void clientsRefuseWhatCannotBeSent() {
        assertThrows(IllegalArgumentException.class, () -> clients.plain("", "", password("x")));
        assertThrows(IllegalArgumentException.class, () -> clients.plain("a\0", "tim", password("x")));
        assertThrows(IllegalArgumentException.class, () -> clients.login("t\0m", password("x")));
        assertThrows(
                SaslException.class,
                () -> clients.plain("", "tim", password("a\0b")).evaluateChallenge(new byte[0]));
        assertThrows(
                SaslException.class,
                () -> clients.plain("", "tim", password("x")).evaluateChallenge(octets("hello")));
    }

    private static void answer(Callback[] callbacks, String user, String password) {
        for (Callback callback : callbacks) {
            switch (callback) {
                case NameCallback name -> name.setName(user);
                case PasswordCallback secret -> secret.setPassword(password.toCharArray());
                case AuthorizeCallback authorize -> authorize.setAuthorized(true);
                default -> throw new IllegalArgumentException(callback.toString());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"PLAIN, tanstaaftanstaaf", "CRAM-MD5, tanstaaftanstaaf", "PLAIN, wrong", "CRAM-MD5, wrong"})
    void theJdksClientsAgreeWithOurServers(String mechanism, String given) throws SaslException {
        SaslClient client = Sasl.createSaslClient(
                new String[] {mechanism},
                null,
                "imap",
                "mx.example",
                Map.of(),
                callbacks -> answer(callbacks, "tim", given));
        SaslServer server = server(mechanism);
        if (given.equals("wrong")) {
            assertThrows(CredentialsException.class, () -> Dialogue.run(client, server, true));
        } else {
            Dialogue.run(client, server, true);
            assertEquals("tim", server.getAuthorizationID());
        }
    }

    @Test
    void theJdksClientForExternalAgreesWithOurServer() throws SaslException {
        SaslClient client =
                Sasl.createSaslClient(new String[] {"EXTERNAL"}, "fred", "imap", "mx.example", Map.of(), null);
        SaslServer server = users.servers().start("EXTERNAL", certified("fred", "fred"));
        Dialogue.run(client, server, true);
        assertEquals("fred", server.getAuthorizationID());
    }

    @Test
    void theJdksServerForCramAgreesWithOurClient() throws SaslException {
        SaslServer server = Sasl.createSaslServer(
                "CRAM-MD5", "imap", "mx.example", Map.of(), callbacks -> answer(callbacks, "tim", "tanstaaftanstaaf"));
        assertNotNull(server);
        Dialogue.run(clients.cramMd5("tim", password("tanstaaftanstaaf")), server, false);
        assertTrue(server.isComplete());
    }

    @Test
    void messagesAreUtf8() throws SaslException {
        byte[] message = clients.plain("", "ü", password("ß")).evaluateChallenge(new byte[0]);
        assertNotNull(message);
        assertEquals("\0ü\0ß", new String(message, StandardCharsets.UTF_8));
    }
}
