package org.moxmail.smtp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSession;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.sasl.AuthorizeCallback;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.moxmail.smtp.MailParams;
import org.moxmail.smtp.ReversePath;
import org.moxmail.smtp.SmtpReply;
import org.moxmail.smtp.testing.InMemorySocket;
import org.moxmail.smtp.testing.Rig;

/** AUTH with mechanisms of other shapes, RFC 4954 §4. */
@Timeout(20)
class AuthTest {
    private final List<String> failures = new ArrayList<>();

    private Rig rig() throws Exception {
        Rig rig = new Rig(
                Rig.submission(),
                SmtpLimits.DEFAULT,
                Rig.memory(),
                service -> peer -> Admission.admit(new Session(((Admission.Admitted) service.open(peer)).session())),
                InMemorySocket.CAPACITY);
        return rig.hello();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void cramBeginsWithTheServersChallenge() throws Exception {
        try (Rig rig = rig()) {
            String challenge = rig.ask("AUTH CRAM-MD5").substring(4);
            SaslClient client = Sasl.createSaslClient(
                    new String[] {"CRAM-MD5"}, null, "smtp", "mx.example.org", Map.of(), AuthTest::credentials);
            byte[] response = client.evaluateChallenge(Base64.getDecoder().decode(challenge));
            assertEquals("235 2.7.0 nice", rig.ask(Base64.getEncoder().encodeToString(response)));
        }
    }

    @Test
    void anInitialResponseWhereTheServerBeginsIsRefused() throws Exception {
        try (Rig rig = rig()) {
            assertEquals(
                    "501 5.7.0 no initial response with this mechanism (cid1)",
                    rig.ask("AUTH CRAM-MD5 " + base64("x")));
            assertEquals("250 2.0.0 ok", rig.ask("NOOP"));
        }
    }

    @Test
    void theServersLastWordIsAChallengeWithAnEmptyAnswer() throws Exception {
        try (Rig rig = rig()) {
            assertEquals("334 " + base64("challenge"), rig.ask("AUTH SCRAM-SHA-256 " + base64("first")));
            assertEquals("334 " + base64("final"), rig.ask(base64("proof")));
            assertEquals("235 2.7.0 nice", rig.ask(""));
        }
    }

    @Test
    void aMechanismWhereTheClientBeginsIsPromptedWithNothing() throws Exception {
        try (Rig rig = rig()) {
            assertEquals("334 ", rig.ask("AUTH SCRAM-SHA-256"));
            assertEquals("334 " + base64("challenge"), rig.ask(base64("first")));
            assertEquals("501 5.5.0 authentication aborted (cid1)", rig.ask("*"));
            assertEquals(List.of("SCRAM-SHA-256 AuthAbortedException"), failures);
        }
    }

    @Test
    void dataAfterTheEndIsRefused() throws Exception {
        try (Rig rig = rig()) {
            rig.ask("AUTH SCRAM-SHA-256 " + base64("first"));
            rig.ask(base64("proof"));
            assertEquals("501 5.5.2 data after the end of the exchange (cid1)", rig.ask(base64("more")));
            assertEquals("530 5.7.0 authentication required (cid1)", rig.ask("MAIL FROM:<>"));
        }
    }

    @Test
    void equalsSignIsAnEmptyResponseOnlyInTheCommand() throws Exception {
        try (Rig rig = rig()) {
            rig.ask("AUTH SCRAM-SHA-256 =");
            assertEquals("501 5.5.2 invalid base64 (cid1)", rig.ask("="));
        }
    }

    @Test
    void linesOfAnExchangeMayBeLongButNotEndless() throws Exception {
        try (Rig rig = rig()) {
            rig.ask("AUTH SCRAM-SHA-256");
            assertEquals("334 " + base64("challenge"), rig.ask("YWFh".repeat(3000)));
            assertEquals("500 5.5.6 line too long (cid1)", rig.ask("YWFh".repeat(3072)));
            assertNull(rig.line());
        }
    }

    @Test
    void whoIsKnownByCertificateNeedsNoAuth() throws Exception {
        try (Rig rig = rig()) {
            assertEquals("530 5.7.0 authentication required (cid1)", rig.ask("MAIL FROM:<>"));
            rig.ask("EHLO known.example");
            assertTrue(rig.ask("MAIL FROM:<>").startsWith("250"));
        }
    }

    @Test
    void attemptsAreDelayedAsTheServiceSays() throws Exception {
        try (Rig rig = rig()) {
            long before = rig.timing.nanoTime();
            rig.ask("AUTH SCRAM-SHA-256 " + base64("first"));
            rig.ask("*");
            assertEquals(before, rig.timing.nanoTime());
            rig.ask("AUTH SCRAM-SHA-256 " + base64("first"));
            assertEquals(Duration.ofSeconds(7).toNanos(), rig.timing.nanoTime() - before);
        }
    }

    private static void credentials(Callback[] callbacks) {
        for (Callback callback : callbacks) {
            switch (callback) {
                case NameCallback name -> name.setName("ann");
                case PasswordCallback password -> password.setPassword("secret".toCharArray());
                case AuthorizeCallback authorize -> authorize.setAuthorized(true);
                default -> throw new IllegalArgumentException(callback.toString());
            }
        }
    }

    private final class Session implements SaslSession {
        private final SmtpSession session;
        private String name = "";

        Session(SmtpSession session) {
            this.session = session;
        }

        @Override
        public List<String> mechanisms(@Nullable SSLSession tls) {
            return List.of("SCRAM-SHA-256", "CRAM-MD5");
        }

        @Override
        public SaslServer start(String mechanism, @Nullable SSLSession tls) throws SaslException {
            return mechanism.equals("CRAM-MD5")
                    ? Sasl.createSaslServer("CRAM-MD5", "smtp", "mx.example.org", Map.of(), AuthTest::credentials)
                    : new ScriptedExchange("challenge", "final");
        }

        @Override
        public SmtpReply complete(SaslServer exchange) {
            return SmtpReplies.AUTHENTICATED;
        }

        @Override
        public SmtpReply failed(String mechanism, SaslException cause) {
            failures.add(mechanism + " " + cause.getClass().getSimpleName());
            return SmtpReplies.BAD_CREDENTIALS;
        }

        @Override
        public Duration delay(int failed) {
            return Duration.ofSeconds(7L * failed);
        }

        @Override
        public boolean identified(@Nullable SSLSession tls) {
            return name.equals("known.example");
        }

        @Override
        public SmtpReply hello(Hello hello, @Nullable SSLSession tls) {
            name = hello.name().print();
            return session.hello(hello, tls);
        }

        @Override
        public MailDecision mail(ReversePath from, MailParams params) {
            return session.mail(from, params);
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
