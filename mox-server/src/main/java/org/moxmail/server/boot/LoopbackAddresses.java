package org.moxmail.server.boot;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** The machine's loopback addresses. */
public final class LoopbackAddresses {
    private LoopbackAddresses() {}

    /** 127.0.0.1, and ::1 where the machine has it. */
    public static List<InetAddress> available() {
        List<InetAddress> addresses = new ArrayList<>(List.of(InetAddress.ofLiteral("127.0.0.1")));
        InetAddress ipv6 = InetAddress.ofLiteral("::1");
        if (canBind(ipv6)) {
            addresses.add(ipv6);
        }
        return addresses;
    }

    /** Nothing else tells whether IPv6 works here: interfaces list addresses that sockets can't use. */
    private static boolean canBind(InetAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, 0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
