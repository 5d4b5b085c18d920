package org.moxmail.spf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet6Address;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.dns.Addresses;
import org.moxmail.dns.Answer;
import org.moxmail.dns.DnsFailure;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.RecordType;
import org.moxmail.dns.Resolver;
import org.moxmail.dns.testing.ZoneResolver;
import org.moxmail.time.testing.FakeTiming;

class SpfVerifierTest {
    private final FakeTiming timing = FakeTiming.at("2026-01-01T00:00:00Z");
    private final ZoneResolver zone = new ZoneResolver();

    private SpfOutcome verify(String ip, String helo, String sender) throws Exception {
        return new SpfVerifier(zone, timing, SpfLimits.RFC7208)
                .verify(SpfRequest.mailFrom(Addresses.parse(ip), helo, sender));
    }

    private SpfOutcome verify(String sender) throws Exception {
        return verify("192.0.2.1", "mail.example", sender);
    }

    private SpfOutcome record(String record) throws Exception {
        zone.txt("example.org", record);
        return verify("user@example.org");
    }

    @Test
    void theOutcomeTellsWhatDecided() throws Exception {
        SpfOutcome outcome = record("v=spf1 ip4:198.51.100.1 ?IP4:192.0.2.0/24 -all");
        assertEquals(SpfResult.NEUTRAL, outcome.result());
        assertEquals("ip4:192.0.2.0/24", outcome.decidedBy().orElseThrow().toString());
        assertEquals("?ip4:192.0.2.0/24 in the record of example.org matched", outcome.reason());
        assertEquals("example.org", outcome.domain().orElseThrow().ascii());
        assertEquals(SpfIdentity.MAIL_FROM, outcome.identity());
    }

    @Test
    void theNullReversePathIsCheckedByHelo() throws Exception { // RFC 7208 §2.4
        zone.txt("mail.example", "v=spf1 exists:%{l}.%{o}.%{h} -all");
        zone.address("postmaster.mail.example.mail.example", "127.0.0.2");
        SpfOutcome outcome = verify("192.0.2.1", "mail.example", "");
        assertEquals(SpfResult.PASS, outcome.result(), outcome::reason);
        assertEquals(SpfIdentity.HELO, outcome.identity());
    }

    @ParameterizedTest(name = "HELO {0} has no domain")
    @ValueSource(
            strings = {
                "",
                "[192.0.2.1]",
                "[IPv6:2001:db8::1]",
                "192.0.2.1",
                "2001:db8::1",
                "localhost",
                "a..example",
                "a b\t.example",
                "ä",
                "-\u00e4-.example",
                "."
            })
    void whatIsNoDomainIsNone(String helo) throws Exception { // RFC 7208 §4.3
        SpfOutcome outcome = verify("192.0.2.1", helo, "");
        assertEquals(SpfResult.NONE, outcome.result());
        assertTrue(outcome.domain().isEmpty());
        assertFalse(outcome.authentic());
        assertEquals(List.of(), zone.asked());
    }

    @Test
    void heloMayBeCheckedBesideMailFrom() throws Exception { // RFC 7208 §2.3
        zone.txt("mail.example", "v=spf1 a -all").address("mail.example", "192.0.2.1");
        SpfOutcome outcome = new SpfVerifier(zone, timing, SpfLimits.RFC7208)
                .verify(SpfRequest.helo(Addresses.parse("192.0.2.1"), "mail.example"));
        assertEquals(SpfResult.PASS, outcome.result());
    }

    @Test
    void aMappedAddressIsIpv4() throws Exception {
        zone.txt("example.org", "v=spf1 ip4:192.0.2.1 -all");
        byte[] octets = new byte[16];
        octets[10] = -1;
        octets[11] = -1;
        System.arraycopy(Addresses.parse("192.0.2.1").getAddress(), 0, octets, 12, 4);
        SpfRequest request =
                SpfRequest.mailFrom(Inet6Address.getByAddress(null, octets, -1), "mail.example", "a@example.org");
        assertEquals(
                SpfResult.PASS,
                new SpfVerifier(zone, timing, SpfLimits.RFC7208).verify(request).result());
    }

