package org.moxmail.mtasts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.testing.ZoneResolver;
import org.moxmail.time.testing.FakeTiming;

/** The examples of RFC 8461 §3.2, §8.2 and its appendices; those of §3.1 and §3.2's policy are beside the grammar's tests. */
final class RfcExamplesTest {
    private static final String RECORD = "v=STSv1; id=20160831085700Z;";

    private static String policy(String mode, String... mx) {
        StringBuilder policy = new StringBuilder("version: STSv1\r\nmode: " + mode + "\r\n");
        for (String pattern : mx) {
            policy.append("mx: ").append(pattern).append("\r\n");
        }
        return policy.append("max_age: 1296000\r\n").toString();
    }

    private static PolicyDecision decide(ZoneResolver zone, String domain, PolicyFetcher fetcher) throws Exception {
        FakeTiming time = FakeTiming.at("2026-01-01T00:00:00Z");
        return new MtaSts(zone, fetcher, new MemoryPolicyCache(2), time).policyFor(DnsName.parse(domain));
    }

    /** Appendix A. */
    @Test
    void aPolicyThatSolicitsReports() throws Exception {
        ZoneResolver zone = new ZoneResolver().txt("_mta-sts.example.com", RECORD);
        String text = policy("testing", "mx1.example.com", "mx2.example.com", "mx.backup-example.com");
        PolicyDecision decision = decide(zone, "example.com", domain -> PolicyOutcome.ofText(text));
        assertEquals(PolicySource.CURRENT, decision.source());
        assertFalse(decision.enforced());
        MtaStsPolicy policy = MtaStsPolicy.parse(text);
        assertEquals(PolicyMode.TESTING, policy.mode());
        assertEquals(Duration.ofDays(15), policy.maxAge());
        assertTrue(policy.matches(DnsName.parse("mx.backup-example.com")));
        assertFalse(policy.matches(DnsName.parse("mx3.example.com")));
    }

    /** §3.2, and {@code policyMatches} of appendix B. */
    @ParameterizedTest
    @CsvSource({
        "mail.example.com, true",
        "mx.example.net, true",
        "other.example.com, false",
        "example.net, false",
        "a.mx.example.net, false"
    })
    void patternsOfMxHosts(String host, boolean matches) throws Exception {
        MtaStsPolicy policy = MtaStsPolicy.parse(policy("enforce", "mail.example.com", "*.example.net"));
        assertEquals(matches, policy.matches(DnsName.parse(host)));
    }

    /** §8.2: the record is that of the provider, the policy is asked for at the user's own policy host. */
    @Test
    void aPolicyIsDelegatedToAProvider() throws Exception {
        ZoneResolver zone = new ZoneResolver()
                .cname("_mta-sts.user.example", "_mta-sts.provider.example")
                .txt("_mta-sts.provider.example", RECORD);
        List<String> asked = new ArrayList<>();
        PolicyDecision decision = decide(zone, "user.example", domain -> {
            asked.add(domain.ascii());
            return PolicyOutcome.ofText(policy("enforce", "mx.provider.example"));
        });
        assertEquals(List.of("user.example"), asked);
        assertTrue(decision.enforced());
        assertTrue(decision.allows(DnsName.parse("mx.provider.example")));
        assertFalse(decision.allows(DnsName.parse("mx.user.example")));
    }
}
