package org.moxmail.server.boot;

import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import org.moxmail.server.log.Log;
import org.moxmail.server.trace.ConnectionIds;
import org.moxmail.time.Timing;

/** All that is listened on, and the connections that came of it. Safe for many threads once started. */
final class Listeners {
    /** After connections were cut, for their threads to notice. */
    private static final Duration AFTER_CUT = Duration.ofSeconds(1);

    private final Timing timing;
    private final ThreadFactory threads;
    private final ConnectionIds ids;
    private final OpenConnections connections;
    private final Map<String, Reception> receptions;
    private final List<Listener> listeners = new ArrayList<>();
    private final Log log;

    /** @param receptions what connections of each listener go through, by its name */
    Listeners(
            Environment environment,
            ConnectionIds ids,
            OpenConnections connections,
            Map<String, Reception> receptions,
            Log log) {
        timing = environment.timing();
        threads = environment.threads();
        this.ids = ids;
        this.connections = connections;
        this.receptions = Map.copyOf(receptions);
        this.log = log;
    }

    /** Binds every address, or none. */
    void bind(List<ListenerSettings> settings) throws StartException {
        boolean complete = false;
        try {
            for (ListenerSettings listener : settings) {
                for (InetAddress address : listener.addresses()) {
                    listeners.add(Listener.bind(listener, address, connections, timing, log));
                }
            }
            connections.reserve(listeners.size());
            complete = true;
        } finally {
            if (!complete) {
                listeners.forEach(Listener::close);
                listeners.clear();
            }
        }
    }

    List<MoxServer.BoundAddress> bound() {
        return listeners.stream()
                .map(listener -> new MoxServer.BoundAddress(listener.settings().name(), listener.address()))
                .toList();
    }

    /** Begins to accept. */
    void start() {
        for (Listener listener : listeners) {
            String name = listener.settings().name();
            threads.newThread(() -> listener.run(socket -> receive(name, socket)))
                    .start();
        }
    }

    /** Serves a socket as if a listener had accepted it, on a thread of its own. */
    void adopt(String listener, Socket socket) throws InterruptedException {
        connections.awaitRoom();
        receive(listener, socket);
    }

    private void receive(String listener, Socket socket) {
        Reception reception = receptions.get(listener);
        if (reception == null) {
            throw new IllegalArgumentException("no listener " + listener);
        }
        long id = ids.next();
        connections.entered(id, socket);
        boolean served = false;
        try {
            threads.newThread(() -> {
                        try {
                            reception.receive(id, socket);
                        } finally {
                            connections.left(id);
                        }
                    })
                    .start();
            served = true;
        } finally {
            if (!served) {
                connections.left(id);
            }
        }
    }

    /** Accepts nobody any more, and tells everybody to end. */
    void shutDown() {
        listeners.forEach(Listener::close);
        connections.shutDown();
    }

    /** Gives connections {@code grace} to end by themselves, then cuts them. */
    void drain(Duration grace) throws InterruptedException {
        if (connections.awaitNone(grace)) {
            return;
        }
        log.info("cutting connections", "count", connections.count());
        connections.cut();
        if (!connections.awaitNone(AFTER_CUT)) {
            log.warn("connections go on after they were cut", "count", connections.count());
        }
    }
}
