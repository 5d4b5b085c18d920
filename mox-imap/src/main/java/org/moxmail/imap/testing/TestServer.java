package org.moxmail.imap.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.moxmail.imap.server.ImapConnection;
import org.moxmail.imap.server.ImapEvents;
import org.moxmail.imap.server.ImapOptions;
import org.moxmail.imap.server.ImapPeer;
import org.moxmail.imap.server.ImapServer;
import org.moxmail.imap.server.ImapServerLimits;
import org.moxmail.imap.server.ImapService;
import org.moxmail.imap.server.TlsUpgrade;
import org.moxmail.time.Timing;

/** An engine to which connections are made in memory, each served by a virtual thread. Closing waits for all of them. */
public final class TestServer implements AutoCloseable {
    private final ImapServer server;
    private final Timing timing;
    private final ThreadFactory threads =
            Thread.ofVirtual().name("imap-test-", 0).factory();
    private final AtomicInteger ids = new AtomicInteger();
    private final List<Thread> running = new ArrayList<>();
    private final List<ImapConnection> connections = new ArrayList<>();

    /** With default options and limits. */
    public TestServer(ImapService service, Timing timing) {
        this(service, ImapOptions.DEFAULT, ImapServerLimits.DEFAULT, null, timing, ImapEvents.NONE);
    }

    public TestServer(
            ImapService service,
            ImapOptions options,
            ImapServerLimits limits,
            @Nullable TlsUpgrade tls,
            Timing timing,
            ImapEvents events) {
        this.timing = timing;
        server = new ImapServer(service, options, limits, tls, timing, threads, events);
    }

    public ImapServer server() {
        return server;
    }

    /** Makes a connection. */
    public LineClient connect() throws IOException {
        return new LineClient(connect(new SocketPair(timing)));
    }

    /** Serves one end of a pair and returns the other. */
    public Socket connect(SocketPair pair) throws IOException {
        serve(pair.server());
        return pair.client();
    }

    /** Serves a socket on a thread of its own. */
    public ImapConnection serve(Socket socket) throws IOException {
        ImapPeer peer = new ImapPeer(
                "test-" + ids.incrementAndGet(),
                (InetSocketAddress) socket.getRemoteSocketAddress(),
                (InetSocketAddress) socket.getLocalSocketAddress());
        ImapConnection connection = server.adopt(socket, peer);
        Thread thread = threads.newThread(connection::run);
        running.add(thread);
        connections.add(connection);
        thread.start();
        return connection;
    }

    /** The connections so far, in the order in which they were made. */
    public List<ImapConnection> connections() {
        return List.copyOf(connections);
    }

    /** Waits until every connection has ended. */
    public void join() {
        try {
            for (Thread thread : running) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted while connections were open", e));
        }
    }

    @Override
    public void close() {
        connections.forEach(ImapConnection::abort);
        // One may be waiting for something else than its peer.
        running.forEach(Thread::interrupt);
        join();
    }
}
