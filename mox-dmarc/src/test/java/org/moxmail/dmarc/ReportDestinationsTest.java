package org.moxmail.dmarc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.dns.DnsFailure;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.RecordType;
import org.moxmail.dns.testing.ZoneResolver;

class ReportDestinationsTest {
    private static final String NAME = "blue.example.com._report._dmarc.red.example.net";

    private static DestinationOutcome verify(ZoneResolver zone, String domain, String uri, ReportDestinations.Kind kind)
            throws Exception {
        return new ReportDestinations(zone, new DmarcVerifier(zone, DmarcLimits.DEFAULT))
                .verify(DnsName.parse(domain), ReportUri.parse(uri), kind);
    }

    private static DestinationOutcome verify(ZoneResolver zone, String domain, String uri) throws Exception {
        return verify(zone, domain, uri, ReportDestinations.Kind.AGGREGATE);
    }

    private static DestinationOutcome accepted(String uri, boolean external) throws Exception {
        return new DestinationOutcome.Accepted(List.of(ReportUri.parse(uri)), external, false);
    }

    // RFC 9990 §4, RFC 7489 §7.1: the example
    @ParameterizedTest
    @ValueSource(strings = {"v=DMARC1", "v=DMARC1;", "v=DMARC1; p=bogus; x"})
    void aRecordAgrees(String txt) throws Exception {
        ZoneResolver zone = new ZoneResolver().txt(NAME, "unrelated", txt);
        String uri = "mailto:reports@red.example.net";
        assertEquals(accepted(uri, true), verify(zone, "blue.example.com", uri));
        assertTrue(zone.asked().contains("TXT " + NAME));
    }

    // RFC 9989 §B.2.3
    @Test
    void aThirdPartyAgreesToFailureReports() throws Exception {
        ZoneResolver zone = new ZoneResolver().txt("example.com._report._dmarc.thirdparty.example.net", "v=DMARC1;");
        String uri = "mailto:auth-reports@thirdparty.example.net";
        assertEquals(accepted(uri, true), verify(zone, "example.com", uri, ReportDestinations.Kind.FAILURE));
    }

    // RFC 9989 §B.2.4
    @Test
    void aThirdPartyOverridesTheAddress() throws Exception {
        ZoneResolver zone = new ZoneResolver()
                .txt(
                        "example.com._report._dmarc.thirdparty.example.net",
                        "v=DMARC1; rua=mailto:aggregate-reports@thirdparty.example.net; "
                                + "ruf=mailto:failure-reports@thirdparty.example.net");
        String uri = "mailto:auth-reports@thirdparty.example.net";
        assertEquals(
                accepted("mailto:failure-reports@thirdparty.example.net", true),
                verify(zone, "example.com", uri, ReportDestinations.Kind.FAILURE));
        assertEquals(
                accepted("mailto:aggregate-reports@thirdparty.example.net", true), verify(zone, "example.com", uri));
    }

    @Test
    void anOverrideMustHaveTheSameHost() throws Exception {
        ZoneResolver zone = new ZoneResolver().txt(NAME, "v=DMARC1; rua=mailto:victim@example.org");
        DestinationOutcome outcome = verify(zone, "blue.example.com", "mailto:reports@red.example.net");
        assertTrue(assertInstanceOf(DestinationOutcome.Refused.class, outcome)
                .reason()
                .contains("elsewhere"));
    }

    @Test
    void withoutRecordNothingIsSent() throws Exception {
        ZoneResolver zone = new ZoneResolver().txt(NAME, "v=DMARC2", "v=spf1 -all");
        assertInstanceOf(
                DestinationOutcome.Refused.class, verify(zone, "blue.example.com", "mailto:a@red.example.net"));
        assertInstanceOf(DestinationOutcome.Refused.class, verify(zone, "blue.example.com", "mailto:nobody"));
        assertInstanceOf(DestinationOutcome.Refused.class, verify(zone, "blue.example.com", "https://192.0.2.1/"));
    }

    @Test
    void theSameOrganizationNeedsNoRecord() throws Exception {
        ZoneResolver zone = new ZoneResolver().txt("_dmarc.example.com", "v=DMARC1; p=none");
        assertEquals(
                accepted("mailto:a@mail.example.com", false), verify(zone, "example.com", "mailto:a@mail.example.com"));
        DestinationOutcome own = verify(new ZoneResolver(), "example.com", "mailto:a@example.com");
        assertInstanceOf(DestinationOutcome.Accepted.class, own);
    }

    @Test
    void aNameThatIsTooLongIsRefused() throws Exception {
        String domain = ("a".repeat(60) + ".").repeat(3) + "example.com";
        String host = ("b".repeat(60) + ".").repeat(2) + "example.net";
        assertInstanceOf(DestinationOutcome.Refused.class, verify(new ZoneResolver(), domain, "https://" + host + "/"));
    }

    @Test
    void anAnswerThatIsMissingDecidesNothing() throws Exception {
        ZoneResolver zone = new ZoneResolver().fail(NAME, RecordType.TXT, DnsFailure.TIMEOUT);
        String uri = "mailto:a@red.example.net";
        assertInstanceOf(DestinationOutcome.Unknown.class, verify(zone, "blue.example.com", uri));
        ZoneResolver walk = new ZoneResolver().fail("_dmarc.net", RecordType.TXT, DnsFailure.SERVFAIL);
        assertInstanceOf(DestinationOutcome.Unknown.class, verify(walk, "blue.example.com", uri));
    }

    // RFC 9990 §4, step 3
    @Test
    void internationalDomainsAreALabels() throws Exception {
        ZoneResolver zone = new ZoneResolver().txt("xn--bcher-kva.example._report._dmarc.red.example.net", "v=DMARC1");
        String uri = "mailto:a@red.example.net";
        assertEquals(accepted(uri, true), verify(zone, "b\u00fccher.example", uri));
    }
}
