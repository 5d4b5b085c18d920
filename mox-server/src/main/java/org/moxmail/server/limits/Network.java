package org.moxmail.server.limits;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/**
 * The first bits of an address, at most 64.
 *
 * @param ipv6 of which family
 * @param length how many bits
 * @param bits them, left-aligned in 64
 */
record Network(boolean ipv6, int length, long bits) {
    /** How many classes there are. */
    static final int CLASSES = 3;

    private static final List<Integer> IPV4 = List.of(32, 26, 21);
    private static final List<Integer> IPV6 = List.of(64, 48, 32);

    /** The network of a class, 0 the narrowest. */
    static Network of(InetAddress address, int addressClass) {
        byte[] octets = address.getAddress();
        boolean ipv6 = !(address instanceof Inet4Address);
        long all = 0;
        for (int i = 0; i < 8; i++) {
            all = all << 8 | (i < octets.length ? octets[i] & 0xff : 0);
        }
        int length = (ipv6 ? IPV6 : IPV4).get(addressClass);
        return new Network(ipv6, length, all & -1L << (64 - length));
    }
}
