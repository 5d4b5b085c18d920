package org.moxmail.dane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.dane.TestAuthority.Kind;
import org.moxmail.dns.Bytes;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.TlsaRecord;

class DaneVerifierTest {
    private static final String HOST = "mx.example.org";

    private final TestAuthority root = TestAuthority.root("Root");
    private final TestAuthority intermediate = root.sign("Intermediate", Kind.issuer(0));
    private final TestAuthority server = intermediate.sign("server", Kind.server(HOST));

    DaneVerifierTest() throws Exception {}

    private static List<X509Certificate> chain(TestAuthority... authorities) {
        return Arrays.stream(authorities).map(TestAuthority::certificate).toList();
    }

    private static DaneOutcome verify(List<X509Certificate> chain, TlsaRecord... records) throws Exception {
        return verify(chain, HOST, records);
    }

    private static DaneOutcome verify(List<X509Certificate> chain, String name, TlsaRecord... records)
            throws Exception {
        return new DaneVerifier(List.of(records), Set.of(DnsName.parse(name)), () -> TestAuthority.NOW).verify(chain);
    }

    private static void refused(DaneOutcome outcome, String reason) {
        assertFalse(outcome.verified());
        assertTrue(outcome.reason().contains(reason), outcome.reason());
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 1", "0, 2", "1, 0", "1, 1", "1, 2"})
    void aServerIsKnownByItsOwnCertificateOrKey(int selector, int matchingType) throws Exception {
        TlsaRecord record = server.record(3, selector, matchingType);
        assertEquals(Optional.of(record), verify(chain(server), record).matched());
        refused(verify(chain(intermediate, root), record), "not that of a TLSA record");
    }

    @Test
    void namesDatesAndIssuersDontMatterThen() throws Exception {
        TestAuthority odd =
                root.sign("odd", Kind.server("other.example").expired().forClients());
        assertTrue(verify(chain(odd), odd.record(3, 1, 1)).verified());
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 1", "0, 2", "1, 0", "1, 1", "1, 2"})
    void aServerIsKnownByAnIssuerInItsChain(int selector, int matchingType) throws Exception {
        for (TestAuthority issuer : List.of(intermediate, root)) {
            TlsaRecord record = issuer.record(2, selector, matchingType);
            assertEquals(
                    Optional.of(record),
                    verify(chain(server, intermediate, root), record).matched());
            assertTrue(verify(chain(server, root, intermediate), record).verified());
        }
    }

    @Test
    void anIssuerThatIsNotInTheChainMustBeInTheRecord() throws Exception {
        assertTrue(verify(chain(server, intermediate), root.record(2, 0, 0)).verified());
        assertTrue(verify(chain(server, intermediate), root.record(2, 1, 0)).verified());
        refused(verify(chain(server, intermediate), root.record(2, 0, 1)), "no certificate of a TLSA record");
        refused(verify(chain(server), root.record(2, 0, 0)), "doesn't come from");
        refused(verify(chain(server), root.record(2, 1, 0)), "doesn't come from");
    }

    @Test
    void anIssuerBesideTheChainIssuedNothing() throws Exception {
        TestAuthority other = TestAuthority.root("Other");
        refused(verify(chain(server, intermediate, root, other), other.record(2, 0, 1)), "doesn't come from");
        TestAuthority sameName = TestAuthority.root("Intermediate");
        refused(verify(chain(server, sameName), sameName.record(2, 0, 1)), "doesn't come from");
    }

    @ParameterizedTest
    @CsvSource({
        "mx.example.org, true",
        "MX.example.org, true",
        "other.example.org, false",
        "x.mx.example.org, false",
        "example.org, false"
    })
    void underAnIssuerTheNameMustBeRight(String name, boolean verified) throws Exception {
        DaneOutcome outcome = verify(chain(server, intermediate), name, intermediate.record(2, 0, 1));
        assertEquals(verified, outcome.verified(), outcome.reason());
    }

    @ParameterizedTest
    @CsvSource({
        "*.example.org, true",
        "*.org, false",
        "*.mx.example.org, false",
        "m*.example.org, false",
        "*, false",
        "mx.example.org., false"
    })
    void aWildcardStandsForTheWholeFirstLabel(String presented, boolean verified) throws Exception {
        TestAuthority wild = root.sign("wild", Kind.server(presented));
        assertEquals(verified, verify(chain(wild, root), root.record(2, 0, 1)).verified());
    }

    @Test
    void theCommonNameCountsOnlyWithoutDnsNames() throws Exception {
        assertTrue(verify(chain(root.sign(HOST, Kind.server()), root), root.record(2, 0, 1))
                .verified());
        refused(
                verify(chain(root.sign(HOST, Kind.server("other.example")), root), root.record(2, 0, 1)),
                "none of its names");
    }

    @Test
    void everyReferenceNameWillDo() throws Exception {
        DaneVerifier verifier = new DaneVerifier(
                List.of(root.record(2, 0, 1)),
                Set.of(DnsName.parse("mail.example.net"), DnsName.parse(HOST)),
                () -> TestAuthority.NOW);
        assertTrue(verifier.verify(chain(server, intermediate, root)).verified());
    }

    @Test
    void underAnIssuerDatesConstraintsAndUsesCount() throws Exception {
        TlsaRecord record = root.record(2, 0, 1);
        refused(verify(chain(root.sign("s", Kind.server(HOST).expired()), root), record), "doesn't come from");
        refused(verify(chain(root.sign("s", Kind.server(HOST).forClients()), root), record), "not for servers");
        TestAuthority old = TestAuthority.root("Old", Kind.issuer(5).expired());
        refused(verify(chain(old.sign("s", Kind.server(HOST)), old), old.record(2, 0, 1)), "expired: CN=Old");
        TestAuthority flat = TestAuthority.root("Flat", Kind.issuer(0));
        TestAuthority below = flat.sign("Below", Kind.issuer(0));
        refused(
                verify(chain(below.sign("s", Kind.server(HOST)), below, flat), flat.record(2, 0, 1)),
                "doesn't come from");
        TestAuthority narrow = TestAuthority.root("Narrow", Kind.issuer(5).permitting("example.net"));
        refused(
                verify(chain(narrow.sign("s", Kind.server(HOST)), narrow), narrow.record(2, 0, 1)),
                "doesn't come from");
        TestAuthority wide = TestAuthority.root("Wide", Kind.issuer(5).permitting("example.org"));
        assertTrue(verify(chain(wide.sign("s", Kind.server(HOST)), wide), wide.record(2, 0, 1))
                .verified());
        TestAuthority noIssuer = TestAuthority.root("None", Kind.server("none.example"));
        refused(
                verify(chain(noIssuer.sign("s", Kind.server(HOST)), noIssuer), noIssuer.record(2, 0, 1)),
                "not that of an issuer");
    }

    @Test
    void aServerMayBeItsOwnIssuerWithNameAndDates() throws Exception {
        TestAuthority self = TestAuthority.root("self", Kind.server(HOST));
        assertTrue(verify(chain(self), self.record(2, 0, 1)).verified());
        refused(verify(chain(self), "other.example", self.record(2, 0, 1)), "none of its names");
        TestAuthority old = TestAuthority.root("old", Kind.server(HOST).expired());
        refused(verify(chain(old), old.record(2, 1, 1)), "expired");
    }

    /** RFC 6698 §2.1.1: the path begins at an issuer. */
    @ParameterizedTest
    @CsvSource({"0, 0", "0, 1", "0, 2", "1, 0", "1, 1", "1, 2"})
    void whatAnotherIssuedIsNotItsOwnIssuer(int selector, int matchingType) throws Exception {
        TlsaRecord record = server.record(2, selector, matchingType);
        assertFalse(verify(chain(server), record).verified());
        assertFalse(verify(chain(server, intermediate, root), record).verified());
    }

    /** RFC 7671 §9. */
    @Test
    void onlyTheStrongestDigestOfAUsageAndSelectorCounts() throws Exception {
        TlsaRecord strongOfOther = root.record(3, 1, 2);
        refused(verify(chain(server), server.record(3, 1, 1), strongOfOther), "not that of a TLSA record");
        assertTrue(verify(chain(server), server.record(3, 0, 1), strongOfOther).verified());
        assertTrue(verify(chain(server), server.record(3, 1, 0), strongOfOther).verified());
        TlsaRecord malformed = new TlsaRecord(3, 1, 2, Bytes.ofHex("00"));
        assertTrue(verify(chain(server), server.record(3, 1, 1), malformed).verified());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3 1 1 00",
                "3 1 2 00",
                "3 0 0 00",
                "3 1 0 3000",
                "10 1 1 DIGEST",
                "3 2 1 DIGEST",
                "3 1 3 DIGEST",
                "0 1 1 DIGEST",
                "1 1 1 DIGEST",
                "3 1 1 ''"
            })
    void recordsThatAreNoUseAreSkipped(String text) throws Exception {
        String[] parts = text.split(" ");
        String digest = server.record(3, 1, 1).data().toString();
        TlsaRecord useless = new TlsaRecord(
                Integer.parseInt(parts[0]),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                Bytes.ofHex(parts[3].replace("DIGEST", digest).replace("''", "")));
        refused(verify(chain(server), useless), "no usable TLSA record");
        assertTrue(verify(chain(server), useless, server.record(3, 1, 1)).verified());
    }

    @Test
    void aDigestOfNothingMatchesNothing() throws Exception {
        List<TlsaRecord> records = new ArrayList<>();
        for (int usage : new int[] {2, 3}) {
            records.add(new TlsaRecord(usage, 1, 1, Bytes.copyOf(new byte[32])));
        }
        refused(
                verify(chain(server, intermediate, root), records.toArray(TlsaRecord[]::new)),
                "no certificate of a TLSA record; the server's certificate is not that of a TLSA record");
    }
}