    @ParameterizedTest(name = "{0} from {1}: {2}")
    @CsvSource({
        "ip4:192.0.2.0/0, 203.0.113.1, pass",
        "ip4:128.0.0.0/1, 192.0.2.1, pass",
        "ip4:128.0.0.0/1, 127.0.0.1, fail",
        "ip4:192.0.2.0/31, 192.0.2.1, pass",
        "ip4:192.0.2.0/31, 192.0.2.2, fail",
        "ip4:192.0.2.0/32, 192.0.2.0, pass",
        "ip4:0.0.0.0/0, 2001:db8::1, fail",
        "ip6:::/0, 2001:db8::1, pass",
        "ip6:::/0, 192.0.2.1, fail",
        "ip6:::ffff:192.0.2.1, 192.0.2.1, fail",
        "ip6:2001:db8::/64, 2001:db8::1, pass",
        "ip6:2001:db8::/64, 2001:db8:0:1::1, fail",
        "ip6:2001:db8::/65, 2001:db8::7fff:0:0:1, pass",
        "ip6:2001:db8::/65, 2001:db8::8000:0:0:1, fail",
        "ip6:2001:db8::1/128, 2001:db8::1, pass",
        "ip6:2001:db8::1, 2001:db8::2, fail",
        "ip6:8000::/1, 2001:db8::2, fail",
    })
    void networksAreComparedByPrefix(String mechanism, String ip, String result) throws Exception { // RFC 7208 §5.6
        zone.txt("example.org", "v=spf1 " + mechanism + " -all");
        assertEquals(
                result, verify(ip, "mail.example", "a@example.org").result().keyword());
    }

    @Test
    void tenLookupsAreAllowedAndElevenAreAPermerror() throws Exception { // RFC 7208 §4.6.4
        zone.address("a.example", "198.51.100.1");
        assertEquals(
                SpfResult.FAIL,
                record("v=spf1" + " a:a.example".repeat(10) + " -all").result());
        zone.txt("more.example", "v=spf1" + " a:a.example".repeat(11) + " -all");
        SpfOutcome outcome = verify("user@more.example");
        assertEquals(SpfResult.PERMERROR, outcome.result());
        assertEquals("more than 10 DNS lookups, at a:a.example in the record of more.example", outcome.reason());
    }

    @ParameterizedTest(name = "{0} never ends by itself")
    @ValueSource(
            strings = {
                "include:example.org",
                "redirect=example.org",
                "include:%{d}",
                "redirect=%{d}",
                "-include:example.org"
            })
    void loopsAreAPermerror(String term) throws Exception {
        SpfOutcome outcome = record("v=spf1 " + term);
        assertEquals(SpfResult.PERMERROR, outcome.result(), outcome::reason);
        assertEquals(11, zone.asked().size());
    }

    @Test
    void voidLookupsBeyondTwoArePermerror() throws Exception { // RFC 7208 §4.6.4
        zone.address("x.b.example", "198.51.100.9"); // so that b.example exists without addresses
        assertEquals(
                SpfResult.FAIL,
                record("v=spf1 a:a.example exists:b.example -all").result());
        zone.txt("more.example", "v=spf1 a:a.example exists:b.example mx:c.example -all");
        SpfOutcome outcome = verify("user@more.example");
        assertEquals(SpfResult.PERMERROR, outcome.result());
        assertEquals(
                "more than 2 DNS lookups without result, at mx:c.example in the record of more.example",
                outcome.reason());
    }

    @Test
    void exchangesWithoutAddressesOfTheClientsKindAreNotVoid() throws Exception {
        for (int i = 0; i < 5; i++) {
            zone.mx("example.org", i, "mx" + i + ".example").address("mx" + i + ".example", "192.0.2." + i);
        }
        zone.txt("example.org", "v=spf1 mx -all");
        assertEquals(
                SpfResult.FAIL,
                verify("2001:db8::1", "mail.example", "a@example.org").result());
    }

    @Test
    void theEleventhExchangeIsAPermerrorUnlessOneMatchedBefore() throws Exception { // RFC 7208 §4.6.4
        zone.txt("example.org", "v=spf1 mx -all");
        for (int i = 0; i < 11; i++) {
            zone.mx("example.org", i, "mx" + i + ".example").address("mx" + i + ".example", "198.51.100." + i);
        }
        assertEquals(SpfResult.PERMERROR, verify("a@example.org").result());
        assertEquals(
                SpfResult.PASS,
                verify("198.51.100.9", "mail.example", "a@example.org").result());
        assertEquals(
                SpfResult.PERMERROR,
                verify("198.51.100.10", "mail.example", "a@example.org").result());
    }

