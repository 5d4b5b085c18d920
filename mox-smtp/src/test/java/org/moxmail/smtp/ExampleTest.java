package org.moxmail.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.moxmail.dns.DnsName;
import org.moxmail.message.MessageContent;
import org.moxmail.smtp.client.ConnectResult;
import org.moxmail.smtp.client.Delivery;
import org.moxmail.smtp.client.DeliveryResult;
import org.moxmail.smtp.client.SmtpClient;
import org.moxmail.smtp.client.SmtpClientEvents;
import org.moxmail.smtp.client.SmtpClientLimits;
import org.moxmail.smtp.client.SmtpClientOptions;
import org.moxmail.smtp.server.SmtpEvents;
import org.moxmail.smtp.server.SmtpLimits;
import org.moxmail.smtp.server.SmtpPeer;
import org.moxmail.smtp.server.SmtpServer;
import org.moxmail.smtp.server.SmtpServerOptions;
import org.moxmail.smtp.server.WriteWatchdog;
import org.moxmail.smtp.testing.InMemorySocket;
import org.moxmail.smtp.testing.MemorySmtpService;
import org.moxmail.time.Timing;

@Timeout(20)
class ExampleTest {
    @Test
    void theReadmesExampleRuns() throws Exception {
        // example
        var timing = Timing.system();
        var service = new MemorySmtpService(DnsName.parse("example.org")); // yours implements SmtpService
        var options = SmtpServerOptions.delivery(DnsName.parse("mx.example.org"), "example");
        var sockets = InMemorySocket.pair(timing); // or what a ServerSocket accepts, and what you connect
        var peer =
                new SmtpPeer("c1", new InetSocketAddress("192.0.2.1", 1), new InetSocketAddress("192.0.2.2", 25), null);
        try (var watchdog = new WriteWatchdog(timing, Thread.ofVirtual().factory());
                var threads =
                        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory())) {
            var server = new SmtpServer(service, options, SmtpLimits.DEFAULT, null, timing, watchdog, SmtpEvents.NONE);
            var connection = server.connection(sockets.server(), peer);
            var serving = threads.submit(() -> {
                connection.run();
                return null;
            });
            var client = new SmtpClient(SmtpClientLimits.DEFAULT, timing, watchdog, SmtpClientEvents.NONE);
            var name = MailHost.of(DnsName.parse("client.example"));
            if (client.adopt(sockets.client(), SmtpClientOptions.plaintext(name))
                    instanceof ConnectResult.Connected ok) {
                try (var session = ok.session()) {
                    var envelope = Delivery.of(ReversePath.NULL, ForwardPath.parse("<you@example.org>"));
                    var result = session.deliver(
                            envelope, MessageContent.of("Subject: hi\r\n\r\n".getBytes(StandardCharsets.UTF_8)));
                    assertTrue(result.getFirst() instanceof DeliveryResult.Delivered);
                }
            }
            serving.get();
        }
        // end
        assertEquals("Subject: hi\r\n\r\n", service.messages().getFirst().text());
    }

    @Test
    void theReadmeHasThisExample() throws Exception {
        String source = Files.readString(Path.of("src/test/java/org/moxmail/smtp/ExampleTest.java"));
        String example = source.substring(source.indexOf("// example\n") + 11, source.indexOf("        // end\n"))
                .replaceAll("(?m)^        ", "")
                .replace("assertTrue(", "assert(");
        String readme = Files.readString(Path.of("README.md"));
        assertTrue(readme.contains(example), "README.md should contain:\n" + example);
    }
}
