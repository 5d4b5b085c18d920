package org.moxmail.dmarc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.moxmail.dns.DnsFailure;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.PublicSuffixList;
import org.moxmail.dns.RecordType;
import org.moxmail.dns.SyntaxException;
import org.moxmail.dns.testing.ZoneResolver;

class DmarcVerifierTest {
    private static final PublicSuffixList SUFFIXES = PublicSuffixList.bundled(PublicSuffixList.Part.ICANN);

    private static DnsName name(String text) {
        try {
            return DnsName.parse(text);
        } catch (SyntaxException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static AuthenticatedDomain dkim(String domain) {
        return AuthenticatedDomain.dkim(name(domain), AuthenticationResult.PASS);
    }

    private static DmarcOutcome verify(ZoneResolver zone, String author, AuthenticatedDomain... identifiers)
            throws InterruptedException {
        return new DmarcVerifier(zone, DmarcLimits.DEFAULT).verify(DmarcRequest.of(name(author), identifiers));
    }

    private static DmarcOutcome verify7489(
            ZoneResolver zone, RandomGenerator random, String author, AuthenticatedDomain... identifiers)
            throws InterruptedException {
        return DmarcVerifier.rfc7489(zone, SUFFIXES, random, DmarcLimits.DEFAULT)
                .verify(DmarcRequest.of(name(author), identifiers));
    }

    // RFC 9989 §4.10.1 and §3.2.13
    @ParameterizedTest
    @CsvSource({
        "real.example.com, none, sp",
        "gone.example.com, reject, np",
        "above.example.com, none, sp",
        "dmarc.example.com, none, sp",
        "example.com, quarantine, p"
    })
    void thePolicyOfANameDependsOnItsExistence(String author, String policy, String tag) throws Exception {
        ZoneResolver zone = new ZoneResolver()
                .txt("_dmarc.example.com", "v=DMARC1; p=quarantine; sp=none; np=reject")
                .txt("real.example.com", "here")
                .txt("www.above.example.com", "an empty non-terminal exists")
                .txt("_dmarc.dmarc.example.com", "something else");
        DmarcOutcome outcome = verify(zone, author);
        assertEquals(DmarcResult.FAIL, outcome.result());
        assertEquals(policy, outcome.disposition().keyword());
        assertEquals(tag, outcome.published().orElseThrow().source().tag());
    }

    @Test
    void nobodyAsksWhetherANameExistsWithoutNeed() throws Exception {
        ZoneResolver zone = new ZoneResolver().txt("_dmarc.example.com", "v=DMARC1; p=quarantine; sp=none");
        verify(zone, "gone.example.com");
        assertEquals(List.of("TXT _dmarc.gone.example.com", "TXT _dmarc.example.com", "TXT _dmarc.com"), zone.asked());
    }

    @Test
    void whetherANameExistsMayBeUnknown() throws Exception {
        ZoneResolver zone = new ZoneResolver()
                .txt("_dmarc.example.com", "v=DMARC1; p=none; np=reject")
                .fail("gone.example.com", RecordType.A, DnsFailure.TIMEOUT);
        assertEquals(DmarcResult.TEMPERROR, verify(zone, "gone.example.com").result());
    }

    // RFC 9989 §4.10, step 2
    @Test
    void severalRecordsAreNone() throws Exception {
        ZoneResolver zone = new ZoneResolver()
                .txt("_dmarc.sub.example.com", "v=DMARC1; p=reject", "v=spf1 -all", "v=DMARC1; p=reject")
                .txt("_dmarc.example.com", "v=DMARC1; p=none; sp=quarantine", "unrelated", "v=DMARC2; p=reject");
        DmarcOutcome outcome = verify(zone, "sub.example.com");
        assertEquals(name("example.com"), outcome.published().orElseThrow().policyDomain());
        // RFC 7489 §6.6.3, step 5: discovery terminates
        DmarcOutcome old = verify7489(zone, new SplittableRandom(1), "sub.example.com");
        assertEquals(DmarcResult.NONE, old.result());
        assertTrue(old.reason().contains("more than one record"), old.reason());
    }

    @Test
    void withoutRecordNothingApplies() throws Exception {
        DmarcOutcome outcome = verify(new ZoneResolver(), "a.example.com", dkim("a.example.com"));
        assertEquals(DmarcResult.NONE, outcome.result());
        assertEquals(DmarcPolicy.NONE, outcome.disposition());
        assertEquals(Optional.empty(), outcome.published());
    }

    // RFC 9989 §5.3.6
    @Test
    void anAnswerThatIsMissingIsATemperror() throws Exception {
        ZoneResolver zone = new ZoneResolver()
                .txt("_dmarc.example.com", "v=DMARC1; p=reject")
                .fail("_dmarc.a.example.com", RecordType.TXT, DnsFailure.SERVFAIL)
                .fail("_dmarc.net", RecordType.TXT, DnsFailure.BOGUS);
        DmarcOutcome outcome = verify(zone, "a.example.com", dkim("a.example.com"));
        assertEquals(DmarcResult.TEMPERROR, outcome.result());
        assertTrue(outcome.reason().contains("_dmarc.a.example.com"), outcome.reason());
        assertEquals(DmarcResult.TEMPERROR, verify(zone, "example.net").result());
        // A signature whose organization can't be found out decides nothing else.
        assertEquals(
                DmarcResult.TEMPERROR,
                verify(zone, "example.com", dkim("a.example.com")).result());
        assertEquals(
                DmarcResult.PASS,
                verify(zone, "example.com", dkim("a.example.com"), dkim("example.com"))
                        .result());
    }

    @Test
    void theDnsIsAskedOnlyForWhatDecides() throws Exception {
        ZoneResolver zone = new ZoneResolver()
                .txt("_dmarc.example.com", "v=DMARC1; p=reject")
                .fail("_dmarc.com", RecordType.TXT, DnsFailure.SERVFAIL);
        assertEquals(
                DmarcResult.PASS,
                verify(zone, "example.com", dkim("example.com")).result());
        assertEquals(List.of("TXT _dmarc.example.com"), zone.asked());
        assertEquals(
                DmarcResult.FAIL,
                verify(zone, "example.com", dkim("example.net")).result());
    }

    @Test
    void namesThatSeveralWalksShareAreAskedForOnce() throws Exception {
        ZoneResolver zone = new ZoneResolver().txt("_dmarc.example.com", "v=DMARC1; p=reject");
        DmarcOutcome outcome = verify(zone, "a.example.com", dkim("b.example.com"), dkim("other.example.net"));
        assertEquals(DmarcResult.PASS, outcome.result());
        assertEquals(zone.asked().stream().distinct().toList(), zone.asked());
        assertFalse(zone.asked().contains("TXT _dmarc.other.example.net"));
    }

    // RFC 9989 §5.3.6, as far as the identifier is one that was required
    @Test
    void aMechanismWithoutResultMattersIfItIsAligned() throws Exception {
        ZoneResolver zone = new ZoneResolver().txt("_dmarc.example.com", "v=DMARC1; p=reject");
        AuthenticatedDomain aligned =
                AuthenticatedDomain.mailFrom(name("bounce.example.com"), AuthenticationResult.TEMPERROR);
        AuthenticatedDomain madeUp =
                AuthenticatedDomain.dkim(name("attacker.example.net"), AuthenticationResult.TEMPERROR);
        assertEquals(DmarcResult.TEMPERROR, verify(zone, "example.com", aligned).result());
        assertEquals(
                DmarcResult.PASS,
                verify(zone, "example.com", aligned, dkim("example.com")).result());
        assertEquals(DmarcResult.FAIL, verify(zone, "example.com", madeUp).result());
    }

    // RFC 9989 §3.2.4
    @Test
    void heloCountsForANullReversePathOnly() throws Exception {
        ZoneResolver zone = new ZoneResolver().txt("_dmarc.example.com", "v=DMARC1; p=reject");
        DmarcVerifier verifier = new DmarcVerifier(zone, DmarcLimits.DEFAULT);
        DmarcRequest request = DmarcRequest.of(
                name("example.com"), AuthenticatedDomain.helo(name("mail.example.com"), AuthenticationResult.PASS));
        assertEquals(DmarcResult.FAIL, verifier.verify(request).result());
        DmarcOutcome bounce = verifier.verify(request.withNullReversePath());
        assertEquals(DmarcResult.PASS, bounce.result());
        assertTrue(bounce.spfAligned());
        assertFalse(bounce.dkimAligned());
    }

    @ParameterizedTest
    @CsvSource({"FAIL", "SOFTFAIL", "NEUTRAL", "NONE", "POLICY", "PERMERROR"})
    void onlyAPassAuthenticates(AuthenticationResult result) throws Exception {
        ZoneResolver zone = new ZoneResolver().txt("_dmarc.example.com", "v=DMARC1; p=reject");
        assertEquals(
                DmarcResult.FAIL,
                verify(
                                zone,
                                "example.com",
                                AuthenticatedDomain.dkim(name("example.com"), result),
                                AuthenticatedDomain.mailFrom(name("example.com"), result))
                        .result());
    }

    // RFC 9989 §4.7, t
    @ParameterizedTest
    @CsvSource({"reject, quarantine, TESTING", "quarantine, none, TESTING", "none, none, NOT"})
    void testingLowersThePolicy(String published, String applied, DmarcOutcome.Lowered lowered) throws Exception {
        ZoneResolver zone = new ZoneResolver().txt("_dmarc.example.com", "v=DMARC1; t=y; pct=0; p=" + published);
        DmarcOutcome outcome = verify(zone, "example.com");
        assertEquals(applied, outcome.disposition().keyword());
        assertEquals(lowered, outcome.lowered());
    }

    // RFC 7489 §6.6.4
    @Test
    void percentIsAShareOfFailingMail() throws Exception {
        ZoneResolver zone = new ZoneResolver().txt("_dmarc.example.com", "v=DMARC1; p=reject; pct=25; t=y");
        int rejected = 0;
        RandomGenerator random = new SplittableRandom(17);
        for (int i = 0; i < 4000; i++) {
            DmarcOutcome outcome = verify7489(zone, random, "example.com");
            boolean sampled = outcome.lowered() == DmarcOutcome.Lowered.NOT;
            assertEquals(sampled ? DmarcPolicy.REJECT : DmarcPolicy.QUARANTINE, outcome.disposition());
            rejected += sampled ? 1 : 0;
        }
        assertTrue(rejected > 900 && rejected < 1100, () -> "not a quarter");
        zone.txt("_dmarc.none.example", "v=DMARC1; p=reject; pct=0");
        assertEquals(
                DmarcOutcome.Lowered.SAMPLED_OUT,
                verify7489(zone, random, "none.example").lowered());
    }

    // RFC 7489 §3.2 and §6.6.3
    @Test
    void theOldStandardLooksInTwoPlaces() throws Exception {
        ZoneResolver zone = new ZoneResolver()
                .txt("_dmarc.b.example.co.uk", "v=DMARC1; p=none")
                .txt("_dmarc.example.co.uk", "v=DMARC1; p=reject; sp=quarantine; np=none")
                .txt("_dmarc.co.uk", "v=DMARC1; p=reject");
        RandomGenerator random = new SplittableRandom(1);
        DmarcOutcome outcome = verify7489(zone, random, "a.b.example.co.uk");
        assertEquals(DmarcPolicy.QUARANTINE, outcome.disposition());
        assertEquals(List.of("TXT _dmarc.a.b.example.co.uk", "TXT _dmarc.example.co.uk"), zone.asked());
        // A suffix isn't anybody's organization.
        assertEquals(
                DmarcResult.FAIL,
                verify7489(zone, random, "example.co.uk", dkim("co.uk"), dkim("other.co.uk"))
                        .result());
        assertEquals(
                DmarcResult.PASS,
                verify7489(zone, random, "example.co.uk", dkim("a.b.example.co.uk"))
                        .result());
    }

    // RFC 9991 §2
    @Test
    void aPublicSuffixGetsNoFailureReports() throws Exception {
        ZoneResolver zone = new ZoneResolver()
                .txt("_dmarc.bank.example", "v=DMARC1; p=reject; psd=y; ruf=mailto:a@bank.example")
                .txt("_dmarc.example.com", "v=DMARC1; p=reject; ruf=mailto:a@example.com");
        DmarcLookup.Found suffix =
                verify(zone, "giant.bank.example").published().orElseThrow();
        assertEquals(1, suffix.record().failureReports().size());
        assertEquals(List.of(), suffix.failureReports());
        assertEquals(
                1,
                verify(zone, "example.com")
                        .published()
                        .orElseThrow()
                        .failureReports()
                        .size());
    }

    // RFC 9989 §11.5
    @Test
    void ofSeveralAuthorsTheStrictestPolicyDecides() throws Exception {
        ZoneResolver zone = new ZoneResolver()
                .txt("_dmarc.good.example", "v=DMARC1; p=reject")
                .txt("_dmarc.quarantine.example", "v=DMARC1; p=quarantine")
                .txt("_dmarc.reject.example", "v=DMARC1; p=reject");
        List<DnsName> authors = List.of(name("quarantine.example"), name("reject.example"), name("good.example"));
        DmarcRequest all = new DmarcRequest(authors, List.of(dkim("good.example")), false);
        DmarcOutcome outcome = new DmarcVerifier(zone, new DmarcLimits(3, 20)).verify(all);
        assertEquals(DmarcPolicy.REJECT, outcome.disposition());
        assertEquals(Optional.of(name("reject.example")), outcome.authorDomain());
        DmarcVerifier one = new DmarcVerifier(zone, DmarcLimits.DEFAULT);
        assertEquals(DmarcResult.PERMERROR, one.verify(all).result());
        assertEquals(
                DmarcResult.NONE,
                one.verify(new DmarcRequest(List.of(), List.of(), false)).result());
        // Somebody without a policy can't hide behind one who passes.
        DmarcRequest mixed = new DmarcRequest(
                List.of(name("good.example"), name("unknown.test")), List.of(dkim("good.example")), false);
        assertEquals(
                DmarcResult.NONE,
                new DmarcVerifier(zone, new DmarcLimits(2, 20)).verify(mixed).result());
    }

    @Test
    void moreSignaturesThanTheLimitCostNothing() throws Exception {
        ZoneResolver zone = new ZoneResolver().txt("_dmarc.example.com", "v=DMARC1; p=reject");
        for (int i = 0; i < 100; i++) {
            zone.txt("_dmarc.s" + i + ".example.com", "v=DMARC1; p=none; psd=n");
        }
        List<AuthenticatedDomain> identifiers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            identifiers.add(dkim("s" + i + ".example.com"));
        }
        identifiers.add(dkim("example.com"));
        DmarcOutcome outcome = new DmarcVerifier(zone, new DmarcLimits(1, 5))
                .verify(new DmarcRequest(List.of(name("example.com")), identifiers, false));
        assertEquals(DmarcResult.PASS, outcome.result());
        assertTrue(zone.asked().size() < 10, () -> zone.asked().toString());
    }

    @Test
    void dnssecCoversAllThatWasAsked() throws Exception {
        ZoneResolver zone = new ZoneResolver()
                .txt("_dmarc.example.com", "v=DMARC1; p=reject")
                .txt("_dmarc.sub.example.com", "v=DMARC1; p=none")
                .signed("example.com");
        assertTrue(verify(zone, "example.com", dkim("example.com")).authentic());
        // _dmarc.com isn't signed here, and the walk needs it.
        assertFalse(verify(zone, "example.com", dkim("sub.example.com")).authentic());
        assertTrue(verify7489(zone, new SplittableRandom(1), "example.com", dkim("sub.example.com"))
                .authentic());
    }

    // RFC 9989 §5.3.1, RFC 8616
    @Test
    void internationalAuthorsAreLookedUpByALabels() throws Exception {
        ZoneResolver zone = new ZoneResolver().txt("_dmarc.xn--bcher-kva.example", "v=DMARC1; p=reject");
        AuthorDomains authors = AuthorDomains.of(List.of("\"B\u00fccher\" <info@B\u00dcCHER.example>"));
        assertTrue(authors.single());
        DmarcOutcome outcome = new DmarcVerifier(zone, DmarcLimits.DEFAULT)
                .verify(new DmarcRequest(authors.domains(), List.of(dkim("mail.b\u00fccher.example")), false));
        assertEquals(DmarcResult.PASS, outcome.result());
        assertEquals("TXT _dmarc.xn--bcher-kva.example", zone.asked().getFirst());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a@example.com | example.com | true",
                "a@example.com, b@EXAMPLE.com | example.com | true",
                "a@example.com, b@example.net | example.com,example.net | false",
                "a@[192.0.2.1] | '' | false",
                "a@example.com, b@[192.0.2.1] | example.com | false",
                "group: a@example.com, b@example.net; | example.com,example.net | false",
                "undisclosed:; | '' | false",
                "nobody | '' | false"
            })
    void authorsAreTakenFromTheHeader(String from, String domains, boolean single) {
        AuthorDomains authors = AuthorDomains.of(List.of(from));
        assertEquals(
                domains,
                String.join(",", authors.domains().stream().map(DnsName::ascii).toList()));
        assertEquals(single, authors.single());
    }

