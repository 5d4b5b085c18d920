package org.moxmail.tlsrpt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.moxmail.dns.Addresses;
import org.moxmail.dns.DnsName;

class TlsResultsTest {
    private final TlsPolicy none = TlsPolicy.noPolicyFound(DnsName.parse("a.example"));
    private final TlsPolicy dane = TlsPolicy.tlsa(DnsName.parse("mx.a.example"), List.of("3 1 1 ab"));
    private final FailureDetail expired = FailureDetail.of(ResultType.CERTIFICATE_EXPIRED)
            .withAddresses(Addresses.parse("192.0.2.1"), Addresses.parse("2001:DB8::1"))
            .withReceivingMx("mx.a.example")
            .withReceivingHelo("mail.a.example")
            .withReason("x509");

    TlsResultsTest() throws Exception {}

    @Test
    void sessionsAddUpByPolicyAndKindOfFailure() {
        FailureDetail other = FailureDetail.of(ResultType.TLSA_INVALID);
        TlsResults results = new TlsResults()
                .add(none, 3, 0)
                .add(dane, 0, 1, expired)
                .add(none, 2, 1, other)
                .add(dane, 0, 1, expired, other)
                .add(new PolicyResult(dane, 4, 5, List.of(expired.withFailedSessions(5))));
        assertTrue(results.anyFailed());
        assertEquals(
                List.of(
                        new PolicyResult(none, 5, 1, List.of(other)),
                        new PolicyResult(dane, 4, 7, List.of(expired.withFailedSessions(7), other))),
                results.policies());
    }

    @Test
    void aDetailHasWhatWasSaid() {
        assertEquals(
                new FailureDetail(
                        "certificate-expired",
                        "192.0.2.1",
                        "mx.a.example",
                        "mail.a.example",
                        "2001:db8::1",
                        1,
                        "",
                        "x509"),
                expired);
    }

    @Test
    void whatWasCountedCanBeTakenBack() {
        TlsResults results = new TlsResults().add(none, 1, 0).add(none, -1, 1, expired);
        assertEquals(List.of(new PolicyResult(none, 0, 1, List.of(expired))), results.policies());
        results.add(none, -7, -7);
        assertEquals(0, results.policies().getFirst().successfulSessions());
        assertEquals(0, results.policies().getFirst().failedSessions());
    }

    @Test
    void sumsStayWithinWhatJsonCanHave() {
        long most = (1L << 53) - 1;
        TlsResults results = new TlsResults()
                .add(none, Long.MAX_VALUE, 1, expired.withFailedSessions(most))
                .add(none, Long.MAX_VALUE, 1, expired.withFailedSessions(most));
        assertEquals(
                List.of(new PolicyResult(none, most, 2, List.of(expired.withFailedSessions(most)))),
                results.policies());
    }

    @Test
    void failuresAreToldFromSuccess() {
        assertFalse(new TlsResults().anyFailed());
        assertFalse(
                new TlsResults().add(none, 9, 0, expired.withFailedSessions(0)).anyFailed());
        assertEquals(
                List.of(new PolicyResult(none, 9, 0, List.of())),
                new TlsResults().add(none, 9, 0, expired.withFailedSessions(0)).policies());
        assertTrue(new TlsResults().add(none, 9, 1).anyFailed());
        assertTrue(new TlsResults().add(none, 9, 0, expired).anyFailed());
    }
}
