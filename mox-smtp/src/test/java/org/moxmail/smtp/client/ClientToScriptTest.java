package org.moxmail.smtp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.security.sasl.SaslClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.smtp.BodyType;
import org.moxmail.smtp.MailParams;
import org.moxmail.smtp.client.SmtpFailure.Kind;
import org.moxmail.smtp.testing.InMemorySocket;
import org.moxmail.smtp.testing.Rig;
import org.moxmail.smtp.testing.ScriptedPeer;
import org.moxmail.smtp.testing.TestTls;

/** The client against servers of all sorts. */
@Timeout(60)
class ClientToScriptTest {
    private final ClientRig rig = new ClientRig();
    private final InMemorySocket.Pair pair = InMemorySocket.pair(rig.timing);

    private ScriptedPeer peer() {
        return new ScriptedPeer(pair.server());
    }

    private ConnectResult connect(ScriptedPeer peer, SmtpClientOptions options) {
        peer.start(Rig.THREADS);
        return rig.client.adopt(pair.client(), options);
    }

    private SmtpClientSession plain(ScriptedPeer peer) {
        return ClientRig.session(connect(peer, ClientRig.plain()));
    }

    private static SmtpFailure only(List<DeliveryResult> results) {
        assertEquals(1, results.size());
        return ClientRig.failure(results.getFirst());
    }