    @Test
    void twoFromFieldsAreNotOneAuthor() {
        assertFalse(AuthorDomains.of(List.of("a@example.com", "a@example.com")).single());
        assertFalse(AuthorDomains.of(List.of()).single());
    }

    @Test
    void anEvaluationOfAResolvedRecordAllocatesLittle() throws Exception {
        ZoneResolver zone = new ZoneResolver().txt("_dmarc.example.com", "v=DMARC1; p=reject");
        DmarcVerifier verifier = DmarcVerifier.rfc7489(zone, SUFFIXES, new SplittableRandom(1), DmarcLimits.DEFAULT);
        DmarcLookup lookup = verifier.lookup(name("example.com"));
        DmarcRequest request = DmarcRequest.of(
                name("example.com"),
                dkim("example.com"),
                AuthenticatedDomain.mailFrom(name("bounce.example.com"), AuthenticationResult.PASS));
        assertInstanceOf(DmarcLookup.Found.class, lookup);
        // By reflection: the module under test doesn't read that of the JDK's counters.
        Object bean = Objects.requireNonNull(Class.forName("java.lang.management.ManagementFactory")
                .getMethod("getThreadMXBean")
                .invoke(null));
        Method count = Class.forName("com.sun.management.ThreadMXBean").getMethod("getCurrentThreadAllocatedBytes");
        int rounds = 20_000;
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            long before = (long) Objects.requireNonNull(count.invoke(bean));
            for (int i = 0; i < rounds; i++) {
                assertTrue(verifier.evaluate(lookup, request).spfAligned());
            }
            long after = (long) Objects.requireNonNull(count.invoke(bean));
            best = Math.min(best, (after - before) / rounds);
        }
        long least = best;
        assertTrue(least <= 1024, () -> least + " bytes an evaluation");
    }
}