    @Test
    void aNullExchangeHasNoHosts() throws Exception { // RFC 7505
        zone.mx("example.org", 0, ".");
        assertEquals(SpfResult.FAIL, record("v=spf1 mx -all").result());
    }

    @Test
    void namesOfTheClientAfterTheTenthAreIgnored() throws Exception { // RFC 7208 §4.6.4
        for (int i = 0; i < 10; i++) {
            zone.ptr("1.2.0.192.in-addr.arpa", "no" + i + ".example.org");
        }
        zone.ptr("1.2.0.192.in-addr.arpa", "yes.example.org").address("yes.example.org", "192.0.2.1");
        assertEquals(SpfResult.FAIL, record("v=spf1 ptr -all").result());
    }

    @ParameterizedTest
    @EnumSource(DnsFailure.class)
    void failuresOfTheDnsAreTemperrors(DnsFailure failure) throws Exception {
        zone.fail("example.org", RecordType.TXT, failure);
        assertEquals(SpfResult.TEMPERROR, verify("a@example.org").result());
        for (String term : List.of("a:f.example", "mx:f.example", "exists:f.example", "include:f.example")) {
            String domain = term.replaceAll("[^a-z]", "") + ".example";
            zone.txt(domain, "v=spf1 " + term + " -all");
            for (RecordType<?> type : List.of(RecordType.A, RecordType.MX, RecordType.TXT)) {
                zone.fail("f.example", type, failure);
            }
            SpfOutcome outcome = verify("a@" + domain);
            assertEquals(SpfResult.TEMPERROR, outcome.result(), term);
            assertTrue(outcome.reason().contains(failure.keyword()), outcome.reason());
        }
        zone.txt("r.example", "v=spf1 redirect=f.example");
        assertEquals(SpfResult.TEMPERROR, verify("a@r.example").result());
        zone.mx("m.example", 10, "f.example").txt("m.example", "v=spf1 mx -all");
        assertEquals(SpfResult.TEMPERROR, verify("a@m.example").result());
        // RFC 7208 §5.5: ptr just doesn't match.
        zone.txt("p.example", "v=spf1 ptr -all").fail("1.2.0.192.in-addr.arpa", RecordType.PTR, failure);
        assertEquals(SpfResult.FAIL, verify("a@p.example").result());
    }

    @ParameterizedTest(name = "included {0} makes {1}")
    @CsvSource({"+all, pass", "-all, fail", "~all, fail", "?all, fail", "moo, permerror"})
    void includedResultsMatchOrNot(String included, String result) throws Exception { // RFC 7208 §5.2
        zone.txt("in.example", "v=spf1 " + included);
        assertEquals(result, record("v=spf1 include:in.example -all").result().keyword());
    }

    @ParameterizedTest(name = "{0} is a permerror")
    @ValueSource(
            strings = {
                "include:none.example",
                "redirect=none.example",
                "include:%{d1}",
                "redirect=%{d1}",
                "include:a..%{d}"
            })
    void absentTargetsArePermerrors(String term) throws Exception { // RFC 7208 §5.2, §6.1
        assertEquals(SpfResult.PERMERROR, record("v=spf1 " + term).result());
    }

    @Test
    void severalRecordsAreAPermerrorAndOtherTextIsIgnored() throws Exception { // RFC 7208 §4.5
        zone.txt("example.org", "something else", "v=spf1 +all", "v=spf2 x");
        assertEquals(SpfResult.PASS, verify("a@example.org").result());
        zone.txt("example.org", "V=SPF1");
        assertEquals(SpfResult.PERMERROR, verify("a@example.org").result());
    }

    @Test
    void aRedirectTakesTheExplanationOfItsTargetAndAnIncludeKeepsTheOwn() throws Exception { // RFC 7208 §6.2
        zone.txt("why.a.example", "a says no").txt("why.b.example", "%{d} says no to %{o}");
        zone.txt("b.example", "v=spf1 -all exp=why.b.example");
        zone.txt("a.example", "v=spf1 exp=why.a.example redirect=b.example");
        zone.txt("c.example", "v=spf1 include:b.example -all exp=why.a.example");
        assertEquals("b.example says no to a.example", verify("x@a.example").explanation());
        assertEquals("a says no", verify("x@c.example").explanation());
    }

