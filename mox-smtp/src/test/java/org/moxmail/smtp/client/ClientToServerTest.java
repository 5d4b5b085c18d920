package org.moxmail.smtp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.sasl.Sasl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.smtp.BodyType;
import org.moxmail.smtp.DsnReturn;
import org.moxmail.smtp.MailParams;
import org.moxmail.smtp.Notify;
import org.moxmail.smtp.OriginalRecipient;
import org.moxmail.smtp.RcptParams;
import org.moxmail.smtp.SmtpReply;
import org.moxmail.smtp.server.SmtpLimits;
import org.moxmail.smtp.server.SmtpServerOptions;
import org.moxmail.smtp.testing.InMemorySocket;
import org.moxmail.smtp.testing.ReceivedMessage;
import org.moxmail.smtp.testing.Rig;

/** The client against our own server. */
@Timeout(60)
class ClientToServerTest {
    private static final SmtpServerOptions ALL = Rig.delivery().withBinaryMime().withDsn();

    private static Rig server(int capacity) {
        return new Rig(ALL, SmtpLimits.DEFAULT, Rig.memory(), null, capacity);
    }

    @Test
    void everyExtensionIsUsed() throws Exception {
        try (Rig server = server(InMemorySocket.CAPACITY);
                ClientRig rig = new ClientRig();
                SmtpClientSession session =
                        ClientRig.session(rig.client.adopt(server.socket(), ClientRig.tls(TlsMode.REQUIRED)))) {
            assertTrue(session.tls().isPresent());
            assertEquals(1000, session.extensions().recipientsMax().orElseThrow());
            MailParams params = MailParams.NONE
                    .withBody(BodyType.EIGHT_BIT_MIME)
                    .withRequireTls()
                    .withDsn(DsnReturn.HDRS, "id+=1");
            RcptParams rcpt = new RcptParams(Set.of(Notify.SUCCESS), new OriginalRecipient("utf-8", "b\u00f8@x"));
            Delivery delivery = new Delivery(
                    ClientRig.FROM,
                    params,
                    List.of(new Delivery.Recipient(ClientRig.to("<bø@example.org>"), rcpt)),
                    true);
            String text = "Subject: x\r\n\r\n.\r\n..a\r\n\u00ff\r\n";
            assertEquals(
                    List.of(new DeliveryResult.Delivered(SmtpReply.of(250, "2.2.0", "got it"))),
                    session.deliver(delivery, ClientRig.message(text)));
            ReceivedMessage got = server.service.messages().getFirst();
            assertEquals(text, got.text());
            assertEquals(params.withSize(text.length()).withSmtputf8(), got.params());
            assertEquals(rcpt, got.recipients().getFirst().params());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void severalMessagesGoOverOneSession(boolean chunking) throws Exception {
        SmtpClientOptions options = chunking ? ClientRig.plain().withChunking() : ClientRig.plain();
        try (Rig server = server(InMemorySocket.CAPACITY);
                ClientRig rig = new ClientRig();
                SmtpClientSession session = ClientRig.session(rig.client.adopt(server.socket(), options))) {
            for (int i = 0; i < 3; i++) {
                List<DeliveryResult> results = session.deliver(
                        ClientRig.delivery("<b@example.org>", "<c@elsewhere.example>"),
                        ClientRig.message(".\r\n".repeat(i * 20_000)));
                assertTrue(results.get(0) instanceof DeliveryResult.Delivered, results::toString);
                SmtpFailure refused = ClientRig.failure(results.get(1));
                assertEquals(550, refused.code());
                assertTrue(refused.permanent());
                assertEquals(
                        ".\r\n".repeat(i * 20_000),
                        server.service.messages().get(i).text());
                // All refused: the open transaction is reset before the next.
                assertEquals(
                        550,
                        ClientRig.failure(session.deliver(
                                                ClientRig.delivery("<c@elsewhere.example>"), ClientRig.message(""))
                                        .getFirst())
                                .code());
            }
            assertEquals(3, server.service.messages().size());
        }
    }

    @Test
    void binaryMessagesGoAsTheyAre() throws Exception {
        try (Rig server = server(InMemorySocket.CAPACITY);
                ClientRig rig = new ClientRig();
                SmtpClientSession session = ClientRig.session(rig.client.adopt(server.socket(), ClientRig.plain()))) {
            String octets = "\0\n\r.\n\r\n.\r\nno end";
            Delivery delivery =
                    ClientRig.delivery("<b@example.org>").withParams(MailParams.NONE.withBody(BodyType.BINARY_MIME));
            assertTrue(
                    session.deliver(delivery, ClientRig.message(octets)).getFirst()
                            instanceof DeliveryResult.Delivered);
            assertEquals(octets, server.service.messages().getFirst().text());
        }
    }

    /** Buffers so small that each side would wait for the other if the client wrote all before it reads. */
    @Test
    void pipeliningDoesntDeadlock() throws Exception {
        SmtpClientLimits limits = new SmtpClientLimits(
                2048,
                200,
                400,
                SmtpClientLimits.DEFAULT.greetingWait(),
                SmtpClientLimits.DEFAULT.commandWait(),
                SmtpClientLimits.DEFAULT.dataStartWait(),
                SmtpClientLimits.DEFAULT.dataEndWait(),
                SmtpClientLimits.DEFAULT.quitWait(),
                SmtpClientLimits.DEFAULT.handshake(),
                SmtpClientLimits.DEFAULT.writeStall(),
                SmtpClientLimits.DEFAULT.sessionTotal());
        try (Rig server = server(1000);
                ClientRig rig = new ClientRig();
                SmtpClientSession session =
                        ClientRig.session(rig.client(limits).adopt(server.socket(), ClientRig.plain()))) {
            String[] recipients = IntStream.range(0, 900)
                    .mapToObj(i -> "<" + i + "@example.org>")
                    .toArray(String[]::new);
            List<DeliveryResult> results = session.deliver(ClientRig.delivery(recipients), ClientRig.message("x\r\n"));
            assertEquals(900, results.size());
            assertTrue(results.stream().allMatch(DeliveryResult.Delivered.class::isInstance));
        }
    }

    @Test
    void moreRecipientsThanAllowedGoInSeveralTransactions() throws Exception {
        // RFC 9422
        try (Rig server = server(InMemorySocket.CAPACITY);
                ClientRig rig = new ClientRig();
                SmtpClientSession session = ClientRig.session(rig.client.adopt(server.socket(), ClientRig.plain()))) {
            List<String> recipients = new ArrayList<>(Collections.nCopies(1000, "<b@example.org>"));
            recipients.add("<last@example.org>");
            List<DeliveryResult> results =
                    session.deliver(ClientRig.delivery(recipients.toArray(new String[0])), ClientRig.message(""));
            assertEquals(1001, results.size());
            assertTrue(results.stream().allMatch(DeliveryResult.Delivered.class::isInstance));
            assertEquals(2, server.service.messages().size());
            assertEquals(1, server.service.messages().get(1).recipients().size());
        }
    }

    private static SaslChooser plain(String password) {
        return (mechanisms, tls) -> Sasl.createSaslClient(
                mechanisms.toArray(new String[0]), null, "smtp", "mx.example.org", Map.of(), callbacks -> {
                    for (Callback callback : callbacks) {
                        if (callback instanceof NameCallback name) {
                            name.setName("ann");
                        } else if (callback instanceof PasswordCallback secret) {
                            secret.setPassword(password.toCharArray());
                        }
                    }
                });
    }

    @Test
    void submissionLogsIn() throws Exception {
        try (Rig server = new Rig(
                        Rig.submission(),
                        SmtpLimits.DEFAULT,
                        Rig.memory().withUser("ann", "secret"),
                        null,
                        InMemorySocket.CAPACITY);
                ClientRig rig = new ClientRig();
                SmtpClientSession session = ClientRig.session(rig.client.adopt(
                        server.socket(), ClientRig.tls(TlsMode.OPPORTUNISTIC).withSasl(plain("secret"))))) {
            assertTrue(
                    session.deliver(ClientRig.delivery("<b@elsewhere.example>"), ClientRig.message(""))
                                    .getFirst()
                            instanceof DeliveryResult.Delivered);
        }
    }

    @Test
    void aWrongPasswordIsAnAuthFailure() throws Exception {
        try (Rig server = new Rig(
                        Rig.submission(),
                        SmtpLimits.DEFAULT,
                        Rig.memory().withUser("ann", "secret"),
                        null,
                        InMemorySocket.CAPACITY);
                ClientRig rig = new ClientRig()) {
            SmtpFailure failure = ClientRig.failure(rig.client.adopt(
                    server.socket(), ClientRig.tls(TlsMode.OPPORTUNISTIC).withSasl(plain("wrong"))));
            assertEquals(SmtpFailure.Kind.AUTH, failure.kind());
            assertEquals(535, failure.code());
            assertTrue(failure.permanent());
        }
    }

    @Test
    void aMessageLargerThanAnnouncedIsntEvenTried() throws Exception {
        SmtpLimits limits = SmtpLimits.DEFAULT.withMessageBytes(100);
        try (Rig server = Rig.of(Rig.delivery(), limits);
                ClientRig rig = new ClientRig();
                SmtpClientSession session = ClientRig.session(rig.client.adopt(server.socket(), ClientRig.plain()))) {
            SmtpFailure failure = ClientRig.failure(
                    session.deliver(ClientRig.delivery("<b@example.org>"), ClientRig.message("x".repeat(99) + "\r\n"))
                            .getFirst());
            assertEquals(SmtpFailure.Kind.SIZE, failure.kind());
            assertTrue(failure.permanent());
            assertTrue(
                    session.deliver(ClientRig.delivery("<b@example.org>"), ClientRig.message("x".repeat(98) + "\r\n"))
                                    .getFirst()
                            instanceof DeliveryResult.Delivered);
            assertFalse(server.events.commands.stream().anyMatch(command -> command.startsWith("MAIL 5")));
        }
    }
}
