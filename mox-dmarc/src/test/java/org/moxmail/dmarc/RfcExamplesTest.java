package org.moxmail.dmarc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.PublicSuffixList;
import org.moxmail.dns.testing.ZoneResolver;

/** The examples of RFC 9989, and those of RFC 7489 that it doesn't repeat. */
class RfcExamplesTest {
    private static DnsName name(String text) throws Exception {
        return DnsName.parse(text);
    }

    private static DmarcVerifier verifier(ZoneResolver zone) {
        return new DmarcVerifier(zone, DmarcLimits.DEFAULT);
    }

    private static DmarcOutcome spf(ZoneResolver zone, String author, String mailFrom) throws Exception {
        return verifier(zone)
                .verify(DmarcRequest.of(
                        name(author), AuthenticatedDomain.mailFrom(name(mailFrom), AuthenticationResult.PASS)));
    }

    private static DmarcOutcome dkim(ZoneResolver zone, String author, String signer) throws Exception {
        return verifier(zone)
                .verify(DmarcRequest.of(
                        name(author), AuthenticatedDomain.dkim(name(signer), AuthenticationResult.PASS)));
    }

    // RFC 9989 §4.10
    @Test
    void aFullWalkTakesEightQueries() throws Exception {
        ZoneResolver zone = new ZoneResolver();
        verifier(zone).organizationalDomain(name("a.b.c.d.e.f.g.h.i.j.mail.example.com"));
        assertEquals(
                Stream.of(
                                "_dmarc.a.b.c.d.e.f.g.h.i.j.mail.example.com",
                                "_dmarc.g.h.i.j.mail.example.com",
                                "_dmarc.h.i.j.mail.example.com",
                                "_dmarc.i.j.mail.example.com",
                                "_dmarc.j.mail.example.com",
                                "_dmarc.mail.example.com",
                                "_dmarc.example.com",
                                "_dmarc.com")
                        .map(name -> "TXT " + name)
                        .toList(),
                zone.asked());
    }

    // RFC 9989 §4.10.2
    @ParameterizedTest
    @CsvSource({
        "_dmarc.mail.example.com v=DMARC1, _dmarc.example.com v=DMARC1, example.com",
        "_dmarc.mail.example.com v=DMARC1;psd=n, _dmarc.example.com v=DMARC1, mail.example.com",
        "_dmarc.com v=DMARC1;psd=y, x.test v=DMARC1, example.com"
    })
    void organizationalDomainOfAMailExampleCom(String one, String other, String expected) throws Exception {
        ZoneResolver zone = new ZoneResolver();
        for (String record : List.of(one, other)) {
            zone.txt(record.split(" ")[0], record.split(" ")[1]);
        }
        assertEquals(
                new OrganizationalDomain.Known(name(expected), false),
                verifier(zone).organizationalDomain(name("a.mail.example.com")));
    }

    // RFC 9989 §5.1.8
    @Test
    void aZoneCutBelowTheSeventhLabelIsNotSeen() throws Exception {
        ZoneResolver zone = new ZoneResolver()
                .txt("_dmarc.example.com", "v=DMARC1; p=none")
                .txt("_dmarc.b.c.d.e.f.g.example.com", "v=DMARC1; p=reject; psd=n");
        DmarcLookup lookup = verifier(zone).lookup(name("mail.a.b.c.d.e.f.g.example.com"));
        assertEquals(name("example.com"), ((DmarcLookup.Found) lookup).policyDomain());
        assertEquals(
                Stream.of(
                                "mail.a.b.c.d.e.f.g.example.com",
                                "c.d.e.f.g.example.com",
                                "d.e.f.g.example.com",
                                "e.f.g.example.com",
                                "f.g.example.com",
                                "g.example.com",
                                "example.com",
                                "com")
                        .map(name -> "TXT _dmarc." + name)
                        .toList(),
                zone.asked());
    }

    // RFC 9989 §B.1.1 and §B.1.2; RFC 7489 §B.1
    @ParameterizedTest
    @CsvSource({
        "example.com, example.com, s, true",
        "example.com, child.example.com, r, true",
        "example.com, child.example.com, s, false",
        "child.example.com, example.com, r, true",
        "child.example.com, example.net, r, false"
    })
    void identifiersAlign(String author, String authenticated, String mode, boolean aligned) throws Exception {
        ZoneResolver zone =
                new ZoneResolver().txt("_dmarc.example.com", "v=DMARC1; p=reject; adkim=" + mode + "; aspf=" + mode);
        DmarcResult expected = aligned ? DmarcResult.PASS : DmarcResult.FAIL;
        assertEquals(expected, spf(zone, author, authenticated).result());
        assertEquals(expected, dkim(zone, author, authenticated).result());
        DmarcVerifier old = DmarcVerifier.rfc7489(
                zone,
                PublicSuffixList.bundled(PublicSuffixList.Part.ICANN),
                new SplittableRandom(1),
                DmarcLimits.DEFAULT);
        assertEquals(
                expected,
                old.verify(DmarcRequest.of(
                                name(author), AuthenticatedDomain.dkim(name(authenticated), AuthenticationResult.PASS)))
                        .result());
    }

