package org.moxmail.server.boot;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;
import org.moxmail.server.directory.DirectorySettings;
import org.moxmail.server.directory.DomainSettings;
import org.moxmail.server.limits.LimitSettings;

/**
 * A server for developers of mail software: one account, which gets everybody's mail, on ports that nobody needs to be
 * root for.
 */
public final class Localserve {
    /** The one account. */
    public static final String ACCOUNT = "mox";
    /** The address that its owner logs in with. */
    public static final String ADDRESS = "mox@localhost";
    /** The password that it starts with. */
    public static final String PASSWORD = "moxmoxmox";
    /** What is added to the usual ports. */
    public static final int PORT_BASE = 1000;
    /** A port base that stands for any free ports. */
    public static final int ANY_PORTS = 0;

    private static final String HOST = "localhost";

    private Localserve() {}

    /**
     * Settings of such a server.
     *
     * @param addresses to listen on
     * @param portBase added to the usual ports, or {@link #ANY_PORTS}
     * @param pedantic whether peers are forgiven nothing
     */
    public static ServerSettings settings(Path directory, List<InetAddress> addresses, int portBase, boolean pedantic) {
        DnsName host = host();
        return new ServerSettings(
                directory,
                host,
                certificateNames(addresses),
                listeners(addresses, portBase),
                new DirectorySettings(
                        List.of(new DomainSettings(host, Map.of(ACCOUNT, ACCOUNT), ACCOUNT, "+")), ACCOUNT, ACCOUNT),
                new FirstAccount(ACCOUNT, PASSWORD),
                LimitSettings.DEFAULT.withLoopbackExempt(),
                EngineLimits.DEFAULT,
                pedantic,
                true);
    }

    private static DnsName host() {
        try {
            return DnsName.parse(HOST);
        } catch (SyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> certificateNames(List<InetAddress> addresses) {
        List<String> names = new ArrayList<>(List.of(HOST, "127.0.0.1", "::1"));
        for (InetAddress address : addresses) {
            if (!address.isLoopbackAddress() || address.getAddress()[0] == 127 && !names.contains(text(address))) {
                names.add(text(address));
            }
        }
        return names.stream().distinct().toList();
    }

    private static String text(InetAddress address) {
        return address.getHostAddress().replaceFirst("%.*", "");
    }

    private static List<ListenerSettings> listeners(List<InetAddress> addresses, int base) {
        boolean loopback = addresses.stream().allMatch(InetAddress::isLoopbackAddress);
        List<ListenerSettings> listeners = List.of(
                ListenerSettings.of("smtp", Service.SMTP, addresses, port(base, 25), starttls()),
                ListenerSettings.of("submission", Service.SUBMISSION, addresses, port(base, 587), starttls()),
                ListenerSettings.of("submissions", Service.SUBMISSION, addresses, port(base, 465), tls()),
                ListenerSettings.of("imap", Service.IMAP, addresses, port(base, 143), starttls()),
                ListenerSettings.of("imaps", Service.IMAP, addresses, port(base, 993), tls()));
        return loopback
                ? listeners.stream()
                        .map(ListenerSettings::withPlaintextPasswords)
                        .toList()
                : listeners;
    }

    private static ListenerSettings.Security starttls() {
        return ListenerSettings.Security.STARTTLS;
    }

    private static ListenerSettings.Security tls() {
        return ListenerSettings.Security.TLS;
    }

    private static int port(int base, int usual) {
        return base == ANY_PORTS ? 0 : base + usual;
    }
}
