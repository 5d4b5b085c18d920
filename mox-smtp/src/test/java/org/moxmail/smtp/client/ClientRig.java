package org.moxmail.smtp.client;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.MessageContent;
import org.moxmail.smtp.ForwardPath;
import org.moxmail.smtp.MailHost;
import org.moxmail.smtp.ReversePath;
import org.moxmail.smtp.server.WriteWatchdog;
import org.moxmail.smtp.testing.Rig;
import org.moxmail.smtp.testing.TestTls;
import org.moxmail.time.testing.FakeTiming;

/** A client and what it delivers. */
final class ClientRig implements AutoCloseable {
    static final MailHost NAME = MailHost.of(Rig.name("client.example"));
    static final ReversePath FROM = from("<a@remote.example>");

    final FakeTiming timing = FakeTiming.at("2026-01-01T00:00:00Z");
    final WriteWatchdog watchdog = new WriteWatchdog(timing, Rig.THREADS);
    final SmtpClient client = client(SmtpClientLimits.DEFAULT);

    static final TlsVerifier TRUSTING = new TlsVerifier() {
        @Override
        public SSLSocket layer(Socket plain) throws IOException {
            return (SSLSocket) TestTls.context().getSocketFactory().createSocket(plain, "mx.example.org", 25, true);
        }

        @Override
        public Optional<String> objection(SSLSession session) {
            return Optional.empty();
        }
    };

    SmtpClient client(SmtpClientLimits limits) {
        return new SmtpClient(limits, timing, watchdog, SmtpClientEvents.NONE);
    }

    static SmtpClientOptions plain() {
        return SmtpClientOptions.plaintext(NAME);
    }

    static SmtpClientOptions tls(TlsMode mode) {
        return SmtpClientOptions.tls(NAME, mode, TRUSTING);
    }

    static ReversePath from(String text) {
        try {
            return ReversePath.parse(text);
        } catch (SyntaxException e) {
            throw new AssertionError(e);
        }
    }

    static ForwardPath to(String text) {
        try {
            return ForwardPath.parse(text);
        } catch (SyntaxException e) {
            throw new AssertionError(e);
        }
    }

    static Delivery delivery(String... recipients) {
        ForwardPath[] paths = new ForwardPath[recipients.length];
        for (int i = 0; i < recipients.length; i++) {
            paths[i] = to(recipients[i]);
        }
        return Delivery.of(FROM, paths);
    }

    static MessageContent message(String octets) {
        return MessageContent.of(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    static SmtpClientSession session(ConnectResult result) {
        if (result instanceof ConnectResult.Connected connected) {
            return connected.session();
        }
        throw new AssertionError(result.toString());
    }

    static SmtpFailure failure(ConnectResult result) {
        if (result instanceof ConnectResult.Failed failed) {
            return failed.failure();
        }
        throw new AssertionError(result.toString());
    }

    static SmtpFailure failure(DeliveryResult result) {
        if (result instanceof DeliveryResult.Failed failed) {
            return failed.failure();
        }
        throw new AssertionError(result.toString());
    }

    @Override
    public void close() {
        watchdog.close();
    }
}
