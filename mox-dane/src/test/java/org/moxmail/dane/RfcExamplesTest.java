package org.moxmail.dane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.moxmail.dane.TestAuthority.Kind;
import org.moxmail.dns.Bytes;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.TlsaRecord;
import org.moxmail.dns.testing.ZoneResolver;

/**
 * The examples of RFC 6698, 7671 and 7672. Where an RFC cuts digests off, they are filled up with zeros. DNAME (RFC 6698
 * §A.2.1.2) is the resolver's, which answers with a CNAME as in §A.2.1.1.
 */
final class RfcExamplesTest {
    private static final String CUT = "e3b0c44298fc1c149a" + "0".repeat(46);

    private static TlsaOutcome lookup(ZoneResolver zone, String host, int port) throws Exception {
        return TlsaOutcome.lookup(zone.signed("com", "net", "org"), DnsName.parse(host), port);
    }

    private static void expect(TlsaOutcome outcome, TlsaStatus status, String base, String... hex) {
        assertEquals(status, outcome.status(), outcome.reason());
        assertEquals(base, outcome.baseDomain().ascii());
        assertEquals(
                List.of(hex),
                outcome.records().stream().map(record -> hex(record)).toList());
    }

    private static String hex(TlsaRecord record) {
        return HexFormat.of().formatHex(record.data().toByteArray());
    }

    /** RFC 6698 §2.3 and §3. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 1, d2abde240d7cd3ee6b4b28c54df034b97983a1d16e8a410e4561cb106618e971",
        "1, 1, 2, 92003ba34942dc74152e2f2c408d29eca5a520e7f2e06bb944f4dca346baf63c"
                + "1b177615d466f6c4b71c216a50292bd58c9ebdd2f74e38fe51ffd48c43326cbc",
    })
    void tlsaRecordsOfAuthoritiesAreFoundButNoUseForMail(int usage, int selector, int type, String data)
            throws Exception {
        ZoneResolver zone = new ZoneResolver()
                .address("www.example.com", "192.0.2.1")
                .tlsa("_443._tcp.www.example.com", usage, selector, type, data);
        expect(lookup(zone, "www.example.com", 443), TlsaStatus.UNUSABLE, "www.example.com", data);
        assertTrue(zone.asked().contains("TLSA _443._tcp.www.example.com"));
    }

    /** RFC 6698 §A.2.1.1. */
    @Test
    void anAliasOfTheRecordsLeadsToTheTarget() throws Exception {
        ZoneResolver zone = new ZoneResolver()
                .cname("sub5.example.com", "sub6.example.com")
                .cname("_443._tcp.sub5.example.com", "_443._tcp.sub6.example.com")
                .address("sub6.example.com", "192.0.2.1", "2001:db8::1")
                .tlsa("_443._tcp.sub6.example.com", 3, 1, 1, CUT);
        expect(lookup(zone, "sub5.example.com", 443), TlsaStatus.USABLE, "sub6.example.com", CUT);
        // Of records at both names that of the target counts for DANE as RFC 7671 §7 has it, which updates this.
        ZoneResolver both = new ZoneResolver()
                .cname("sub5.example.com", "sub6.example.com")
                .tlsa("_443._tcp.sub5.example.com", 3, 1, 1, "30".repeat(32))
                .address("sub6.example.com", "192.0.2.1", "2001:db8::1")
                .tlsa("_443._tcp.sub6.example.com", 3, 1, 1, CUT);
        expect(lookup(both, "sub5.example.com", 443), TlsaStatus.USABLE, "sub6.example.com", CUT);
    }

