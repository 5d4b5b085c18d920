package org.moxmail.spf;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.moxmail.dns.Addresses;

/**
 * An address as numbers, which compare faster than octets. An IPv4 address is in the low 32 bits of {@code low}.
 *
 * @param six whether it is an IPv6 address, and not an IPv4 address mapped into one
 */
record AddressBits(boolean six, long high, long low) {
    static AddressBits of(InetAddress address) {
        byte[] octets = Addresses.unmapped(address).getAddress();
        return octets.length == 4
                ? four(ByteBuffer.wrap(octets).getInt())
                : new AddressBits(
                        true,
                        ByteBuffer.wrap(octets).getLong(),
                        ByteBuffer.wrap(octets).getLong(8));
    }

    static AddressBits four(int address) {
        return new AddressBits(false, 0, address & 0xffffffffL);
    }

    InetAddress address() {
        byte[] octets = six
                ? ByteBuffer.allocate(16).putLong(high).putLong(low).array()
                : ByteBuffer.allocate(4).putInt((int) low).array();
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new AssertionError("4 or 16 octets are an address", e);
        }
    }

    /** Whether an address of the same kind agrees with this one as far as the prefix length for its kind goes. */
    boolean near(InetAddress other, int prefix4, int prefix6) {
        AddressBits bits = of(other);
        if (six != bits.six) {
            return false;
        }
        return six ? agree(high, low, bits.high, bits.low, prefix6) : agree((int) low, (int) bits.low, prefix4);
    }

    /** @param prefix how many of the first bits count; negative for all */
    static boolean agree(int one, int other, int prefix) {
        int differing = one ^ other;
        return differing == 0 || prefix == 0 || (prefix > 0 && prefix < 32 && differing >>> (32 - prefix) == 0);
    }

    /** @param prefix how many of the first bits count; negative for all */
    static boolean agree(long high, long low, long otherHigh, long otherLow, int prefix) {
        if (prefix < 0 || prefix == 128) {
            return high == otherHigh && low == otherLow;
        }
        if (prefix <= 64) {
            return prefix == 0 || (high ^ otherHigh) >>> (64 - prefix) == 0;
        }
        return high == otherHigh && (low ^ otherLow) >>> (128 - prefix) == 0;
    }

    /** IPv6 as text, also what is a mapped IPv4 address, which {@link Addresses#print} takes for one. */
    static String print(long high, long low) {
        if (high == 0 && low >>> 32 == 0xffff) {
            return "::ffff:" + Addresses.print(four((int) low).address());
        }
        return Addresses.print(new AddressBits(true, high, low).address());
    }
}
