package org.moxmail.imap.server;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.moxmail.time.Timing;

/**
 * Serves IMAP4rev2 (RFC 9051) and IMAP4rev1 (RFC 3501) on connections that somebody else accepted. One server has the
 * settings of one listener. Safe for many threads; it holds nothing that needs closing: its watchdog thread ends with the
 * last connection.
 */
public final class ImapServer {
    final ImapService service;
    final ImapOptions options;
    final ImapServerLimits limits;
    final @Nullable TlsUpgrade tls;
    final Timing timing;
    final ThreadFactory threads;
    final ImapEvents events;
    final WriteWatchdog watchdog;

    /**
     * @param tls carries out STARTTLS, or null where that isn't offered
     * @param threads makes the few threads besides the callers': one per client in IDLE, and one that watches writes
     */
    public ImapServer(
            ImapService service,
            ImapOptions options,
            ImapServerLimits limits,
            @Nullable TlsUpgrade tls,
            Timing timing,
            ThreadFactory threads,
            ImapEvents events) {
        this.service = service;
        this.options = options;
        this.limits = limits;
        this.tls = tls;
        this.timing = timing;
        this.threads = threads;
        this.events = events;
        watchdog = new WriteWatchdog(timing, threads, limits.writeStall());
    }

    /**
     * Takes over an accepted connection, which {@link ImapConnection#run} then serves and closes. A connection with
     * implicit TLS comes as an SSLSocket whose handshake is done.
     */
    public ImapConnection adopt(Socket socket, ImapPeer peer) throws IOException {
        return new ImapConnection(new Connection(this, socket, peer));
    }

    /** Serves an accepted connection on this thread until it ends, and closes it. */
    public void serve(Socket socket, ImapPeer peer) throws IOException {
        adopt(socket, peer).run();
    }
}
