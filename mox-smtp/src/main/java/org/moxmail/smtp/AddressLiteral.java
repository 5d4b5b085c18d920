package org.moxmail.smtp;

import java.net.Inet4Address;
import java.net.InetAddress;
import org.moxmail.dns.SyntaxException;

/**
 * An IP address in brackets, such as {@code [192.0.2.1]} or {@code [IPv6:2001:db8::1]}, RFC 5321 §4.1.3. General address
 * literals with other tags have no known use and don't parse.
 *
 * <p>An IPv4-mapped IPv6 address is the IPv4 address, as everywhere in Java.
 *
 * @param address without scope
 */
public record AddressLiteral(InetAddress address) implements MailHost {
    /** Reads a literal with its brackets. */
    public static AddressLiteral parse(String text) throws SyntaxException {
        Cursor in = new Cursor(text);
        AddressLiteral literal = PathGrammar.literal(in);
        in.end("RFC 5321 §4.1.3");
        return literal;
    }

    @Override
    public String print() {
        return address instanceof Inet4Address
                ? "[" + address.getHostAddress() + "]"
                : "[IPv6:" + IpText.print(address.getAddress()) + "]";
    }

    @Override
    public String toString() {
        return print();
    }
}
