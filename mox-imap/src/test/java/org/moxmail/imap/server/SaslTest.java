package org.moxmail.imap.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.sasl.AuthenticationException;
import javax.security.sasl.AuthorizeCallback;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.moxmail.imap.testing.LineClient;
import org.moxmail.imap.testing.MemoryBackend;
import org.moxmail.imap.testing.TestServer;
import org.moxmail.time.Timing;

/** Exchanges of several messages: one in which the server begins, and one that ends with a message of the server. */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SaslTest {
    private final MemoryBackend backend = new MemoryBackend(Timing.system()).user("ann", "secret");
    private @Nullable TestServer server;
    private String failed = "";

    /** PLAIN of the backend, and two more mechanisms. */
    private final class Login implements ImapLogin {
        private final ImapLogin plain;

        Login(ImapLogin plain) {
            this.plain = plain;
        }

        @Override
        public List<String> mechanisms(@Nullable SSLSession tls) {
            return List.of("LAST-WORD", "CRAM-MD5", "PLAIN");
        }

        @Override
        public SaslServer start(String mechanism, @Nullable SSLSession tls) throws SaslException {
            return switch (mechanism) {
                case "CRAM-MD5" -> Sasl.createSaslServer(mechanism, "imap", "localhost", Map.of(), SaslTest::answer);
                case "LAST-WORD" -> new LastWord();
                default -> plain.start(mechanism, tls);
            };
        }

        @Override
        public LoginResult complete(SaslServer exchange) {
            return new LoginResult.Accepted(backend.mail(exchange.getAuthorizationID()));
        }

        @Override
        public LoginResult.Refused failed(String mechanism, SaslException cause) {
            failed = mechanism;
            return plain.failed(mechanism, cause);
        }

        @Override
        public Duration delay(int failures) {
            return Duration.ZERO;
        }

        @Override
        public void close() {
            plain.close();
        }
    }

    private static void answer(Callback[] callbacks) {
        for (Callback callback : callbacks) {
            switch (callback) {
                case NameCallback name -> name.setName("ann");
                case PasswordCallback password -> password.setPassword("secret".toCharArray());
                case AuthorizeCallback authorize -> {
                    authorize.setAuthorized(true);
                    authorize.setAuthorizedID(authorize.getAuthenticationID());
                }
                default -> throw new IllegalArgumentException("callback " + callback);
            }
        }
    }

    /** Client, server, client, and a last word of the server that the client answers with an empty line, as SCRAM has it. */
    private static final class LastWord implements SaslServer {
        private int step;

        @Override
        public String getMechanismName() {
            return "LAST-WORD";
        }

        @Override
        public byte[] evaluateResponse(byte[] response) throws SaslException {
            String text = new String(response, StandardCharsets.US_ASCII);
            step++;
            return switch (step) {
                case 1 -> expect(text, "first", "challenge");
                case 2 -> expect(text, "proof", "last word");
                case 3 -> expect(text, "", "");
                default -> throw new IllegalStateException("complete");
            };
        }

        private static byte[] expect(String text, String wanted, String then) throws AuthenticationException {
            if (!text.equals(wanted)) {
                throw new AuthenticationException("wrong");
            }
            return then.getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public boolean isComplete() {
            return step == 3;
        }

        @Override
        public String getAuthorizationID() {
            return "ann";
        }

        @Override
        public byte[] unwrap(byte[] incoming, int offset, int length) {
            throw new IllegalStateException();
        }

        @Override
        public byte[] wrap(byte[] outgoing, int offset, int length) {
            throw new IllegalStateException();
        }

        @Override
        public @Nullable Object getNegotiatedProperty(String name) {
            return null;
        }

        @Override
        public void dispose() {
            step = Math.max(step, 0);
        }
    }

    private LineClient connect() throws IOException {
        TestServer open = java.util.Objects.requireNonNull(server);
        LineClient client = open.connect();
        client.read();
        return client;
    }

    @BeforeEach
    void open() {
        server = new TestServer(peer -> new Login(backend.open(peer)), Timing.system());
    }

    @AfterEach
    void everythingIsClosedInTheEnd() {
        java.util.Objects.requireNonNull(server).close();
        assertEquals(0, backend.openHandles(), "open handles");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void theServerBegins() throws Exception {
        LineClient client = connect();
        client.line("a AUTHENTICATE CRAM-MD5");
        byte[] challenge =
                Base64.getDecoder().decode(String.valueOf(client.read()).substring(2));
        SaslClient sasl =
                Sasl.createSaslClient(new String[] {"CRAM-MD5"}, null, "imap", "localhost", Map.of(), SaslTest::answer);
        client.line(Base64.getEncoder().encodeToString(sasl.evaluateChallenge(challenge)));
        assertTrue(client.answer("a").startsWith("a OK [CAPABILITY "));
        assertTrue(client.command("b SELECT Inbox").contains("b OK"));
    }

    @Test
    void whereTheServerBeginsThereIsNoInitialResponse() throws Exception {
        LineClient client = connect();
        assertTrue(client.command("a AUTHENTICATE CRAM-MD5 " + base64("ann x")).startsWith("a BAD"));
        client.line("b AUTHENTICATE CRAM-MD5");
        assertTrue(String.valueOf(client.read()).startsWith("+ "));
        client.line("*");
        assertTrue(client.answer("b").startsWith("b BAD"));
        assertEquals("CRAM-MD5", failed);
        assertTrue(client.command("c NOOP").startsWith("c OK"));
    }

    @Test
    void theServersLastWordIsAnsweredWithAnEmptyLine() throws Exception {
        LineClient client = connect();
        client.line("a AUTHENTICATE LAST-WORD " + base64("first"));
        assertEquals("+ " + base64("challenge"), client.read());
        client.line(base64("proof"));
        assertEquals("+ " + base64("last word"), client.read());
        client.line("");
        assertTrue(client.answer("a").startsWith("a OK"));
    }

    @Test
    void withoutInitialResponseItIsAskedFor() throws Exception {
        LineClient client = connect();
        client.line("a AUTHENTICATE LAST-WORD");
        assertEquals("+ ", client.read());
        client.line(base64("first"));
        assertEquals("+ " + base64("challenge"), client.read());
        client.line(base64("wrong"));
        assertTrue(client.answer("a").startsWith("a NO [AUTHENTICATIONFAILED]"));
        // Another command where a response was due: the exchange is over, the connection in step.
        client.line("b AUTHENTICATE LAST-WORD " + base64("first"));
        client.read();
        client.line("c NOOP");
        assertTrue(client.answer("b").startsWith("b BAD"));
        assertTrue(client.command("d NOOP").startsWith("d OK"));
    }
}