    /** RFC 6698 appendix C: one certificate under each selector and matching type. */
    @Test
    void associationsOfACertificate() throws Exception {
        List<TlsaRecord> records = appendixC();
        assertEquals(6, records.size());
        byte[] octets = records.get(0).data().toByteArray();
        X509Certificate certificate = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(octets));
        X509Certificate other =
                TestAuthority.root("other", Kind.server("other.example")).certificate();
        for (TlsaRecord record : records) {
            // It expired in 2022, which doesn't count: RFC 7671 §5.1.
            DaneVerifier verifier = new DaneVerifier(List.of(record), Set.of(), () -> TestAuthority.NOW);
            assertTrue(verifier.verify(List.of(certificate)).verified(), record.toString());
            assertFalse(verifier.verify(List.of(other)).verified(), record.toString());
        }
    }

    private static List<TlsaRecord> appendixC() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(RfcExamplesTest.class.getResourceAsStream("rfc6698-appendix-c.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .map(part -> new TlsaRecord(
                            3, Integer.parseInt(part[0]), Integer.parseInt(part[1]), Bytes.ofHex(part[2])))
                    .toList();
        }
    }

    /** RFC 7671 §2.1 and §10.2 (which has the address). */
    @Test
    void aRecordOfATrustAnchor() throws Exception {
        String digest = "e8b54e0b4baa815b06d3462d65fbc7c0cf556eccf9f5303ebfbb77d022f834c0";
        ZoneResolver zone = new ZoneResolver()
                .mx("example.com", 0, "mail.example.com")
                .address("mail.example.com", "192.0.2.1")
                .tlsa("_25._tcp.mail.example.com", 2, 0, 1, digest);
        TlsaOutcome outcome = lookup(zone, "mail.example.com", 25);
        expect(outcome, TlsaStatus.USABLE, "mail.example.com", digest);
        assertEquals(List.of(new TlsaRecord(2, 0, 1, Bytes.ofHex(digest))), outcome.records());
    }

    /** RFC 7671 §5.1, §5.2, §6: records behind aliases of their names. */
    @ParameterizedTest
    @CsvSource({
        "www.example.com, ex-com.example.net, 3",
        "www.example.org, ex-org.example.net, 3",
        "www1.example.com, www1.example.com, 2",
        "www2.example.com, www2.example.com, 2"
    })
    void sharedRecordsBehindAliases(String host, String base, int usage) throws Exception {
        ZoneResolver zone = new ZoneResolver()
                .cname("www.example.com", "ex-com.example.net")
                .cname("www.example.org", "ex-org.example.net")
                .address("ex-com.example.net", "192.0.2.1")
                .address("ex-org.example.net", "192.0.2.1")
                .cname("_443._tcp.ex-com.example.net", "tlsa._dane.example.net")
                .cname("_443._tcp.ex-org.example.net", "tlsa._dane.example.net")
                .tlsa("tlsa._dane.example.net", 3, 1, 1, CUT)
                .address("www1.example.com", "192.0.2.1")
                .address("www2.example.com", "192.0.2.2")
                .cname("_443._tcp.www1.example.com", "tlsa._dane.example.com")
                .cname("_443._tcp.www2.example.com", "tlsa._dane.example.com")
                .tlsa("tlsa._dane.example.com", 2, 0, 1, CUT);
        TlsaOutcome outcome = lookup(zone, host, 443);
        expect(outcome, TlsaStatus.USABLE, base, CUT);
        assertEquals(usage, outcome.records().get(0).usage());
    }

    /** RFC 7671 §6. */
    @ParameterizedTest
    @CsvSource({
        "www1.example.com, 443, w1.example.net, 8a9a70596e869bed72c69d97a8895dfad86f300a343feceff19e89c27c896bc9",
        "www2.example.com, 443, w2.example.net, c164b2c3f36d068d42a6138e446152f568615f28c69bd96a73e354cac88ed00c",
        "mx1.example.net, 25, mx1.example.net, 8a9a70596e869bed72c69d97a8895dfad86f300a343feceff19e89c27c896bc9",
        "mx2.example.net, 25, mx2.example.net, c164b2c3f36d068d42a6138e446152f568615f28c69bd96a73e354cac88ed00c"
    })
    void servicesAtAProvider(String host, int port, String base, String digest) throws Exception {
        ZoneResolver zone = new ZoneResolver()
                .cname("www1.example.com", "w1.example.net")
                .cname("_443._tcp.www1.example.com", "_443._tcp.w1.example.net")
                .cname("www2.example.com", "w2.example.net")
                .cname("_443._tcp.www2.example.com", "_443._tcp.w2.example.net")
                .address("w1.example.net", "192.0.2.1")
                .address("w2.example.net", "192.0.2.2")
                .address("mx1.example.net", "192.0.2.3")
                .address("mx2.example.net", "192.0.2.4");
        for (String name : List.of("_443._tcp.w1.example.net", "_25._tcp.mx1.example.net")) {
            zone.tlsa(name, 3, 1, 1, "8A9A70596E869BED72C69D97A8895DFAD86F300A343FECEFF19E89C27C896BC9");
        }
        String second = "C164B2C3F36D068D42A6138E446152F568615F28C69BD96A73E354CAC88ED00C";
        zone.tlsa("_443._tcp.w2.example.net", 2, 0, 1, second).tlsa("_25._tcp.mx2.example.net", 3, 1, 1, second);
        expect(lookup(zone, host, port), TlsaStatus.USABLE, base, digest);
    }

    /** RFC 7671 §8.1 and §8.3: while keys or digests change, each server's certificate matches one of the records. */
    @Test
    void serversOfTwoKeysMatchWhileTheyChange() throws Exception {
        TestAuthority old = TestAuthority.root("old", Kind.server("www.example.org"));
        TestAuthority young = TestAuthority.root("young", Kind.server("www.example.org"));
        List<TlsaRecord> both = List.of(old.record(3, 1, 1), young.record(3, 1, 1));
        List<TlsaRecord> digests =
                List.of(old.record(3, 1, 1), old.record(3, 1, 2), young.record(3, 1, 1), young.record(3, 1, 2));
        for (List<TlsaRecord> records : List.of(both, digests)) {
            for (TestAuthority server : List.of(old, young)) {
                assertTrue(verify(records, server).verified());
            }
        }
        assertFalse(verify(List.of(old.record(3, 1, 1)), young).verified());
    }

    /** RFC 7671 §8.2: from a record of the server to one of its issuer. */
    @Test
    void aServerMatchesBeforeAndAfterItsIssuerTakesOver() throws Exception {
        TestAuthority old = TestAuthority.root("old", Kind.server("www.example.org"));
        TestAuthority root = TestAuthority.root("Root", Kind.issuer(1));
        TestAuthority young = root.sign("young", Kind.server("www.example.org"));
        Set<DnsName> names = Set.of(DnsName.parse("www.example.org"));
        List<TlsaRecord> between = List.of(old.record(3, 1, 1), young.record(3, 1, 1));
        for (List<TlsaRecord> records : List.of(between, List.of(root.record(2, 0, 1)))) {
            assertTrue(new DaneVerifier(records, names, () -> TestAuthority.NOW)
                    .verify(List.of(young.certificate(), root.certificate()))
                    .verified());
        }
    }

    private static DaneOutcome verify(List<TlsaRecord> records, TestAuthority server) {
        return new DaneVerifier(records, Set.of(), () -> TestAuthority.NOW).verify(List.of(server.certificate()));
    }

    /** RFC 7671 §9: a "3 1 0" or "3 1 2" record is believed, what matches "3 1 1" only isn't. */
    @Test
    void digestAgility() throws Exception {
        TestAuthority strong = TestAuthority.root("strong", Kind.server("mail.example.com"));
        TestAuthority full = TestAuthority.root("full", Kind.server("mail.example.com"));
        TestAuthority weak = TestAuthority.root("weak", Kind.server("mail.example.com"));
        List<TlsaRecord> records = List.of(weak.record(3, 1, 1), strong.record(3, 1, 2), full.record(3, 1, 0));
        assertTrue(verify(records, strong).verified());
        assertTrue(verify(records, full).verified());
        assertFalse(verify(records, weak).verified());
    }

    /** RFC 7672 §2.2.3 and §3.1.2. */
    @ParameterizedTest
    @CsvSource({"mx1.example.com", "mx2.example.com"})
    void aTrustAnchorOfSeveralMxHosts(String host) throws Exception {
        ZoneResolver zone = new ZoneResolver()
                .mx("example.com", 0, "mx1.example.com")
                .mx("example.com", 0, "mx2.example.com")
                .address("mx1.example.com", "192.0.2.1")
                .address("mx2.example.com", "192.0.2.2")
                .cname("_25._tcp.mx1.example.com", "tlsa201._dane.example.com")
                .cname("_25._tcp.mx2.example.com", "tlsa201._dane.example.com")
                .tlsa("tlsa201._dane.example.com", 2, 0, 1, CUT);
        expect(lookup(zone, host, 25), TlsaStatus.USABLE, host, CUT);
    }

    /** RFC 7672 §3.2.2. */
    @ParameterizedTest
    @CsvSource({
        "mx10.example.com, mx10.example.com",
        "mx15.example.com, mx15.example.com",
        "mx20.example.com, mxbackup.example.net"
    })
    void theNamesOfMxHostsBehindAliases(String host, String base) throws Exception {
        ZoneResolver zone = new ZoneResolver()
                .address("mx10.example.com", "192.0.2.10")
                .tlsa("_25._tcp.mx10.example.com", 2, 0, 1, CUT)
                .cname("mx15.example.com", "mxbackup.example.com")
                .address("mxbackup.example.com", "192.0.2.15")
                .tlsa("_25._tcp.mx15.example.com", 2, 0, 1, CUT)
                .cname("mx20.example.com", "mxbackup.example.net")
                .address("mxbackup.example.net", "198.51.100.20")
                .tlsa("_25._tcp.mxbackup.example.net", 2, 0, 1, CUT);
        expect(lookup(zone, host, 25), TlsaStatus.USABLE, base, CUT);
        // The certificate may be of the next hop, as it was and as it became, or of the base domain.
        TestAuthority root = TestAuthority.root("Root", Kind.issuer(1));
        Set<DnsName> names =
                Set.of(DnsName.parse("exchange.example.org"), DnsName.parse("example.com"), DnsName.parse(base));
        for (DnsName name : names) {
            TestAuthority server = root.sign("server", Kind.server(name.ascii()));
            assertTrue(new DaneVerifier(List.of(root.record(2, 0, 1)), names, () -> TestAuthority.NOW)
                    .verify(List.of(server.certificate(), root.certificate()))
                    .verified());
        }
    }

    /** RFC 7672 §3.2.3. */
    @ParameterizedTest
    @CsvSource({"*.example.com, true", "smtp*.example.com, false", "*smtp.example.com, false"})
    void wildcards(String certified, boolean matches) throws Exception {
        TestAuthority root = TestAuthority.root("Root", Kind.issuer(1));
        TestAuthority server = root.sign("server", Kind.server(certified));
        Set<DnsName> names = Set.of(
                DnsName.parse("mx1.example.com"),
                DnsName.parse("smtp1.example.com"),
                DnsName.parse("xsmtp.example.com"));
        assertEquals(
                matches,
                new DaneVerifier(List.of(root.record(2, 0, 1)), names, () -> TestAuthority.NOW)
                        .verify(List.of(server.certificate(), root.certificate()))
                        .verified());
    }
}
