package org.moxmail.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The recursive resolvers to ask, in the order in which they are tried.
 *
 * @param addresses at least one
 * @param trustAd whether their AD bit, "DNSSEC proved this", is believed even when they aren't on this machine, so that whoever is on
 *     the path to them can forge it; for ones on this machine it's believed anyway
 */
public record DnsServers(List<InetSocketAddress> addresses, boolean trustAd) {
    /** The port of the DNS, RFC 1035 §4.2. */
    public static final int PORT = 53;

    /** More servers than these are ignored, as resolv.conf(5) has it. */
    private static final int MOST = 3;

    public DnsServers {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("no servers");
        }
    }

    /** What this machine's {@code /etc/resolv.conf} says. */
    public static DnsServers system() throws IOException {
        return parse(Files.readString(Path.of("/etc/resolv.conf"), StandardCharsets.ISO_8859_1));
    }

    /**
     * Reads a file as resolv.conf(5) describes it: its name servers, and {@code options trust-ad}. Other lines and addresses that
     * can't be read are ignored, as the system does. Without name servers the one on this machine is meant.
     */
    public static DnsServers parse(String resolvConf) {
        List<InetSocketAddress> addresses = new ArrayList<>();
        boolean trustAd = false;
        for (String line : resolvConf.split("\n")) {
            String[] words = line.strip().split("\\s+");
            if (words[0].equals("nameserver") && words.length > 1 && addresses.size() < MOST) {
                addServer(addresses, words[1]);
            } else if (words[0].equals("options")) {
                trustAd |= List.of(words).contains("trust-ad");
            }
        }
        if (addresses.isEmpty()) {
            addServer(addresses, "127.0.0.1");
        }
        return new DnsServers(addresses, trustAd);
    }

    private static void addServer(List<InetSocketAddress> addresses, String text) {
        int zone = text.indexOf('%');
        try {
            InetAddress address = Addresses.parse(zone < 0 ? text : text.substring(0, zone));
            // With a zone it is still a literal, which needs no look-up; the zone may name no interface of this
            // machine.
            addresses.add(new InetSocketAddress(zone < 0 ? address : InetAddress.getByName(text), PORT));
        } catch (SyntaxException | UnknownHostException e) {
            return; // the system's resolver ignores it too
        }
    }

    /** Whether the AD bit is believed: all servers are on this machine, or we're told to. */
    boolean trusted() {
        return trustAd
                || addresses.stream()
                        .allMatch(server -> server.getAddress() != null
                                && server.getAddress().isLoopbackAddress());
    }
}