    // RFC 9989 §B.2.1, §B.2.2, §B.2.3 and §B.2.5; RFC 7489 §B.2.1, §B.2.2 and §B.2.4
    @Test
    void recordsOfADomainOwner() throws Exception {
        DmarcRecord monitoring = DmarcRecord.parse("v=DMARC1; p=none; rua=mailto:dmarc-feedback@example.com");
        assertEquals(DmarcPolicy.NONE, monitoring.policy());
        assertEquals(
                "dmarc-feedback@example.com",
                address(monitoring.aggregateReports().getFirst()));
        assertFalse(monitoring.testing());

        DmarcRecord failures = DmarcRecord.parse("v=DMARC1; p=none; rua=mailto:dmarc-feedback@example.com; "
                + "ruf=mailto:auth-reports@thirdparty.example.net");
        assertEquals(
                "auth-reports@thirdparty.example.net",
                address(failures.failureReports().getFirst()));
        assertEquals(List.of(FailureOption.ALL), failures.failureOptions());

        DmarcRecord testing = DmarcRecord.parse("v=DMARC1; p=quarantine; "
                + "rua=mailto:dmarc-feedback@example.com,mailto:tld-test@thirdparty.example.net; t=y");
        assertEquals(DmarcPolicy.QUARANTINE, testing.policy());
        assertEquals(2, testing.aggregateReports().size());
        assertTrue(testing.testing());

        DmarcRecord sampled = DmarcRecord.parse(
                "v=DMARC1; p=quarantine; rua=mailto:dmarc-feedback@example.com,"
                        + "mailto:tld-test@thirdparty.example.net!10m; pct=25",
                DmarcStandard.RFC7489);
        assertEquals(25, sampled.percent());
        assertEquals(10 << 20, sampled.aggregateReports().get(1).maxBytes().orElseThrow());
    }

    private static String address(ReportUri uri) {
        return uri.address().orElseThrow().toString();
    }

    // RFC 7489 §6.4: the ABNF's "rua=mailto:reports@example.com!50m" in words
    @Test
    void aSizeHasAUnitOfPowersOf1024() throws Exception {
        assertEquals(
                50L << 20,
                ReportUri.parse("mailto:reports@example.com!50m").maxBytes().orElseThrow());
    }

    // RFC 9989 §B.3.1
    @Test
    void anSmtpSession() throws Exception {
        ZoneResolver zone = new ZoneResolver()
                .txt("_dmarc.example.com", "v=DMARC1; p=reject; aspf=r; rua=mailto:dmarc-feedback@example.com");
        DmarcOutcome outcome = verifier(zone)
                .verify(DmarcRequest.of(
                        name("example.com"),
                        AuthenticatedDomain.mailFrom(name("mail.example.com"), AuthenticationResult.PASS),
                        AuthenticatedDomain.dkim(name("example.com"), AuthenticationResult.PASS)));
        assertEquals(DmarcResult.PASS, outcome.result());
        assertEquals(DmarcPolicy.NONE, outcome.disposition());
        assertTrue(outcome.spfAligned() && outcome.dkimAligned());
    }

    // RFC 9989 §B.4.1
    @Test
    void aSimpleWalk() throws Exception {
        ZoneResolver zone = new ZoneResolver()
                .txt("_dmarc.example.com", "v=DMARC1; p=reject")
                .txt("_dmarc.signing.example.com", "v=DMARC1; p=none");
        assertEquals(DmarcResult.PASS, spf(zone, "example.com", "example.com").result());
        DmarcOutcome signed = dkim(zone, "example.com", "signing.example.com");
        assertEquals(DmarcResult.PASS, signed.result());
        assertEquals(name("example.com"), signed.published().orElseThrow().policyDomain());
    }

    // RFC 9989 §B.4.2
    @Test
    void aDeepWalk() throws Exception {
        ZoneResolver zone = new ZoneResolver()
                .txt("_dmarc.example.com", "v=DMARC1; p=reject")
                .txt("_dmarc.signing.example.com", "v=DMARC1; p=none");
        String author = "a.b.c.d.e.f.g.h.i.j.k.example.com";
        assertEquals(DmarcResult.PASS, spf(zone, author, "example.com").result());
        assertEquals(
                Stream.of("a.b.c.d.e.f.g.h.i.j.k", "g.h.i.j.k", "h.i.j.k", "i.j.k", "j.k", "k")
                        .map(name -> "TXT _dmarc." + name + ".example.com")
                        .toList(),
                zone.asked().subList(0, 6));
        DmarcOutcome signed = dkim(zone, author, "signing.example.com");
        assertEquals(DmarcResult.PASS, signed.result());
        assertEquals(name("example.com"), signed.published().orElseThrow().policyDomain());
    }

    // RFC 9989 §B.4.3
    @Test
    void aWalkThatEndsAtAPublicSuffix() throws Exception {
        ZoneResolver zone = new ZoneResolver()
                .txt("_dmarc.bank.example", "v=DMARC1; p=reject; psd=y")
                .txt("_dmarc.giant.bank.example", "v=DMARC1; p=quarantine");
        DmarcOutcome sent = spf(zone, "giant.bank.example", "mail.giant.bank.example");
        assertEquals(DmarcResult.PASS, sent.result());
        assertEquals(name("giant.bank.example"), sent.published().orElseThrow().policyDomain());
        DmarcOutcome signed = dkim(zone, "giant.bank.example", "mail.mega.bank.example");
        assertEquals(DmarcResult.FAIL, signed.result());
        assertEquals(DmarcPolicy.QUARANTINE, signed.disposition());
        assertEquals(
                new OrganizationalDomain.Known(name("mega.bank.example"), false),
                verifier(zone).organizationalDomain(name("mail.mega.bank.example")));
        assertFalse(zone.asked().contains("TXT _dmarc.example"), "the walk goes on above the suffix");
    }
}
