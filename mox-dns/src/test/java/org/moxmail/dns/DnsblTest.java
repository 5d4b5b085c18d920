package org.moxmail.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.moxmail.dns.testing.ZoneResolver;

class DnsblTest {
    private final ZoneResolver zone = new ZoneResolver();
    private final Dnsbl list = new Dnsbl(zone, name("bl.example"));

    private static DnsName name(String text) {
        try {
            return DnsName.forLookup(text);
        } catch (SyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private Dnsbl.Outcome lookup(String ip) throws Exception {
        return list.lookup(Addresses.parse(ip));
    }

    @Test
    void anAddressWithARecordIsListedWithItsExplanation() throws Exception { // RFC 5782 §2.1
        zone.address("99.2.0.192.bl.example", "127.0.0.2", "127.0.0.4").txt("99.2.0.192.bl.example", "one", "two");
        assertEquals(
                new Dnsbl.Outcome.Listed(
                        List.of(Addresses.parse("127.0.0.2"), Addresses.parse("127.0.0.4")), "one; two", false),
                lookup("192.0.2.99"));
        assertEquals(new Dnsbl.Outcome.Unlisted(false), lookup("192.0.2.98"));
    }

    @Test
    void anIpv6AddressIsLookedUpByItsNibbles() throws Exception { // RFC 5782 §2.4
        zone.address("b.a.9.8.7.6.5.0.0.0.0.0.1.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.bl.example", "127.0.0.2");
        zone.fail(
                "b.a.9.8.7.6.5.0.0.0.0.0.1.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.bl.example",
                RecordType.TXT,
                DnsFailure.SERVFAIL);
        assertEquals(
                new Dnsbl.Outcome.Listed(List.of(Addresses.parse("127.0.0.2")), "", false),
                lookup("2001:db8::1:0:567:89ab"));
    }

    @Test
    void failuresAndWhatIsNoCodeAreNoListing() throws Exception {
        zone.fail("1.2.0.192.bl.example", RecordType.A, DnsFailure.SERVFAIL);
        assertInstanceOf(Dnsbl.Outcome.Failed.class, lookup("192.0.2.1"));
        zone.address("2.2.0.192.bl.example", "127.255.255.254");
        assertEquals(new Dnsbl.Outcome.Failed("bl.example refuses to answer: 127.255.255.254"), lookup("192.0.2.2"));
        zone.address("3.2.0.192.bl.example", "198.51.100.1");
        assertEquals(
                new Dnsbl.Outcome.Failed("bl.example answers with addresses that are no codes: 198.51.100.1"),
                lookup("192.0.2.3"));
        assertInstanceOf(
                Dnsbl.Outcome.Failed.class,
                new Dnsbl(zone, name("a.".repeat(120) + "example")).lookup(Addresses.parse("2001:db8::1")));
    }

    @Test
    void aHealthyListHasItsTestEntryAndNotItsNeighbour() throws Exception { // RFC 5782 §5
        assertEquals(
                new Dnsbl.Health.Bad("bl.example doesn't list 127.0.0.2, so that it may list nothing"), list.health());
        zone.address("2.0.0.127.bl.example", "127.0.0.2");
        assertEquals(new Dnsbl.Health.Good(), list.health());
        zone.address("1.0.0.127.bl.example", "127.0.0.2");
        assertEquals(new Dnsbl.Health.Bad("bl.example lists 127.0.0.1, so that it may list everything"), list.health());
        zone.fail("1.0.0.127.bl.example", RecordType.A, DnsFailure.TIMEOUT);
        assertInstanceOf(Dnsbl.Health.Bad.class, list.health());
    }
}
