package org.moxmail.server.boot;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/**
 * Where to listen, and for what.
 *
 * @param name unique; what it is called in logs and to operators
 * @param service for connections that don't choose another by ALPN
 * @param addresses to bind
 * @param port 0 for any that is free, another one on each address
 * @param security how TLS comes about
 * @param plaintextPasswords whether passwords may be sent without TLS
 * @param alpn names of RFC 7301 to the services that clients choose with them; only where TLS is from the start
 */
public record ListenerSettings(
        String name,
        Service service,
        List<InetAddress> addresses,
        int port,
        Security security,
        boolean plaintextPasswords,
        Map<String, Service> alpn) {
    /** How TLS comes about. */
    public enum Security {
        NONE,
        /** When the client asks for it. */
        STARTTLS,
        /** From the start. */
        TLS
    }

    public ListenerSettings {
        addresses = List.copyOf(addresses);
        alpn = Map.copyOf(alpn);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port);
        }
        if (security != Security.TLS && !alpn.isEmpty()) {
            throw new IllegalArgumentException("ALPN without TLS");
        }
    }

    /** One that serves one thing. */
    public static ListenerSettings of(
            String name, Service service, List<InetAddress> addresses, int port, Security security) {
        return new ListenerSettings(name, service, addresses, port, security, false, Map.of());
    }

    public ListenerSettings withPlaintextPasswords() {
        return new ListenerSettings(name, service, addresses, port, security, true, alpn);
    }
}
