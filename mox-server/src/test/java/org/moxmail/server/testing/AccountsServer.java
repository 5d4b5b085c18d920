package org.moxmail.server.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.moxmail.server.auth.PasswordSettings;
import org.moxmail.server.boot.EngineLimits;
import org.moxmail.server.boot.Environment;
import org.moxmail.server.boot.FirstAccount;
import org.moxmail.server.boot.Localserve;
import org.moxmail.server.boot.MoxServer;
import org.moxmail.server.boot.ServerSettings;
import org.moxmail.server.boot.StartException;
import org.moxmail.server.directory.DirectorySettings;
import org.moxmail.server.directory.DomainSettings;
import org.moxmail.server.log.LogLevel;
import org.moxmail.server.log.Logging;

/**
 * A server with several accounts, {@code u0} and on, in a process of its own. It says where it listens as localserve does,
 * and ends when nobody holds its standard input any more.
 */
public final class AccountsServer {
    private static final PasswordSettings CHEAP = new PasswordSettings(8, 64, 1, 2, Duration.ofSeconds(20));

    private AccountsServer() {}

    /** The address of an account, and what its owner logs in with. */
    public static String address(int account) {
        return "u" + account + "@localhost";
    }

    /** Makes the accounts. */
    public static void prepare(Path directory, int accounts) throws StartException {
        for (int i = 0; i < accounts; i++) {
            MoxServer.prepare(
                    settings(directory, accounts, new FirstAccount("u" + i, Localserve.PASSWORD)),
                    Environment.standard());
        }
    }

    private static ServerSettings settings(Path directory, int accounts, FirstAccount first) {
        ServerSettings like = Localserve.settings(
                directory, List.of(InetAddress.ofLiteral("127.0.0.1")), Localserve.ANY_PORTS, false);
        Map<String, String> names = new TreeMap<>();
        for (int i = 0; i < accounts; i++) {
            names.put("u" + i, "u" + i);
        }
        return new ServerSettings(
                directory,
                like.hostName(),
                like.certificateNames(),
                like.listeners(),
                new DirectorySettings(List.of(new DomainSettings(like.hostName(), names, null, "+")), "u0", null),
                first,
                like.limits(),
                EngineLimits.DEFAULT.withPasswords(CHEAP),
                false,
                false);
    }

    /** @param arguments the directory and how many accounts there are in it */
    // What is opened is only to be closed again, and logging doesn't close the stream.
    @SuppressWarnings({"try", "ClosingStandardOutputStreams"})
    public static void main(String[] arguments) throws IOException, StartException {
        try (var logging = Logging.start(System.err, LogLevel.ERROR);
                MoxServer server = MoxServer.start(
                        settings(
                                Path.of(arguments[0]),
                                Integer.parseInt(arguments[1]),
                                new FirstAccount("u0", Localserve.PASSWORD)),
                        Environment.standard())) {
            for (MoxServer.BoundAddress bound : server.addresses()) {
                System.out.println("  " + bound.listener() + "  127.0.0.1:"
                        + bound.address().getPort());
            }
            System.out.println("Stop it by closing its input.");
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
