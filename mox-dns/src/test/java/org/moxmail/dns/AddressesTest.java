package org.moxmail.dns;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
    @ParameterizedTest(name = "{0} is printed as {1}")
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "::ffff:192.0.2.1, 192.0.2.1",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
        "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    })
    void addressesAreReadAndPrintedCanonically(String text, String printed) throws Exception {
        assertEquals(printed, Addresses.print(Addresses.parse(text)));
    }

    @ParameterizedTest(name = "\"{0}\" is no address")
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.04",
                "1.2.3.",
                ".1.2.3",
                "1..2.3",
                "1.2.3.4 ",
                "a.b.c.d",
                ":",
                ":1",
                "1:",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                ":::",
                "1:::2",
                "12345::",
                "g::",
                "::1.2.3",
                "::1.2.3.4:5",
                "1:2:3:4:5:6:7:1.2.3.4",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "fe80::1%eth0",
                "[::1]",
                "::\uff11"
            })
    void whatIsNoAddressIsRefused(String text) {
        assertThrows(SyntaxException.class, () -> Addresses.parse(text));
    }

    @Test
    void reverseNamesAreThoseOfTheRfcs() throws Exception {
        assertEquals(
                "10.2.0.192.in-addr.arpa",
                Addresses.reverseName(Addresses.parse("192.0.2.10")).ascii());
        // RFC 3596 §2.5
        assertEquals(
                "b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.0.0.0.0.1.2.3.4.ip6.arpa",
                Addresses.reverseName(Addresses.parse("4321:0:1:2:3:4:567:89ab"))
                        .ascii());
    }

    @Test
    void aMappedAddressIsTheIpv4Address() throws Exception {
        byte[] octets = new byte[16];
        octets[10] = -1;
        octets[11] = -1;
        octets[12] = 10;
        InetAddress mapped = Inet6Address.getByAddress(null, octets, 0);
        assertEquals(Inet4Address.getByAddress(new byte[] {10, 0, 0, 0}), Addresses.unmapped(mapped));
        assertEquals("10.0.0.0", Addresses.print(mapped));
        assertEquals("0.0.0.10.in-addr.arpa", Addresses.reverseName(mapped).ascii());
    }

    @Property
    void parseReadsWhatPrintWrites(@ForAll @Size(16) byte[] six, @ForAll @Size(4) byte[] four) throws Exception {
        for (byte[] octets : new byte[][] {six, four}) {
            InetAddress address = InetAddress.getByAddress(octets);
            assertEquals(address, Addresses.parse(Addresses.print(address)));
            assertArrayEquals(
                    address.getAddress(),
                    Addresses.parse(address.getHostAddress()).getAddress());
        }
    }
}
