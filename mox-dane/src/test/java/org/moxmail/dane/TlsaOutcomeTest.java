package org.moxmail.dane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.moxmail.dns.DnsFailure;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.RecordType;
import org.moxmail.dns.testing.ZoneResolver;

/** RFC 7672 §2.2.2 and §2.2.3. */
class TlsaOutcomeTest {
    private static final String DIGEST = "ab".repeat(32);

    private final ZoneResolver zone = new ZoneResolver()
            .address("mx.signed.example", "192.0.2.1", "2001:db8::1")
            .tlsa("_25._tcp.mx.signed.example", 3, 1, 1, DIGEST)
            .cname("alias.signed.example", "mx.signed.example")
            .cname("out.signed.example", "mx.plain.example")
            .tlsa("_25._tcp.out.signed.example", 3, 1, 1, DIGEST)
            .cname("both.signed.example", "bare.signed.example")
            .address("bare.signed.example", "192.0.2.2")
            .tlsa("_25._tcp.both.signed.example", 2, 0, 1, DIGEST)
            .address("shared.signed.example", "192.0.2.4")
            .cname("_25._tcp.shared.signed.example", "tlsa.signed.example")
            .tlsa("tlsa.signed.example", 2, 0, 1, DIGEST)
            .address("astray.signed.example", "192.0.2.5")
            .cname("_25._tcp.astray.signed.example", "tlsa.plain.example")
            .tlsa("tlsa.plain.example", 2, 0, 1, DIGEST)
            .address("pkix.signed.example", "192.0.2.6")
            .tlsa("_25._tcp.pkix.signed.example", 1, 1, 1, DIGEST)
            .address("mx.plain.example", "192.0.2.3")
            .tlsa("_25._tcp.mx.plain.example", 3, 1, 1, DIGEST)
            .cname("in.plain.example", "mx.signed.example")
            .signed("signed.example");

    private TlsaOutcome lookup(String host) throws Exception {
        return TlsaOutcome.lookup(zone, DnsName.parse(host), 25);
    }

    private void expect(String host, TlsaStatus status, String base) throws Exception {
        TlsaOutcome outcome = lookup(host);
        assertEquals(status, outcome.status(), outcome.reason());
        assertEquals(base, outcome.baseDomain().ascii());
    }

    @Test
    void signedRecordsOfAHostAreFound() throws Exception {
        expect("mx.signed.example", TlsaStatus.USABLE, "mx.signed.example");
        expect("bare.signed.example", TlsaStatus.NONE, "bare.signed.example");
    }

    @Test
    void aSignedAliasIsTriedWhereItLeadsAndThenWhereItIs() throws Exception {
        expect("alias.signed.example", TlsaStatus.USABLE, "mx.signed.example");
        expect("both.signed.example", TlsaStatus.USABLE, "both.signed.example");
    }

    @Test
    void anAliasOutOfASignedZoneIsTriedWhereItIsOnly() throws Exception {
        expect("out.signed.example", TlsaStatus.USABLE, "out.signed.example");
        assertEquals(
                List.of(
                        "A out.signed.example",
                        "AAAA out.signed.example",
                        "CNAME out.signed.example",
                        "TLSA _25._tcp.out.signed.example"),
                zone.asked());
    }

    @Test
    void unsignedHostsAreNotAskedForRecords() throws Exception {
        expect("mx.plain.example", TlsaStatus.NONE, "mx.plain.example");
        expect("in.plain.example", TlsaStatus.NONE, "in.plain.example");
        assertEquals(
                0,
                zone.asked().stream().filter(asked -> asked.startsWith("TLSA")).count());
    }

    @Test
    void anAliasOfTheRecordsDoesNotChangeTheBaseDomain() throws Exception {
        expect("shared.signed.example", TlsaStatus.USABLE, "shared.signed.example");
        expect("astray.signed.example", TlsaStatus.NONE, "astray.signed.example");
    }

    @Test
    void recordsThatAreNoUseStillAskForTls() throws Exception {
        expect("pkix.signed.example", TlsaStatus.UNUSABLE, "pkix.signed.example");
    }

    @Test
    void anyFailureForbidsTheHost() throws Exception {
        zone.fail("_25._tcp.mx.signed.example", RecordType.TLSA, DnsFailure.BOGUS);
        expect("mx.signed.example", TlsaStatus.DNS_FAILURE, "mx.signed.example");
        expect("alias.signed.example", TlsaStatus.DNS_FAILURE, "alias.signed.example");
        zone.fail("out.signed.example", RecordType.CNAME, DnsFailure.TIMEOUT);
        expect("out.signed.example", TlsaStatus.DNS_FAILURE, "out.signed.example");
        zone.fail("bare.signed.example", RecordType.A, DnsFailure.SERVFAIL);
        expect("bare.signed.example", TlsaStatus.DNS_FAILURE, "bare.signed.example");
        expect("none.signed.example", TlsaStatus.NO_ADDRESS, "none.signed.example");
    }

    @Test
    void thePortIsPartOfTheQuestion() throws Exception {
        assertEquals(
                TlsaStatus.NONE,
                TlsaOutcome.lookup(zone, DnsName.parse("mx.signed.example"), 587)
                        .status());
        assertThrows(
                IllegalArgumentException.class, () -> TlsaOutcome.lookup(zone, DnsName.parse("mx.signed.example"), 0));
    }
}
