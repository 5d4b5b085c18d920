package org.moxmail.server.boot;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Consumer;
import org.moxmail.server.log.Log;
import org.moxmail.time.Timing;

/** One bound address. */
final class Listener implements AutoCloseable {
    /** Connections that the kernel keeps for us while we are busy. */
    private static final int BACKLOG = 512;
    /** When the machine has no descriptor left, asking again at once helps nobody. */
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final ListenerSettings settings;
    private final ServerSocket socket;
    private final OpenConnections connections;
    private final Timing timing;
    private final Log log;
    /** Whether the last attempt failed: what goes on for hours is said once. Of the accepting thread. */
    private boolean failing;

    /** @param socket bound, for the listener to close */
    Listener(ListenerSettings settings, ServerSocket socket, OpenConnections connections, Timing timing, Log log) {
        this.settings = settings;
        this.socket = socket;
        this.connections = connections;
        this.timing = timing;
        this.log = log;
    }

    static Listener bind(
            ListenerSettings settings, InetAddress address, OpenConnections connections, Timing timing, Log log)
            throws StartException {
        InetSocketAddress at = new InetSocketAddress(address, settings.port());
        ServerSocket socket;
        try {
            socket = new ServerSocket();
        } catch (IOException e) {
            throw new StartException("can't make a socket: " + e.getMessage(), e);
        }
        try {
            socket.setReuseAddress(true);
            socket.bind(at, BACKLOG);
            return new Listener(settings, socket, connections, timing, log);
        } catch (IOException e) {
            closeQuietly(socket, e);
            throw new StartException(explain(settings, at, e), e);
        }
    }

    private static void closeQuietly(ServerSocket socket, IOException cause) {
        try {
            socket.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private static String explain(ListenerSettings settings, InetSocketAddress at, IOException e) {
        String where = "can't listen on " + at.getAddress().getHostAddress() + " port " + at.getPort() + " ("
                + settings.name() + "): ";
        String message = e.getMessage() == null ? "" : e.getMessage();
        if (e instanceof BindException && message.contains("in use")) {
            return where + "another program has that port";
        }
        if (e instanceof BindException && message.contains("ssign")) {
            return where + "this machine doesn't have that address";
        }
        return where + message;
    }

    ListenerSettings settings() {
        return settings;
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** Accepts until closed. The receiver takes over the socket, and with it the room that was waited for. */
    void run(Consumer<Socket> receiver) {
        try {
            while (!socket.isClosed()) {
                // Before accepting: whoever can't be served waits in the kernel rather than in our memory.
                connections.awaitRoom();
                acceptOne(receiver);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            log.error("a listener was interrupted", e, "listener", settings.name());
        }
    }

    private void acceptOne(Consumer<Socket> receiver) throws InterruptedException {
        Socket accepted;
        try {
            accepted = socket.accept();
        } catch (IOException e) {
            connections.giveUp();
            if (!socket.isClosed()) {
                failed(e);
            }
            return;
        }
        if (failing) {
            failing = false;
            log.info("accepting connections again", "listener", settings.name());
        }
        try {
            receiver.accept(accepted);
        } catch (OutOfMemoryError e) {
            // Memory comes back, this thread wouldn't.
            close(accepted);
            failed(e);
        }
    }

    private void close(Socket accepted) {
        try {
            accepted.close();
        } catch (IOException e) {
            log.debug("closing a connection that can't be served", "err", e);
        }
    }

    private void failed(Throwable e) throws InterruptedException {
        if (!failing) {
            failing = true;
            log.error("can't accept connections", e, "listener", settings.name());
        }
        timing.sleep(AFTER_FAILURE);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            log.debug("closing a listener", "err", e);
        }
    }
}
