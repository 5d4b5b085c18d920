package org.moxmail.server.boot;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.moxmail.sasl.PreparationException;
import org.moxmail.server.auth.Authenticator;
import org.moxmail.server.directory.Directory;
import org.moxmail.server.limits.FailedLogins;
import org.moxmail.server.log.Log;
import org.moxmail.server.tls.Certificates;
import org.moxmail.server.trace.ConnectionIds;
import org.moxmail.server.trace.ReceivedIds;
import org.moxmail.store.StoreException;

/**
 * A whole server. This is the one place where its parts are made and put together; everything they need from the world
 * comes in the {@link Environment}. Safe for many threads.
 */
public final class MoxServer implements AutoCloseable {
    /** For connections to end by themselves before they are cut. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final DataDirectory data;
    private final Watchdog watchdog;
    private final Protocols protocols;
    private final Listeners listeners;
    private final Certificates certificates;
    private final Log log = Log.of("boot");

    private MoxServer(ServerSettings settings, Environment environment, DataDirectory data) throws StartException {
        this.data = data;
        ReceivedIds receivedIds = data.receivedIds();
        certificates = data.certificates(settings);
        Directory directory = new Directory(settings.addresses());
        FailedLogins failedLogins = new FailedLogins(environment.timing(), settings.limits());
        Authenticator authenticator = new Authenticator(
                settings.hostName(),
                directory,
                data.store(),
                failedLogins,
                settings.engines().passwords(),
                data.unknownUserKey(),
                environment.timing(),
                environment.random(),
                Log.of("auth"));
        makeFirstAccount(settings.firstAccount(), authenticator);
        watchdog = new Watchdog(environment, log);
        TlsAcceptor tls = new TlsAcceptor(
                certificates.context(), watchdog, settings.limits().tlsHandshake());
        protocols = new Protocols(
                settings, environment, data.store(), directory, authenticator, failedLogins, receivedIds, tls);
        OpenConnections connections =
                new OpenConnections(environment, affordable(settings.limits().connections()), log);
        listeners = new Listeners(
                environment,
                new ConnectionIds(environment.timing().millis()),
                connections,
                receptions(settings, tls, connections),
                log);
    }

    /** Fewer connections than are allowed are better than accounts that can't be opened for want of descriptors. */
    private int affordable(int connections) {
        Capacity capacity = Capacity.ours();
        int affordable = capacity.connections(connections);
        if (affordable < connections) {
            log.info(
                    "fewer connections than allowed, for want of descriptors or memory",
                    "connections",
                    affordable,
                    "allowed",
                    connections,
                    "descriptors",
                    capacity.descriptors(),
                    "heap",
                    capacity.heapBytes());
        }
        return affordable;
    }

    private Map<String, Reception> receptions(ServerSettings settings, TlsAcceptor tls, OpenConnections connections) {
        Map<String, Reception> receptions = new HashMap<>();
        for (ListenerSettings listener : settings.listeners()) {
            boolean implicit = listener.security() == ListenerSettings.Security.TLS;
            Reception reception = new Reception(
                    listener.name(),
                    protocols.of(listener),
                    implicit ? tls : null,
                    protocols.alpn(listener),
                    connections,
                    watchdog,
                    Log.of(listener.service().keyword()));
            receptions.put(listener.name(), reception);
        }
        return receptions;
    }

    private static void makeFirstAccount(@Nullable FirstAccount first, Authenticator authenticator)
            throws StartException {
        if (first == null) {
            return;
        }
        try {
            if (!authenticator.hasPassword(first.name())) {
                authenticator.setPassword(first.name(), first.password().toCharArray());
            }
        } catch (IOException | StoreException | PreparationException e) {
            throw new StartException("can't make account " + first.name() + ": " + e.getMessage(), e);
        }
    }

    /** Starts a server; it serves when this returns. */
    public static MoxServer start(ServerSettings settings, Environment environment) throws StartException {
        MoxServer server = make(settings, environment);
        boolean complete = false;
        try {
            server.listeners.bind(settings.listeners());
            server.listeners.start();
            complete = true;
            return server;
        } finally {
            if (!complete) {
                server.release();
            }
        }
    }

    /** Makes what a server keeps, without serving. */
    public static void prepare(ServerSettings settings, Environment environment) throws StartException {
        make(settings, environment).release();
    }

    private static MoxServer make(ServerSettings settings, Environment environment) throws StartException {
        DataDirectory data = DataDirectory.open(settings, environment, Log.of("store"));
        boolean complete = false;
        try {
            MoxServer server = new MoxServer(settings, environment, data);
            complete = true;
            return server;
        } finally {
            if (!complete) {
                closeAfterFailure(data);
            }
        }
    }

    private static void closeAfterFailure(DataDirectory data) {
        try {
            data.close();
        } catch (IOException e) {
            Log.of("boot").error("closing the data after a failed start", e);
        }
    }

    /** Where the file is in which people find the certificate to trust. */
    public static Path certificateFile(ServerSettings settings) {
        return DataDirectory.identityFiles(settings).certificateFile();
    }

    /** Where it listens: each bound address with its listener's name. */
    public List<BoundAddress> addresses() {
        return listeners.bound();
    }

    /** The first address of a listener. */
    public InetSocketAddress address(String listener) {
        return addresses().stream()
                .filter(bound -> bound.listener().equals(listener))
                .map(BoundAddress::address)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no listener " + listener));
    }

    /**
     * An address that is listened on.
     *
     * @param listener its name
     */
    public record BoundAddress(String listener, InetSocketAddress address) {}

    /** Its certificates, which can be replaced while it serves. */
    public Certificates certificates() {
        return certificates;
    }

    /** Serves a connection that somebody else accepted, as the listener of a name would, on a thread of its own. */
    public void adopt(String listener, Socket socket) throws InterruptedException {
        listeners.adopt(listener, socket);
    }

    /** Ends: tells every connection so, cuts those that stay, and closes the accounts. */
    @Override
    public void close() {
        log.info("shutting down");
        listeners.shutDown();
        try {
            listeners.drain(GRACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            log.warn("interrupted while connections end");
        }
        release();
        log.info("stopped");
    }

    private void release() {
        protocols.close();
        watchdog.close();
        try {
            data.close();
        } catch (IOException e) {
            log.error("closing the data", e);
        }
    }
}
