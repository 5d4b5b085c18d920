package org.moxmail.bench.store;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.moxmail.server.boot.Environment;
import org.moxmail.server.boot.FirstAccount;
import org.moxmail.server.boot.Localserve;
import org.moxmail.server.boot.MoxServer;
import org.moxmail.server.boot.ServerSettings;
import org.moxmail.server.directory.DirectorySettings;
import org.moxmail.server.directory.DomainSettings;
import org.moxmail.server.log.LogLevel;
import org.moxmail.server.log.Logging;

/**
 * A server as localserve is one, with accounts whose Inboxes hold known numbers of messages: g1000 has a thousand, and so
 * on.
 */
public final class GrowthServer {
    private GrowthServer() {}

    /** The account whose Inbox has so many messages. */
    public static String account(int messages) {
        return "g" + messages;
    }

    /** @param arguments directory, port base, numbers of messages */
    // What is opened is only to be closed again; the stream stays open.
    @SuppressWarnings({"try", "ClosingStandardOutputStreams"})
    public static void main(String[] arguments) throws Exception {
        int[] sizes = sizes(arguments, 2);
        try (var logging = Logging.start(System.err, LogLevel.INFO);
                MoxServer server = MoxServer.start(
                        settings(Path.of(arguments[0]), Integer.parseInt(arguments[1]), sizes, sizes[0]),
                        Environment.standard())) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            Thread.currentThread().join();
        }
    }

    static int[] sizes(String[] arguments, int from) {
        return Arrays.stream(arguments).skip(from).mapToInt(Integer::parseInt).toArray();
    }

    static ServerSettings settings(Path directory, int portBase, int[] sizes, int first) {
        ServerSettings like =
                Localserve.settings(directory, List.of(InetAddress.ofLiteral("127.0.0.1")), portBase, false);
        Map<String, String> names = new HashMap<>();
        for (int size : sizes) {
            names.put(account(size), account(size));
        }
        return new ServerSettings(
                directory,
                like.hostName(),
                like.certificateNames(),
                like.listeners(),
                new DirectorySettings(
                        List.of(new DomainSettings(like.hostName(), names, null, "+")), account(first), null),
                new FirstAccount(account(first), Localserve.PASSWORD),
                like.limits(),
                like.engines(),
                false,
                false);
    }
}