    @ParameterizedTest(name = "no explanation by \"{0}\"")
    @ValueSource(strings = {"%{x}", "%", "100% sure", "\u00e4", "%{l}", "tab\t"})
    void badExplanationsAreNone(String text) throws Exception { // RFC 7208 §6.2
        zone.txt("why.example", text).txt("example.org", "v=spf1 -all exp=why.example");
        SpfOutcome outcome = verify("\u00fc@example.org");
        assertEquals(SpfResult.FAIL, outcome.result());
        assertEquals("", outcome.explanation());
    }

    @Test
    void anExplanationIsOfOneRecordThatAnswersAndOfBoundedLength() throws Exception {
        zone.txt("example.org", "v=spf1 -all exp=why.example");
        assertEquals("", verify("a@example.org").explanation());
        zone.fail("why.example", RecordType.TXT, DnsFailure.SERVFAIL);
        assertEquals("", verify("a@example.org").explanation());
        zone.mend("why.example", RecordType.TXT);
        zone.txt("why.example", "%{s}".repeat(10_000));
        assertEquals(512, verify("a@example.org").explanation().length());
        zone.txt("why.example", "another");
        assertEquals("", verify("a@example.org").explanation());
    }

    @Test
    void explanationsHaveABudgetOfTheirOwn() throws Exception { // RFC 7208 §4.6.4
        zone.address("a.example", "198.51.100.1").txt("why.example", "%{p}");
        assertEquals(
                "unknown",
                record("v=spf1" + " a:a.example".repeat(10) + " -all exp=why.example")
                        .explanation());
        zone.txt("p.example", "v=spf1 -all exp=many.example").txt("many.example", "%{p}".repeat(11));
        assertEquals("", verify("a@p.example").explanation());
    }

    @Test
    void internationalNamesAreLookedUpAsALabels() throws Exception { // RFC 8616 §4
        zone.txt("xn--bcher-kva.example", "v=spf1 exists:%{o}.%{d}.%{h}.x -all");
        zone.address("xn--bcher-kva.example.xn--bcher-kva.example.xn--strae-oqa.example.x", "127.0.0.2");
        SpfOutcome outcome = verify("192.0.2.1", "stra\u00dfe.example", "info@b\u00fccher\u3002example");
        assertEquals(SpfResult.PASS, outcome.result(), outcome::reason);
    }

    @ParameterizedTest(name = "{0} matches no international local part")
    @CsvSource({
        "exists:%{l}.example, fail",
        "exists:%{S}.example, fail",
        "include:%{l}.example, fail",
        "a:%{l}.example, fail",
        "mx:%{L}.example, fail",
        "ptr:%{l}.example, fail",
    })
    void termsWithInternationalLocalPartsMatchNothing(String term, String result) throws Exception { // RFC 8616 §4
        zone.txt("example.org", "v=spf1 " + term + " -all");
        assertEquals(result, verify("\u00fc@example.org").result().keyword());
        zone.txt("redirected.example", "v=spf1 redirect=%{l}.example");
        assertEquals(SpfResult.NEUTRAL, verify("\u00fc@redirected.example").result());
    }

    @Test
    void anEscapedInternationalLocalPartMayBeExplained() throws Exception {
        zone.txt("why.example", "http://why/%{L}").txt("example.org", "v=spf1 -all exp=why.example");
        assertEquals("http://why/%C3%BC", verify("\u00fc@example.org").explanation());
    }

    @Test
    void namesTooLongLoseLabelsOnTheLeft() throws Exception { // RFC 7208 §7.3
        String label = "a".repeat(60);
        zone.txt("example.org", "v=spf1 exists:" + (label + ".").repeat(5) + "%{d} -all");
        zone.address((label + ".").repeat(3) + "example.org", "127.0.0.2");
        assertEquals(SpfResult.PASS, verify("a@example.org").result());
    }

    @Test
    void aNameIsExactlyAsLongAsItMayBe() throws Exception {
        String tail = ".example.org";
        String label = "b".repeat(60);
        String fits = (label + ".").repeat(3) + "c".repeat(253 - 183 - tail.length()) + tail;
        assertEquals(253, fits.length());
        zone.txt("example.org", "v=spf1 exists:x." + fits + " -all").address(fits, "127.0.0.2");
        assertEquals(SpfResult.PASS, verify("a@example.org").result());
    }

