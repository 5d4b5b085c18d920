package org.moxmail.server.auth;

import java.net.InetAddress;

/**
 * Who wants to log in.
 *
 * @param id the connection's, for logs
 * @param address where from
 * @param protocol the word for what they log in to
 */
public record LoginPeer(String id, InetAddress address, String protocol) {}
