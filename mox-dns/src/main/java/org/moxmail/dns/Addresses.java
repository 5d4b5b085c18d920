package org.moxmail.dns;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * IP addresses as text, without any risk of asking the DNS. An IPv4 address mapped into IPv6 ({@code ::ffff:192.0.2.1}, RFC 4291
 * §2.5.5.2) is the IPv4 address: that is what the peer has, whatever kind of socket it came through.
 */
public final class Addresses {
    private static final String RFC = "RFC 4291 §2.2";
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private Addresses() {}

    /**
     * Reads an IPv4 address as four decimal numbers without leading zeros, or an IPv6 address in any form of RFC 4291 §2.2, without
     * brackets or zone.
     *
     * @throws SyntaxException for anything else; the offset is in chars
     */
    public static InetAddress parse(String text) throws SyntaxException {
        byte[] octets = text.indexOf(':') < 0 ? four(text, 0, text.length()) : six(text);
        return address(octets);
    }

    /** IPv4 with dots; IPv6 in the canonical form of RFC 5952, without zone. */
    public static String print(InetAddress address) {
        byte[] octets = unmapped(address).getAddress();
        return octets.length == 4 ? quad(octets) : groups(octets);
    }

    /** The IPv4 address that is mapped into an IPv6 address, or the address itself. */
    public static InetAddress unmapped(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] octets = address.getAddress();
        for (int i = 0; i < 10; i++) {
            if (octets[i] != 0) {
                return address;
            }
        }
        // The JDK makes an IPv4 address of these octets by itself.
        return octets[10] == -1 && octets[11] == -1 ? address(octets) : address;
    }

    /** The name that has the address's PTR records: under in-addr.arpa, RFC 1035 §3.5, or ip6.arpa, RFC 3596 §2.5. */
    public static DnsName reverseName(InetAddress address) {
        return DnsName.ofValid(
                reversed(address) + (unmapped(address) instanceof Inet6Address ? ".ip6.arpa" : ".in-addr.arpa"));
    }

    /** The labels of an address, the least significant first: octets in decimal for IPv4, nibbles in hexadecimal for IPv6. */
    public static String reversed(InetAddress address) {
        byte[] octets = unmapped(address).getAddress();
        StringBuilder text = new StringBuilder(octets.length * 4);
        for (int i = octets.length - 1; i >= 0; i--) {
            if (octets.length == 4) {
                text.append(octets[i] & 0xff);
            } else {
                text.append(HEX[octets[i] & 0xf]).append('.').append(HEX[(octets[i] >> 4) & 0xf]);
            }
            if (i > 0) {
                text.append('.');
            }
        }
        return text.toString();
    }

    private static byte[] four(String text, int from, int to) throws SyntaxException {
        byte[] octets = new byte[4];
        int at = from;
        for (int i = 0; i < 4; i++) {
            if (i > 0) {
                if (at >= to || text.charAt(at) != '.') {
                    throw new SyntaxException(at, "a dot", RFC);
                }
                at++;
            }
            int start = at;
            int value = 0;
            while (at < to && at - start < 3 && isDigit(text.charAt(at))) {
                value = value * 10 + text.charAt(at) - '0';
                at++;
            }
            if (at == start || value > 255 || (at - start > 1 && text.charAt(start) == '0')) {
                throw new SyntaxException(start, "a number from 0 to 255", RFC);
            }
            octets[i] = (byte) value;
        }
        if (at != to) {
            throw new SyntaxException(at, "the end of the IPv4 address", RFC);
        }
        return octets;
    }

    private static byte[] six(String text) throws SyntaxException {
        byte[] octets = new byte[16];
        int length = text.length();
        int filled = 0;
        int gap = -1;
        int at = 0;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (at < length) {
            int end = at;
            while (end < length && text.charAt(end) != ':' && text.charAt(end) != '.') {
                end++;
            }
            if (end < length && text.charAt(end) == '.') {
                if (filled > 12) {
                    throw new SyntaxException(at, "at most 128 bits", RFC);
                }
                System.arraycopy(four(text, at, length), 0, octets, filled, 4);
                filled += 4;
                at = length;
                break;
            }
            if (filled == 16) {
                throw new SyntaxException(at, "at most 128 bits", RFC);
            }
            int value = group(text, at, end);
            octets[filled] = (byte) (value >> 8);
            octets[filled + 1] = (byte) value;
            filled += 2;
            at = end;
            if (at == length) {
                break;
            }
            at++;
            if (at < length && text.charAt(at) == ':') {
                if (gap >= 0) {
                    throw new SyntaxException(at, "only one ::", RFC);
                }
                gap = filled;
                at++;
            } else if (at == length) {
                throw new SyntaxException(at, "a group of hexadecimal digits", RFC);
            }
        }
        return stretch(octets, filled, gap, length);
    }

    private static byte[] stretch(byte[] octets, int filled, int gap, int length) throws SyntaxException {
        if (gap < 0 ? filled != 16 : filled > 14) {
            throw new SyntaxException(length, "128 bits", RFC);
        }
        if (gap >= 0) {
            byte[] all = new byte[16];
            System.arraycopy(octets, 0, all, 0, gap);
            System.arraycopy(octets, gap, all, 16 - (filled - gap), filled - gap);
            return all;
        }
        return octets;
    }

    private static int group(String text, int from, int to) throws SyntaxException {
        if (to == from || to - from > 4) {
            throw new SyntaxException(from, "one to four hexadecimal digits", RFC);
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw new SyntaxException(i, "a hexadecimal digit", RFC);
            }
            value = value * 16 + digit;
        }
        return value;
    }

    private static String quad(byte[] octets) {
        return (octets[0] & 0xff) + "." + (octets[1] & 0xff) + "." + (octets[2] & 0xff) + "." + (octets[3] & 0xff);
    }

    private static String groups(byte[] octets) {
        int gap = -1;
        int gapLength = 1;
        for (int i = 0; i < 8; i++) {
            int length = 0;
            while (i + length < 8 && groupAt(octets, i + length) == 0) {
                length++;
            }
            if (length > gapLength) {
                gap = i;
                gapLength = length;
            }
        }
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < 8; i++) {
            if (i == gap) {
                text.append("::");
                i += gapLength - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(groupAt(octets, i)));
        }
        return text.toString();
    }

    private static int groupAt(byte[] octets, int i) {
        return (octets[i * 2] & 0xff) << 8 | (octets[i * 2 + 1] & 0xff);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static InetAddress address(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new AssertionError("4 or 16 octets are an address", e);
        }
    }
}
