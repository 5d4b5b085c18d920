package org.moxmail.smtp.server;

import java.net.InetSocketAddress;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end.
 *
 * @param id names the connection in logs, in Received fields and in parentheses after refusals; no line ends
 * @param remote the peer's address
 * @param local our address
 * @param tls the TLS session when the connection began with a handshake, else null; not updated by STARTTLS
 */
public record SmtpPeer(
        String id,
        InetSocketAddress remote,
        InetSocketAddress local,
        @Nullable SSLSession tls) {}
