package org.moxmail.server.delivery;

import java.net.InetAddress;
import java.time.Instant;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.moxmail.smtp.MailParams;
import org.moxmail.smtp.ReversePath;
import org.moxmail.smtp.server.Hello;

/**
 * How a message came to us.
 *
 * @param id the connection's, as the outside sees it
 * @param cid the connection's, as logs have it
 * @param remote where it came from
 * @param local where it came to
 * @param hello what the client called itself
 * @param tls the TLS session, or null
 * @param submitted by a user of ours who logged in; the client's name and address are then kept to ourselves
 * @param from the reverse-path
 * @param params of MAIL
 * @param at when
 */
public record Arrival(
        String id,
        String cid,
        InetAddress remote,
        InetAddress local,
        Hello hello,
        @Nullable SSLSession tls,
        boolean submitted,
        ReversePath from,
        MailParams params,
        Instant at) {}
