package org.moxmail.imap.server;

import java.net.InetSocketAddress;

/**
 * Who is at the other end.
 *
 * @param id names the connection in logs
 * @param remote the peer's address
 * @param local our address
 */
public record ImapPeer(String id, InetSocketAddress remote, InetSocketAddress local) {}