    @ParameterizedTest(name = "{0} makes no name and matches nothing")
    @ValueSource(strings = {"a:a..example.org", "exists:%{l}.example.org", "mx:%{h}.b.org", "ptr:..%{d}"})
    void targetsThatAreNoNamesMatchNothing(String term) throws Exception { // RFC 7208 §4.8
        zone.txt("example.org", "v=spf1 " + term + " -all");
        SpfOutcome outcome = verify("192.0.2.1", "h".repeat(64), "a".repeat(64) + "@example.org");
        assertEquals(SpfResult.FAIL, outcome.result(), outcome::reason);
    }

    @Test
    void macroBombsExpandNoMoreThanANameHolds() throws Exception {
        String bomb = "%{s}".repeat(16_000);
        zone.txt("example.org", "v=spf1" + (" exists:" + bomb + ".%{d}").repeat(2) + " -all");
        SpfOutcome outcome = verify("192.0.2.1", "mail.example", "x.".repeat(150) + "y@example.org");
        assertEquals(SpfResult.FAIL, outcome.result(), outcome::reason);
    }

    @Test
    void aRecordOf64KibIsEvaluated() throws Exception {
        StringBuilder record = new StringBuilder("v=spf1");
        for (int i = 0; record.length() < 65_000; i++) {
            record.append(" ip4:10.")
                    .append(i / 250)
                    .append('.')
                    .append(i % 250)
                    .append(".0/24");
        }
        assertEquals(SpfResult.PASS, record(record + " ip4:192.0.2.1 -all").result());
    }

    @Test
    void theResultIsAuthenticWhenAllAnswersAre() throws Exception {
        zone.txt("signed.example", "v=spf1 a:in.signed.example -all").signed("signed.example");
        zone.txt("half.signed.example", "v=spf1 a:unsigned.example -all");
        assertTrue(verify("a@signed.example").authentic());
        assertFalse(verify("a@half.signed.example").authentic());
        assertTrue(verify("a@none.signed.example").authentic());
        assertFalse(verify("a@none.example").authentic());
    }

    @Test
    void theTimeForAllLookupsTogetherIsBounded() throws Exception { // RFC 7208 §4.6.4
        Resolver slow = new Resolver() {
            @Override
            public <R> Answer<R> lookup(DnsName name, RecordType<R> type) throws InterruptedException {
                timing.advance(Duration.ofSeconds(8));
                return zone.lookup(name, type);
            }
        };
        zone.address("a.example", "198.51.100.1").txt("example.org", "v=spf1" + " a:a.example".repeat(9) + " -all");
        SpfOutcome outcome = new SpfVerifier(slow, timing, SpfLimits.RFC7208)
                .verify(SpfRequest.mailFrom(Addresses.parse("192.0.2.1"), "mail.example", "a@example.org"));
        assertEquals(SpfResult.TEMPERROR, outcome.result());
        assertEquals("no time left to ask for A of a.example", outcome.reason());
        assertEquals(3, zone.asked().size());
    }

    @Test
    void anInterruptEndsTheEvaluation() throws Exception {
        zone.txt("example.org", "v=spf1 -all");
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> verify("a@example.org"));
        assertFalse(Thread.interrupted());
    }

    @Test
    void aRecordThatIsNotPublishedCanBeEvaluated() throws Exception {
        SpfVerifier verifier = new SpfVerifier(zone, timing, SpfLimits.RFC7208);
        SpfOutcome outcome = verifier.evaluate(
                SpfRecord.parse("v=spf1 ip4:192.0.2.1 -all"),
                SpfRequest.mailFrom(Addresses.parse("192.0.2.1"), "mail.example", "a", DnsName.parse("example.org")));
        assertEquals(SpfResult.PASS, outcome.result());
        assertEquals(List.of(), zone.asked());
    }

    @Test
    void lookupTellsWhatADomainPublishes() throws Exception {
        SpfVerifier verifier = new SpfVerifier(zone, timing, SpfLimits.RFC7208);
        zone.txt("example.org", "v=spf1 -all").txt("bad.example", "v=spf1 moo");
        assertEquals(
                new SpfLookup.Found(SpfRecord.parse("v=spf1 -all"), false),
                verifier.lookup(DnsName.parse("example.org")));
        assertEquals(
                new SpfLookup.Absent(
                        SpfResult.PERMERROR,
                        "record of bad.example: a mechanism, or a modifier with = at offset 7 (RFC 7208 §12)",
                        false),
                verifier.lookup(DnsName.parse("bad.example")));
    }
}
