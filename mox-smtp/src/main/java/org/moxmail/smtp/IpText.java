package org.moxmail.smtp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.moxmail.dns.SyntaxException;

/** IP addresses as text, read without any risk of a name lookup. */
final class IpText {
    private static final String RFC = "RFC 5321 §4.1.3";

    private IpText() {}

    static InetAddress parseV4(String text) throws SyntaxException {
        return address(octets(text));
    }

    private static byte[] octets(String text) throws SyntaxException {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            throw bad();
        }
        byte[] octets = new byte[4];
        for (int i = 0; i < 4; i++) {
            octets[i] = (byte) octet(parts[i]);
        }
        return octets;
    }

    private static int octet(String part) throws SyntaxException {
        if (part.isEmpty() || part.length() > 3 || !part.chars().allMatch(Cursor::isDigit)) {
            throw bad();
        }
        int value = Integer.parseInt(part);
        if (value > 255) {
            throw bad();
        }
        return value;
    }

    static InetAddress parseV6(String text) throws SyntaxException {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return address(groups(text, 16));
        }
        if (text.lastIndexOf('.', gap) >= 0) {
            throw bad();
        }
        byte[] head = groups(text.substring(0, gap), -1);
        byte[] tail = groups(text.substring(gap + 2), -1);
        // RFC 5321 errata and RFC 4291 §2.2: the gap stands for at least one group.
        if (head.length + tail.length > 14) {
            throw bad();
        }
        byte[] all = new byte[16];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(tail, 0, all, 16 - tail.length, tail.length);
        return address(all);
    }

    /** @param wanted octets, or -1 for any number */
    private static byte[] groups(String text, int wanted) throws SyntaxException {
        if (text.isEmpty()) {
            if (wanted > 0) {
                throw bad();
            }
            return new byte[0];
        }
        String[] parts = text.split(":", -1);
        if (parts.length > 8) {
            throw bad();
        }
        boolean v4Tail = parts[parts.length - 1].indexOf('.') >= 0;
        byte[] octets = new byte[parts.length * 2 + (v4Tail ? 2 : 0)];
        if (octets.length > 16 || (wanted > 0 && octets.length != wanted)) {
            throw bad();
        }
        for (int i = 0; i < parts.length - (v4Tail ? 1 : 0); i++) {
            int group = group(parts[i]);
            octets[i * 2] = (byte) (group >> 8);
            octets[i * 2 + 1] = (byte) group;
        }
        if (v4Tail) {
            System.arraycopy(octets(parts[parts.length - 1]), 0, octets, octets.length - 4, 4);
        }
        return octets;
    }

    private static int group(String part) throws SyntaxException {
        if (part.isEmpty() || part.length() > 4) {
            throw bad();
        }
        int value = 0;
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw bad();
            }
            value = value * 16 + digit;
        }
        return value;
    }

    /** RFC 5952 form of 16 octets. */
    static String print(byte[] octets) {
        int bestStart = -1;
        int bestLength = 1;
        for (int i = 0; i < 8; i++) {
            int length = 0;
            while (i + length < 8 && groupAt(octets, i + length) == 0) {
                length++;
            }
            if (length > bestLength) {
                bestStart = i;
                bestLength = length;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == bestStart) {
                text.append("::");
                i += bestLength - 1;
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

    private static InetAddress address(byte[] octets) throws SyntaxException {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw bad();
        }
    }

    private static SyntaxException bad() {
        return new SyntaxException(0, "an IP address", RFC);
    }
}
