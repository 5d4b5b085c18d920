package org.moxmail.smtp.server;

import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.moxmail.time.Timing;

/**
 * One listener's SMTP server: an endless supply of connections that are served alike. The caller accepts, bounds the number
 * of connections, and does the handshake of implicit TLS. Safe for many threads.
 */
public final class SmtpServer {
    final SmtpService service;
    final SmtpServerOptions options;
    final SmtpLimits limits;
    final @Nullable TlsUpgrade tls;
    final Timing timing;
    final WriteWatchdog watchdog;
    final SmtpEvents events;

    /**
     * @param tls makes STARTTLS possible, or null to not offer it
     * @param watchdog of the same {@code timing}; may be shared among servers
     */
    public SmtpServer(
            SmtpService service,
            SmtpServerOptions options,
            SmtpLimits limits,
            @Nullable TlsUpgrade tls,
            Timing timing,
            WriteWatchdog watchdog,
            SmtpEvents events) {
        this.service = service;
        this.options = options;
        this.limits = limits;
        this.tls = tls;
        this.timing = timing;
        this.watchdog = watchdog;
        this.events = events;
    }

    /** A connection in plaintext. It owns the socket from here, and closes it at the end of {@link SmtpConnection#run}. */
    public SmtpConnection connection(Socket socket, SmtpPeer peer) {
        return new SmtpConnection(this, socket, socket, peer);
    }

    /**
     * A connection with implicit TLS, after its handshake. It owns the sockets from here, and closes them at the end of
     * {@link SmtpConnection#run}.
     *
     * @param transport what {@code socket} is layered over, which can be closed without waiting for anybody; the same as
     *     {@code socket} when it is layered over nothing
     */
    public SmtpConnection connection(SSLSocket socket, Socket transport, SmtpPeer peer) {
        return new SmtpConnection(this, socket, transport, peer);
    }
}