    // ---- before a transaction

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "220 hi | none | ",
                "421 4.3.2 later | REPLY | false",
                "521 no mail here | REPLY | true",
                "554 5.7.1 go away | REPLY | true",
                "250 hi | PROTOCOL | false",
                "hello | PROTOCOL | false",
                "220x | PROTOCOL | false",
                "999 hi | PROTOCOL | false",
            })
    void greetingsDecideWhetherASessionComesAbout(String greeting, String kind, Boolean permanent) throws Exception {
        ScriptedPeer peer = peer().say(greeting);
        if (kind.equals("none")) {
            peer.hello().expect("QUIT").say("221 bye");
            plain(peer).close();
        } else {
            SmtpFailure failure = ClientRig.failure(connect(peer, ClientRig.plain()));
            assertEquals(Kind.valueOf(kind), failure.kind());
            assertEquals(permanent, failure.permanent());
            assertTrue(pair.client().isClosed());
        }
        peer.await();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 501, 502, 503, 504})
    void serversWithoutEhloAreGreetedWithHelo(int code) throws Exception {
        ScriptedPeer peer = peer().say("220 hi")
                .expect("EHLO client.example")
                .say(code + " what?")
                .expect("HELO client.example")
                .say("250 hi")
                .expect("MAIL FROM:<a@remote.example>")
                .say("250 ok")
                .expect("RCPT TO:<b@example.org>")
                .say("251 forwarding")
                .expect("DATA")
                .say("354 go")
                .data()
                .say("250 5.0.0 looks like a code, but none was announced")
                .expect("QUIT")
                .say("221 bye");
        try (SmtpClientSession session = plain(peer)) {
            assertTrue(
                    session.deliver(ClientRig.delivery("<b@example.org>"), ClientRig.message("x\r\n"))
                                    .getFirst()
                            instanceof DeliveryResult.Delivered);
        }
        peer.await();
    }

    @Test
    void otherRefusalsOfEhloAreFinal() throws Exception {
        ScriptedPeer peer =
                peer().say("220 hi").expect("EHLO .*").say("550 5.7.1 not you").end();
        SmtpFailure failure = ClientRig.failure(connect(peer, ClientRig.plain()));
        assertEquals(550, failure.code());
        assertTrue(failure.permanent());
        peer.await();
    }

    static Stream<UnaryOperator<ScriptedPeer>> nonsense() {
        return Stream.of(
                peer -> peer.say("250-one", "251 two"),
                peer -> peer.raw("250 " + "x".repeat(3000)),
                peer -> peer.raw("250-x\r\n".repeat(300)),
                peer -> peer.raw("2\0 0\r\n"),
                peer -> peer.raw("\r\n"),
                peer -> peer.say("354 go"),
                peer -> peer.raw("250 cut"));
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void nonsenseLosesTheConnection(UnaryOperator<ScriptedPeer> nonsense) throws Exception {
        ScriptedPeer peer = nonsense.apply(peer().say("220 hi").expect("EHLO .*"));
        SmtpFailure failure = ClientRig.failure(connect(peer, ClientRig.plain()));
        assertTrue(failure.kind() == Kind.PROTOCOL || failure.kind() == Kind.IO, failure::toString);
        assertFalse(failure.permanent());
        peer.await();
    }

    @Test
    void aServerThatSaysNothingTimesOut() throws Exception {
        ScriptedPeer peer = peer().end();
        Thread clock = Rig.THREADS.newThread(() -> {
            try {
                rig.timing.awaitWaiters(2);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            rig.timing.advance(Duration.ofMinutes(5));
        });
        clock.start();
        SmtpFailure failure = ClientRig.failure(connect(peer, ClientRig.plain()));
        assertEquals(Kind.TIMEOUT, failure.kind());
        peer.await();
    }

    @Test
    void aServerThatNeverReadsIsLeft() throws Exception {
        InMemorySocket.Pair small = InMemorySocket.pair(rig.timing, 4096);
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        ScriptedPeer peer = new ScriptedPeer(small.server())
                .say("220 hi")
                .hello()
                .expect("MAIL.*")
                .say("250 ok")
                .expect("RCPT.*")
                .say("250 ok")
                .expect("DATA")
                .say("354 go")
                .upgrade(socket -> {
                    started.countDown();
                    return socket;
                })
                .until(over)
                .start(Rig.THREADS);
        SmtpClientSession session = ClientRig.session(rig.client.adopt(small.client(), ClientRig.plain()));
        Thread clock = Rig.THREADS.newThread(() -> {
            try {
                started.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            while (session.usable()) {
                rig.timing.advance(Duration.ofSeconds(1));
                Thread.onSpinWait();
            }
        });
        clock.start();
        SmtpFailure failure = only(
                session.deliver(ClientRig.delivery("<b@example.org>"), ClientRig.message("x\r\n".repeat(100_000))));
        assertEquals(Kind.TIMEOUT, failure.kind());
        assertFalse(failure.permanent());
        over.countDown();
        clock.join();
        session.close();
        peer.await();
    }

    // ---- TLS

    @Test
    void requiredStartTlsIsSentEvenIfNotAnnounced() throws Exception {
        ScriptedPeer peer = peer().say("220 hi")
                .hello("PIPELINING")
                .expect("STARTTLS")
                .say("502 5.5.1 what?")
                .end();
        SmtpFailure failure = ClientRig.failure(connect(peer, ClientRig.tls(TlsMode.REQUIRED)));
        assertEquals(Kind.TLS, failure.kind());
        assertEquals(502, failure.code());
        assertFalse(failure.permanent());
        peer.await();
    }

    @Test
    void opportunisticStartTlsIsntSentUnlessAnnounced() throws Exception {
        ScriptedPeer peer =
                peer().say("220 hi").hello("PIPELINING").expect("QUIT").say("221 bye");
        ClientRig.session(connect(peer, ClientRig.tls(TlsMode.OPPORTUNISTIC))).close();
        peer.await();
    }

    @Test
    void repliesSentAlongWithTheOneToStartTlsAreRefused() throws Exception {
        // RFC 3207 §4.2
        ScriptedPeer peer = peer().say("220 hi")
                .hello("STARTTLS")
                .expect("STARTTLS")
                .raw("220 go\r\n250-mx\r\n250 AUTH PLAIN\r\n")
                .end();
        assertEquals(
                Kind.TLS,
                ClientRig.failure(connect(peer, ClientRig.tls(TlsMode.REQUIRED)))
                        .kind());
        peer.await();
    }

    @Test
    void thereIsNoHeloAfterStartTls() throws Exception {
        ScriptedPeer peer = peer().say("220 hi")
                .hello("STARTTLS")
                .expect("STARTTLS")
                .say("220 go")
                .upgrade(TestTls::server)
                .expect("EHLO .*")
                .say("502 what?");
        SmtpFailure failure = ClientRig.failure(connect(peer, ClientRig.tls(TlsMode.OPPORTUNISTIC)));
        assertEquals(502, failure.code());
        peer.await();
    }

    @Test
    void extensionsFromBeforeTlsAreForgotten() throws Exception {
        ScriptedPeer peer = peer().upgrade(TestTls::server)
                .say("220 hi")
                .hello("SIZE 1", "REQUIRETLS", "STARTTLS")
                .expect("QUIT")
                .say("221 bye");
        try (SmtpClientSession session = ClientRig.session(connect(peer, ClientRig.tls(TlsMode.IMMEDIATE)))) {
            assertEquals(1, session.extensions().size().orElseThrow());
        }
        peer.await();
    }

    @Test
    void aCertificateThatWontDoIsATlsFailure() throws Exception {
        TlsVerifier picky = new TlsVerifier() {
            @Override
            public SSLSocket layer(Socket plain) throws IOException {
                return ClientRig.TRUSTING.layer(plain);
            }

            @Override
            public Optional<String> objection(SSLSession session) {
                return Optional.of("no TLSA record matches");
            }
        };
        ScriptedPeer peer = peer().say("220 hi")
                .hello("STARTTLS")
                .expect("STARTTLS")
                .say("220 go")
                .upgrade(TestTls::server);
        SmtpFailure failure =
                ClientRig.failure(connect(peer, SmtpClientOptions.tls(ClientRig.NAME, TlsMode.REQUIRED, picky)));
        assertEquals(Kind.TLS, failure.kind());
        assertEquals("STARTTLS: no TLSA record matches", failure.text());
    }

    @Test
    void aBrokenHandshakeIsATlsFailure() throws Exception {
        ScriptedPeer peer = peer().say("220 hi")
                .hello("STARTTLS")
                .expect("STARTTLS")
                .say("220 go")
                .octets(1)
                .say("what?");
        assertEquals(
                Kind.TLS,
                ClientRig.failure(connect(peer, ClientRig.tls(TlsMode.REQUIRED)))
                        .kind());
        peer.await();
    }

    // ---- AUTH

    private static SaslChooser exchange(Exchange exchange) {
        return (mechanisms, tls) -> exchange;
    }

    @Test
    void scramLikeExchangesEndWithTheServersProof() throws Exception {
        ScriptedPeer peer = peer().say("220 hi")
                .hello("AUTH SCRAM-SHA-256", "AUTH=PLAIN")
                .expect("AUTH TEST Zmlyc3Q=")
                .say("334 c2Vjb25k")
                .expect("dGhpcmQ=")
                .say("334 cHJvb2Y=")
                .expect("")
                .say("235 2.7.0 in")
                .expect("QUIT")
                .say("221 bye");
        SaslClient scram = new Exchange("first", "third", "");
        SmtpClientOptions options = ClientRig.plain().withSasl((mechanisms, tls) -> {
            assertEquals(List.of("SCRAM-SHA-256", "PLAIN"), mechanisms);
            return scram;
        });
        ClientRig.session(connect(peer, options)).close();
        peer.await();
    }

    @Test
    void successBeforeTheServersProofIsRefused() throws Exception {
        ScriptedPeer peer = peer().say("220 hi")
                .hello("AUTH TEST")
                .expect("AUTH TEST Zmlyc3Q=")
                .say("235 in")
                .end();
        SmtpFailure failure =
                ClientRig.failure(connect(peer, ClientRig.plain().withSasl(exchange(new Exchange("first", "third")))));
        assertEquals(Kind.PROTOCOL, failure.kind());
        peer.await();
    }

    @ParameterizedTest
    @ValueSource(strings = {"334 !!!", "334-YQ==\r\n334 YQ=="})
    void challengesThatAreNoneAreCancelled(String challenge) throws Exception {
        ScriptedPeer peer = peer().say("220 hi")
                .hello("AUTH TEST")
                .expect("AUTH TEST Zmlyc3Q=")
                .say(challenge)
                .expect("\\*")
                .say("501 cancelled")
                .end();
        SmtpFailure failure =
                ClientRig.failure(connect(peer, ClientRig.plain().withSasl(exchange(new Exchange("first", "third")))));
        assertEquals(Kind.AUTH, failure.kind());
        peer.await();
    }

    @Test
    void aChallengeAfterTheEndIsCancelled() throws Exception {
        ScriptedPeer peer = peer().say("220 hi")
                .hello("AUTH TEST")
                .expect("AUTH TEST =")
                .say("334 ")
                .expect("\\*")
                .say("501 cancelled")
                .end();
        SmtpFailure failure = ClientRig.failure(connect(peer, ClientRig.plain().withSasl(exchange(new Exchange("")))));
        assertEquals(Kind.AUTH, failure.kind());
        peer.await();
    }

    @Test
    void anInitialResponseTooLongForTheLineGoesSeparately() throws Exception {
        ScriptedPeer peer = peer().say("220 hi")
                .hello("AUTH TEST")
                .expect("AUTH TEST")
                .say("334 ")
                .expect("[A-Za-z0-9+/]{800}")
                .say("235 in")
                .expect("QUIT")
                .say("221 bye");
        ClientRig.session(connect(peer, ClientRig.plain().withSasl(exchange(new Exchange("x".repeat(600))))))
                .close();
        peer.await();
    }

    // ---- transactions

    private ScriptedPeer pipelining() {
        return peer().say("220 hi").hello("PIPELINING", "ENHANCEDSTATUSCODES");
    }

    @Test
    void aGroupGoesOutAtOnce() throws Exception {
        // RFC 2920: the script answers only after the last of the group.
        ScriptedPeer peer = pipelining()
                .expect("MAIL FROM:<a@remote.example>")
                .expect("RCPT TO:<b@example.org>")
                .expect("RCPT TO:<c@example.org>")
                .expect("DATA")
                .say("250 2.1.0 ok", "250 2.1.5 ok", "452 4.5.3 one is enough", "354 go")
                .data()
                .say("250 2.0.0 queued")
                .expect("QUIT")
                .say("221 bye");
        try (SmtpClientSession session = plain(peer)) {
            List<DeliveryResult> results = session.deliver(
                    ClientRig.delivery("<b@example.org>", "<c@example.org>"), ClientRig.message(".x\r\n.\r\n"));
            assertTrue(results.get(0) instanceof DeliveryResult.Delivered);
            assertEquals(452, ClientRig.failure(results.get(1)).code());
        }
        assertEquals(List.of("..x", "..", "."), peer.await().subList(5, 8));
    }

    @Test
    void refusedMailRefusesEverybodyAndAllRepliesAreRead() throws Exception {
        ScriptedPeer peer = pipelining()
                .expect("MAIL.*")
                .expect("RCPT.*")
                .expect("DATA")
                .say("550 5.7.1 not from you", "503 5.5.1 no MAIL", "503 5.5.1 no MAIL")
                .expect("MAIL.*")
                .expect("RCPT.*")
                .expect("DATA")
                .say("451 4.3.0 later", "503 5.5.1 no MAIL", "503 5.5.1 no MAIL")
                .expect("QUIT")
                .say("221 bye");
        try (SmtpClientSession session = plain(peer)) {
            SmtpFailure first = only(session.deliver(ClientRig.delivery("<b@example.org>"), ClientRig.message("")));
            assertEquals("MAIL: 550 5.7.1 not from you", first.text());
            assertTrue(first.permanent());
            SmtpFailure second = only(session.deliver(ClientRig.delivery("<b@example.org>"), ClientRig.message("")));
            assertFalse(second.permanent());
        }
        peer.await();
    }

    @Test
    void dataThatIsTakenForNobodyIsEndedAtOnce() throws Exception {
        ScriptedPeer peer = pipelining()
                .expect("MAIL.*")
                .expect("RCPT.*")
                .expect("DATA")
                .say("250 2.1.0 ok", "550 5.1.1 unknown", "354 go")
                .expect("\\.")
                .say("554 5.5.1 no recipients")
                .expect("QUIT")
                .say("221 bye");
        try (SmtpClientSession session = plain(peer)) {
            SmtpFailure failure =
                    only(session.deliver(ClientRig.delivery("<b@example.org>"), ClientRig.message("x\r\n")));
            assertEquals(550, failure.code());
        }
        peer.await();
    }

    @Test
    void aServerThatClosesAfterRefusingAllStillGaveTheReason() throws Exception {
        ScriptedPeer peer =
                pipelining().expect("MAIL.*").expect("RCPT.*").expect("DATA").say("250 2.1.0 ok", "550 5.1.1 unknown");
        try (SmtpClientSession session = plain(peer)) {
            SmtpFailure failure =
                    only(session.deliver(ClientRig.delivery("<b@example.org>"), ClientRig.message("x\r\n")));
            assertEquals(550, failure.code());
            assertFalse(session.usable());
            assertEquals(
                    Kind.LOST,
                    only(session.deliver(ClientRig.delivery("<b@example.org>"), ClientRig.message("")))
                            .kind());
        }
        peer.await();
    }

    @Test
    void after421TheSessionIsOver() throws Exception {
        ScriptedPeer peer =
                pipelining().expect("MAIL.*").expect("RCPT.*").expect("DATA").say("421 4.3.2 shutting down");
        try (SmtpClientSession session = plain(peer)) {
            SmtpFailure failure =
                    only(session.deliver(ClientRig.delivery("<b@example.org>"), ClientRig.message("x\r\n")));
            assertEquals(421, failure.code());
            assertFalse(session.usable());
        }
        peer.await();
    }

    @Test
    void withoutPipeliningTooManyRecipientsStopTheRest() throws Exception {
        ScriptedPeer peer = peer().say("220 hi")
                .hello("SIZE 0", "8BITMIME")
                .expect("MAIL FROM:<a@remote.example> SIZE=3 BODY=8BITMIME")
                .say("250 ok")
                .expect("RCPT TO:<1@example.org>")
                .say("250 ok")
                .expect("RCPT TO:<2@example.org>")
                .say("552 too many")
                .expect("DATA")
                .say("354 go")
                .data()
                .say("250 ok")
                .expect("QUIT")
                .say("221 bye");
        try (SmtpClientSession session = plain(peer)) {
            List<DeliveryResult> results = session.deliver(
                    ClientRig.delivery("<1@example.org>", "<2@example.org>", "<3@example.org>")
                            .withParams(MailParams.NONE.withBody(BodyType.EIGHT_BIT_MIME)),
                    ClientRig.message("x\r\n"));
            assertTrue(results.get(0) instanceof DeliveryResult.Delivered);
            for (int i = 1; i < 3; i++) {
                // RFC 5321 §4.5.3.1.10: 552 here means 452.
                assertEquals(552, ClientRig.failure(results.get(i)).code());
                assertFalse(ClientRig.failure(results.get(i)).permanent());
            }
        }
        peer.await();
    }

    @Test
    void anUnfinishedTransactionIsResetBeforeTheNext() throws Exception {
        ScriptedPeer peer = peer().say("220 hi")
                .hello()
                .expect("MAIL.*")
                .say("250 ok")
                .expect("RCPT.*")
                .say("550 no")
                .expect("RSET")
                .say("250 ok")
                .expect("MAIL.*")
                .say("250 ok")
                .expect("RCPT.*")
                .say("250 ok")
                .expect("DATA")
                .say("451 not now")
                .expect("QUIT")
                .say("221 bye");
        try (SmtpClientSession session = plain(peer)) {
            assertEquals(
                    550,
                    only(session.deliver(ClientRig.delivery("<b@example.org>"), ClientRig.message("")))
                            .code());
            assertEquals(
                    451,
                    only(session.deliver(ClientRig.delivery("<b@example.org>"), ClientRig.message("")))
                            .code());
        }
        peer.await();
    }

    @ParameterizedTest
    @CsvSource({"SMTPUTF8, false", "REQUIRETLS, false", "8BITMIME, true", "BINARYMIME, true", "FUTURERELEASE, true"})
    void whatTheServerLacksFailsWithoutAsking(String extension, boolean permanent) throws Exception {
        ScriptedPeer peer =
                peer().say("220 hi").hello("REQUIRETLS").expect("QUIT").say("221 bye");
        MailParams params = switch (extension) {
            case "SMTPUTF8" -> MailParams.NONE.withSmtputf8();
            case "REQUIRETLS" -> MailParams.NONE.withRequireTls();
            case "8BITMIME" -> MailParams.NONE.withBody(BodyType.EIGHT_BIT_MIME);
            case "BINARYMIME" -> MailParams.NONE.withBody(BodyType.BINARY_MIME);
            default -> MailParams.NONE.withHold(new org.moxmail.smtp.FutureRelease.HoldFor(Duration.ofSeconds(1)));
        };
        try (SmtpClientSession session = plain(peer)) {
            Delivery delivery = new Delivery(
                    ClientRig.FROM,
                    params,
                    ClientRig.delivery("<b@example.org>").recipients(),
                    true);
            SmtpFailure failure = only(session.deliver(delivery, ClientRig.message("")));
            assertEquals(Kind.UNSUPPORTED, failure.kind());
            assertEquals(permanent, failure.permanent());
            assertTrue(failure.text().endsWith(extension));
        }
        peer.await();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\rb\r\n", "a\nb\r\n", "a", "a\r", "\n", "a\r\n.\n", "a\r\r\n"})
    void aMessageThatCouldSmuggleIsNeverEnded(String text) throws Exception {
        ScriptedPeer peer = pipelining()
                .expect("MAIL.*")
                .expect("RCPT.*")
                .expect("DATA")
                .say("250 2.1.0 ok", "250 2.1.5 ok", "354 go")
                .end();
        try (SmtpClientSession session = plain(peer)) {
            SmtpFailure failure = only(session.deliver(ClientRig.delivery("<b@example.org>"), ClientRig.message(text)));
            assertEquals(Kind.MESSAGE, failure.kind());
            assertTrue(failure.permanent());
            assertFalse(session.usable());
        }
        peer.await();
    }

    @Test
    void aServerThatHasEnoughInTheMiddleIsHeard() throws Exception {
        ScriptedPeer peer = pipelining()
                .expect("MAIL.*")
                .expect("RCPT.*")
                .expect("DATA")
                .say("250 2.1.0 ok", "250 2.1.5 ok", "354 go")
                .octets(1000)
                .say("552 5.3.4 too large");
        try (SmtpClientSession session = plain(peer)) {
            SmtpFailure failure = only(session.deliver(
                    ClientRig.delivery("<b@example.org>"), ClientRig.message("x\r\n".repeat(1_000_000))));
            assertEquals(552, failure.code());
            assertTrue(failure.permanent());
            assertFalse(session.usable());
        }
        peer.await();
    }

    @Test
    void aSessionTakesAsManyMessagesAsTheServerAllows() throws Exception {
        // RFC 9422 MAILMAX
        ScriptedPeer peer = peer().say("220 hi")
                .hello("LIMITS MAILMAX=1")
                .expect("MAIL.*")
                .say("250 ok")
                .expect("RCPT.*")
                .say("250 ok")
                .expect("DATA")
                .say("354 go")
                .data()
                .say("250 ok")
                .expect("QUIT")
                .say("221 bye");
        try (SmtpClientSession session = plain(peer)) {
            session.deliver(ClientRig.delivery("<b@example.org>"), ClientRig.message(""));
            assertFalse(session.usable());
            assertEquals(
                    Kind.LOST,
                    only(session.deliver(ClientRig.delivery("<b@example.org>"), ClientRig.message("")))
                            .kind());
        }
        peer.await();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "RCPTMAX=10 | 10",
                "MAILMAX=1 rcptmax=20 X=y | 20",
                "RCPTMAX=1234567 | -",
                "RCPTMAX=10 RCPTMAX=20 | -",
                "RCPTMAX=0 | -",
                "RCPTMAX=x | -",
                "RCPTMAX=10 = | -",
                "RCPTMAX=10 X | -",
                "RCPTMAX | -",
            })
    void limitsAreReadAllOrNone(String limits, Integer recipients) {
        // RFC 9422 §2
        ServerExtensions extensions = ServerExtensions.parse(List.of("mx", "LIMITS " + limits));
        assertEquals(
                Optional.ofNullable(recipients),
                extensions.recipientsMax().isPresent()
                        ? Optional.of(extensions.recipientsMax().getAsInt())
                        : Optional.empty());
    }
}
