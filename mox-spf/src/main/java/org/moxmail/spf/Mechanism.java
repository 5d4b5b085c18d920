package org.moxmail.spf;

import java.net.Inet4Address;
import java.net.Inet6Address;
import org.moxmail.dns.Addresses;

/**
 * A way to say which clients are meant, RFC 7208 §5. Its {@code toString} is how records have it.
 *
 * <p>Where a mechanism's domain is optional, {@link MacroString#NONE} stands for the domain whose record this is. A prefix length is
 * {@link #WHOLE} where the record names none, which means all bits of the address.
 */
public sealed interface Mechanism {
    /** The prefix length that isn't written. */
    int WHOLE = -1;

    /** The mechanism's name in lower case, such as {@code ip4}. */
    String name();

    /** Every client, RFC 7208 §5.1. */
    record All() implements Mechanism {
        @Override
        public String name() {
            return "all";
        }

        @Override
        public String toString() {
            return "all";
        }
    }

    /** Clients that pass the check of another domain, RFC 7208 §5.2. */
    record Include(MacroString domain) implements Mechanism {
        public Include {
            domain.requireDomain();
        }

        @Override
        public String name() {
            return "include";
        }

        @Override
        public String toString() {
            return "include:" + domain;
        }
    }

    /**
     * Clients with an address of the domain, or near it, RFC 7208 §5.3.
     *
     * @param prefix4 0 to 32, or {@link #WHOLE}
     * @param prefix6 0 to 128, or {@link #WHOLE}
     */
    record A(MacroString domain, int prefix4, int prefix6) implements Mechanism {
        public A {
            optionalDomain(domain);
            requirePrefix(prefix4, 32);
            requirePrefix(prefix6, 128);
        }

        @Override
        public String name() {
            return "a";
        }

        @Override
        public String toString() {
            return name() + target(domain) + printed("/", prefix4) + printed("//", prefix6);
        }
    }

    /**
     * Clients with an address of one of the domain's mail exchanges, or near it, RFC 7208 §5.4.
     *
     * @param prefix4 0 to 32, or {@link #WHOLE}
     * @param prefix6 0 to 128, or {@link #WHOLE}
     */
    record Mx(MacroString domain, int prefix4, int prefix6) implements Mechanism {
        public Mx {
            optionalDomain(domain);
            requirePrefix(prefix4, 32);
            requirePrefix(prefix6, 128);
        }

        @Override
        public String name() {
            return "mx";
        }

        @Override
        public String toString() {
            return name() + target(domain) + printed("/", prefix4) + printed("//", prefix6);
        }
    }

    /** Clients whose confirmed name is in the domain, RFC 7208 §5.5. Not to be published any more. */
    record Ptr(MacroString domain) implements Mechanism {
        public Ptr {
            optionalDomain(domain);
        }

        @Override
        public String name() {
            return "ptr";
        }

        @Override
        public String toString() {
            return name() + target(domain);
        }
    }

    /**
     * Clients in an IPv4 network, RFC 7208 §5.6.
     *
     * @param network the address, its first octet the most significant
     * @param prefix 0 to 32, or {@link #WHOLE}
     */
    record Ip4(int network, int prefix) implements Mechanism {
        public Ip4 {
            requirePrefix(prefix, 32);
        }

        /** The network of an address. */
        public static Ip4 of(Inet4Address network, int prefix) {
            return new Ip4((int) AddressBits.of(network).low(), prefix);
        }

        /** Whether the bits of a client's address agree with the network's as far as the prefix goes. */
        boolean contains(int address) {
            return AddressBits.agree(network, address, prefix);
        }

        @Override
        public String name() {
            return "ip4";
        }

        @Override
        public String toString() {
            return "ip4:" + Addresses.print(AddressBits.four(network).address()) + printed("/", prefix);
        }
    }

    /**
     * Clients in an IPv6 network, RFC 7208 §5.6.
     *
     * @param high the first 64 bits of the address
     * @param low the last 64 bits
     * @param prefix 0 to 128, or {@link #WHOLE}
     */
    record Ip6(long high, long low, int prefix) implements Mechanism {
        public Ip6 {
            requirePrefix(prefix, 128);
        }

        /** The network of an address. */
        public static Ip6 of(Inet6Address network, int prefix) {
            AddressBits bits = AddressBits.of(network);
            return new Ip6(bits.high(), bits.low(), prefix);
        }

        boolean contains(long otherHigh, long otherLow) {
            return AddressBits.agree(high, low, otherHigh, otherLow, prefix);
        }

        @Override
        public String name() {
            return "ip6";
        }

        @Override
        public String toString() {
            return "ip6:" + AddressBits.print(high, low) + printed("/", prefix);
        }
    }

    /** Clients for which a name made of macros has an IPv4 address, RFC 7208 §5.7. */
    record Exists(MacroString domain) implements Mechanism {
        public Exists {
            domain.requireDomain();
        }

        @Override
        public String name() {
            return "exists";
        }

        @Override
        public String toString() {
            return "exists:" + domain;
        }
    }

    private static void optionalDomain(MacroString domain) {
        if (!domain.isEmpty()) {
            domain.requireDomain();
        }
    }

    private static void requirePrefix(int prefix, int bits) {
        if (prefix < WHOLE || prefix > bits) {
            throw new IllegalArgumentException("prefix length " + prefix);
        }
    }

    private static String target(MacroString domain) {
        return domain.isEmpty() ? "" : ":" + domain;
    }

    private static String printed(String slash, int prefix) {
        return prefix == WHOLE ? "" : slash + prefix;
    }
}
