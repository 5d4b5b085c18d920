package org.moxmail.server.boot;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.moxmail.server.limits.AddressBuckets;
import org.moxmail.server.limits.Admission;
import org.moxmail.server.log.Log;
import org.moxmail.server.trace.ConnectionIds;

/** What every connection of one listener goes through: admission, TLS, its protocol. Safe for many threads. */
final class Reception {
    /** For a peer to take a refusal, and for what is buffered to leave at the end. */
    private static final Duration PARTING = Duration.ofSeconds(10);

    private final String listener;
    private final Protocol protocol;
    private final @Nullable TlsAcceptor implicitTls;
    private final Map<String, Protocol> alpn;
    private final OpenConnections connections;
    private final Watchdog watchdog;
    private final Log log;

    /**
     * @param protocol for connections that choose no other by ALPN
     * @param implicitTls null where TLS isn't there from the start
     * @param alpn names to protocols
     */
    Reception(
            String listener,
            Protocol protocol,
            @Nullable TlsAcceptor implicitTls,
            Map<String, Protocol> alpn,
            OpenConnections connections,
            Watchdog watchdog,
            Log log) {
        this.listener = listener;
        this.protocol = protocol;
        this.implicitTls = implicitTls;
        this.alpn = Map.copyOf(alpn);
        this.connections = connections;
        this.watchdog = watchdog;
        this.log = log;
    }

    /** Serves a connection to its end and closes it. */
    void receive(long id, Socket socket) {
        Log connectionLog = log.with("cid", ConnectionIds.print(id));
        connectionLog.info("connection", "listener", listener, "remote", remote(socket));
        try (socket) {
            prepare(socket);
            admit(id, socket, connectionLog);
            connectionLog.debug("connection closed");
        } catch (SSLException e) {
            connectionLog.info("tls failed", "err", e);
        } catch (IOException e) {
            connectionLog.debug("connection broken", "err", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            connectionLog.info("connection interrupted");
        } catch (RuntimeException e) {
            // A defect on one connection must not reach the others, and must be seen.
            connectionLog.error("connection failed", e);
        }
    }

    private static String remote(Socket socket) {
        return socket.getRemoteSocketAddress() instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress() + ":" + address.getPort()
                : "-";
    }

    private static void prepare(Socket socket) throws SocketException {
        // A handshake over STARTTLS takes several times longer with Nagle's algorithm.
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
    }

    @SuppressWarnings("try") // What is opened is only to be closed again.
    private void admit(long id, Socket socket, Log connectionLog) throws IOException, InterruptedException {
        InetAddress address = socket.getInetAddress();
        switch (connections.isShuttingDown()
                ? new Admission.Verdict.Refused(Admission.Reason.SHUTTING_DOWN)
                : protocol.admission().admit(address, protocol.logins())) {
            case Admission.Verdict.Admitted admitted -> {
                try (AddressBuckets.Permit permit = admitted.permit()) {
                    serve(id, socket);
                }
            }
            case Admission.Verdict.Refused refused -> {
                connectionLog.info(
                        "connection refused", "reason", refused.reason().text());
                refuse(secured(socket), refused.reason());
            }
        }
    }

    private Socket secured(Socket socket) throws IOException {
        return implicitTls == null ? socket : implicitTls.accept(socket, alpn.keySet());
    }

    private void serve(long id, Socket socket) throws IOException, InterruptedException {
        try (Socket secured = secured(socket)) {
            ConnectionHandler handler = chosen(secured).open(new Protocol.Connection(id, secured, socket));
            connections.serving(id, handler);
            handler.run();
        }
    }

    private Protocol chosen(Socket secured) {
        String name = secured instanceof SSLSocket tls ? tls.getApplicationProtocol() : null;
        return name == null ? protocol : alpn.getOrDefault(name, protocol);
    }

    @SuppressWarnings("try") // What is opened is only to be closed again.
    private void refuse(Socket secured, Admission.Reason reason) throws IOException {
        try (secured;
                var guard = watchdog.guard(PARTING, secured)) {
            OutputStream out = secured.getOutputStream();
            out.write(protocol.refusal(reason).getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
    }
}
