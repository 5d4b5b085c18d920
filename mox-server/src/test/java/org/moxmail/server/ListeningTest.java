package org.moxmail.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.moxmail.server.boot.ListenerSettings;
import org.moxmail.server.boot.ServerSettings;
import org.moxmail.server.boot.Service;
import org.moxmail.server.limits.AddressLimits;
import org.moxmail.server.limits.LimitSettings;
import org.moxmail.server.testing.ImapTalk;
import org.moxmail.server.testing.RunningServer;
import org.moxmail.server.testing.SmtpTalk;

/** Who is let in, how many at a time, and to which protocol. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ListeningTest {
    @TempDir
    Path directory;

    private static ServerSettings strict(ServerSettings settings) {
        AddressLimits two = new AddressLimits(2, 2, 2);
        LimitSettings defaults = LimitSettings.DEFAULT;
        return settings.withLimits(new LimitSettings(
                defaults.connections(),
                defaults.connectionsPerMinute(),
                two,
                defaults.failedLogins(),
                false,
                defaults.tlsHandshake()));
    }

    @Test
    void aNetworkWithEnoughConnectionsIsToldSoInItsProtocol() throws Exception {
        try (RunningServer server = RunningServer.start(directory, ListeningTest::strict);
                SmtpTalk one = server.smtp("smtp");
                SmtpTalk two = server.smtp("smtp");
                ImapTalk three = server.imap();
                ImapTalk four = server.imap()) {
            try (SmtpTalk refused = new SmtpTalk(server.connect("smtp"))) {
                refused.expect("421 4.7.0 too many open connections");
                assertEquals("", refused.reply());
            }
            try (Socket socket = server.secure(server.connect("imaps"));
                    ImapTalk refused = new ImapTalk(socket)) {
                assertEquals("* BYE too many open connections from your network", refused.line());
            }
            one.expect("250", "NOOP");
            three.ok("NOOP");
            two.expect("250", "NOOP");
            four.ok("NOOP");
        }
    }

    @Test
    void whoeverFindsTheServerFullWaitsForSomebodyToLeave() throws Exception {
        try (RunningServer server = RunningServer.start(
                        directory,
                        settings -> settings.withLimits(settings.limits().withConnections(2)));
                SmtpTalk one = server.smtp("smtp");
                SmtpTalk two = server.smtp("smtp");
                Socket third = server.connect("smtp")) {
            third.setSoTimeout(200);
            assertThrows(
                    SocketTimeoutException.class, () -> third.getInputStream().read());
            one.expect("221", "QUIT");
            third.setSoTimeout(20_000);
            new SmtpTalk(third).expect("220");
            two.expect("250", "NOOP");
        }
    }

    /** One port for several protocols, as port 443 will be. */
    private static ServerSettings shared(ServerSettings settings) {
        List<ListenerSettings> listeners = new ArrayList<>(settings.listeners());
        listeners.add(new ListenerSettings(
                "shared",
                Service.SMTP,
                List.of(InetAddress.ofLiteral("127.0.0.1")),
                0,
                ListenerSettings.Security.TLS,
                false,
                Map.of("imap", Service.IMAP, "smtp", Service.SUBMISSION)));
        return settings.withListeners(listeners);
    }

    @ParameterizedTest(name = "ALPN {0} gets {1}")
    @CsvSource({"imap, * OK", "smtp, 220", "h2, 220", "'', 220"})
    void theProtocolThatAClientNamesIsServed(String offered, String greeting) throws Exception {
        try (RunningServer server = RunningServer.start(directory, ListeningTest::shared);
                Socket socket = server.connect("shared");
                SSLSocket tls = (SSLSocket) server.trusting()
                        .getSocketFactory()
                        .createSocket(socket, "localhost", socket.getPort(), true)) {
            if (!offered.isEmpty()) {
                var parameters = tls.getSSLParameters();
                parameters.setApplicationProtocols(new String[] {offered});
                tls.setSSLParameters(parameters);
            }
            tls.startHandshake();
            assertEquals(offered.equals("h2") ? "" : offered, tls.getApplicationProtocol());
            SmtpTalk talk = new SmtpTalk(tls);
            talk.expect(greeting);
            if (!offered.equals("imap")) {
                boolean logins = talk.expect("250", "EHLO x.example").contains("AUTH");
                assertEquals(offered.equals("smtp"), logins);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"TLSv1, false", "TLSv1.1, false", "TLSv1.2, true", "TLSv1.3, true"})
    void oldVersionsOfTlsAreRefused(String version, boolean served) throws Exception {
        try (RunningServer server = RunningServer.start(directory);
                Socket socket = server.connect("imaps");
                SSLSocket tls = (SSLSocket) server.trusting()
                        .getSocketFactory()
                        .createSocket(socket, "localhost", socket.getPort(), true)) {
            tls.setEnabledProtocols(new String[] {version});
            boolean connected;
            try {
                tls.startHandshake();
                connected = true;
            } catch (java.io.IOException e) {
                connected = false;
            }
            assertEquals(served, connected);
        }
    }

    @Test
    void idleAndBusyClientsAreToldOfTheEnd() throws Exception {
        RunningServer server = RunningServer.start(directory);
        try (SmtpTalk smtp = server.smtp("smtp");
                ImapTalk imap = server.imap();
                SmtpTalk secured = SmtpTalk.greeted(server.secure(server.connect("submissions")))) {
            server.close();
            smtp.expect("421 4.3.2");
            secured.expect("421 4.3.2");
            String bye = imap.line();
            assertTrue(bye.startsWith("* BYE"), bye);
            assertThrows(java.io.IOException.class, () -> server.connect("smtp").close());
        }
    }
}
