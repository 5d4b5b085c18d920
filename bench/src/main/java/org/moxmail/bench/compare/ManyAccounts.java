package org.moxmail.bench.compare;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;
import org.moxmail.server.boot.Environment;
import org.moxmail.server.boot.Localserve;
import org.moxmail.server.boot.MoxServer;
import org.moxmail.server.boot.ServerSettings;
import org.moxmail.server.boot.StartException;
import org.moxmail.server.directory.DirectorySettings;
import org.moxmail.server.directory.DomainSettings;
import org.moxmail.server.log.LogLevel;
import org.moxmail.server.log.Logging;

/** A server as localserve is one, but with accounts u0, u1 and so on. */
public final class ManyAccounts {
    private ManyAccounts() {}

    /** @param arguments directory, port base, number of accounts */
    // What is opened is only to be closed again; the stream stays open.
    @SuppressWarnings({"try", "ClosingStandardOutputStreams"})
    public static void main(String[] arguments)
            throws StartException, SyntaxException, InterruptedException, IOException {
        Map<String, String> accounts = new HashMap<>();
        for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
            accounts.put("u" + i, "u" + i);
        }
        ServerSettings settings = Localserve.settings(
                        Path.of(arguments[0]),
                        List.of(InetAddress.ofLiteral("127.0.0.1")),
                        Integer.parseInt(arguments[1]),
                        false)
                .withAddresses(new DirectorySettings(
                        List.of(new DomainSettings(DnsName.parse("localhost"), accounts, null, "+")), "u0", null));
        try (var logging = Logging.start(System.err, LogLevel.INFO);
                MoxServer server = MoxServer.start(settings, Environment.standard())) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            Thread.currentThread().join();
        }
    }
}
