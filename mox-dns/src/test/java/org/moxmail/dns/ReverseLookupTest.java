package org.moxmail.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.moxmail.dns.testing.ZoneResolver;

class ReverseLookupTest {
    private final ZoneResolver zone = new ZoneResolver();

    private ReverseLookup.Outcome verify(String ip) throws Exception {
        return new ReverseLookup(zone).verify(Addresses.parse(ip));
    }

    @Test
    void aNameThatHasTheAddressConfirmsIt() throws Exception { // RFC 8601 §3
        zone.ptr("1.2.0.192.in-addr.arpa", "no.example", "yes.example")
                .address("yes.example", "192.0.2.9", "192.0.2.1");
        ReverseLookup.Outcome outcome = verify("192.0.2.1");
        assertEquals(ReverseLookup.Result.PASS, outcome.result());
        assertEquals(Optional.of(DnsName.parse("yes.example")), outcome.name());
        assertEquals(List.of(DnsName.parse("no.example"), DnsName.parse("yes.example")), outcome.names());
        assertFalse(outcome.authentic());
    }

    @Test
    void ipv6IsConfirmedByIpv6() throws Exception {
        zone.ptr(Addresses.reversed(Addresses.parse("2001:db8::1")) + ".ip6.arpa", "six.example")
                .address("six.example", "2001:db8::1")
                .signed("example", "ip6.arpa");
        assertEquals(ReverseLookup.Result.PASS, verify("2001:db8::1").result());
        assertTrue(verify("2001:db8::1").authentic());
    }

    @Test
    void noNameIsAPermerrorAndAnUnconfirmedOneAFail() throws Exception {
        assertEquals(ReverseLookup.Result.PERMERROR, verify("192.0.2.1").result());
        zone.ptr("1.2.0.192.in-addr.arpa", "no.example").address("no.example", "192.0.2.2");
        assertEquals(ReverseLookup.Result.FAIL, verify("192.0.2.1").result());
    }

    @Test
    void failuresAreTemperrorsUnlessAnotherNameConfirms() throws Exception {
        zone.fail("1.2.0.192.in-addr.arpa", RecordType.PTR, DnsFailure.SERVFAIL);
        assertEquals(ReverseLookup.Result.TEMPERROR, verify("192.0.2.1").result());
        zone.mend("1.2.0.192.in-addr.arpa", RecordType.PTR);
        zone.ptr("1.2.0.192.in-addr.arpa", "broken.example", "no.example")
                .fail("broken.example", RecordType.A, DnsFailure.TIMEOUT);
        assertEquals(ReverseLookup.Result.TEMPERROR, verify("192.0.2.1").result());
        zone.ptr("1.2.0.192.in-addr.arpa", "yes.example").address("yes.example", "192.0.2.1");
        assertEquals(ReverseLookup.Result.PASS, verify("192.0.2.1").result());
    }

    @Test
    void namesAfterTheTenthAreNotLookedUp() throws Exception {
        for (int i = 0; i < 100; i++) {
            zone.ptr("1.2.0.192.in-addr.arpa", "n" + i + ".example");
        }
        assertEquals(10, verify("192.0.2.1").names().size());
        assertEquals(11, zone.asked().size());
    }
}
