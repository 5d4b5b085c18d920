package org.moxmail.mtasts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.moxmail.dns.DnsFailure;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.RecordType;
import org.moxmail.dns.testing.ZoneResolver;
import org.moxmail.time.testing.FakeTiming;

class MtaStsTest {
    private static final String RECORD = "_mta-sts.example.org";

    private final FakeTiming time = FakeTiming.at("2026-01-01T00:00:00Z");
    private final Deque<PolicyOutcome> answers = new ArrayDeque<>();
    private final MemoryPolicyCache cache = new MemoryPolicyCache(2);
    private final DnsName domain = DnsName.parse("example.org");

    MtaStsTest() throws Exception {}

    private PolicyDecision decide(ZoneResolver zone) throws Exception {
        return new MtaSts(zone, asked -> answers.remove(), cache, time).policyFor(domain);
    }

    private static ZoneResolver zone(String id) {
        return new ZoneResolver().txt(RECORD, "v=STSv1; id=" + id + ";");
    }

    private void answer(String mode, int maxAge, String mx) {
        answers.add(
                PolicyOutcome.ofText("version: STSv1\nmode: " + mode + "\nmax_age: " + maxAge + "\nmx: " + mx + "\n"));
    }

    private void fail(PolicyStatus status) {
        answers.add(PolicyOutcome.failed(status, status.keyword()));
    }

    @Test
    void aDomainWithoutRecordHasNoPolicy() throws Exception {
        PolicyDecision decision = decide(new ZoneResolver());
        assertEquals(PolicySource.NONE, decision.source());
        assertEquals(Optional.empty(), decision.failure());
        assertTrue(decision.allows(DnsName.parse("any.example")));
    }

    @Test
    void aPolicyIsFetchedOncePerId() throws Exception {
        answer("enforce", 1000, "mail.example.org");
        assertEquals(PolicySource.CURRENT, decide(zone("a")).source());
        PolicyDecision again = decide(zone("a"));
        assertEquals(PolicySource.CURRENT, again.source());
        assertTrue(again.allows(DnsName.parse("mail.example.org")));
        assertFalse(again.allows(DnsName.parse("evil.example")));
        answer("testing", 1000, "other.example.org");
        PolicyDecision changed = decide(zone("b"));
        assertTrue(changed.policy().orElseThrow().matches(DnsName.parse("other.example.org")));
        assertTrue(changed.allows(DnsName.parse("evil.example")));
    }

    @Test
    void anExpiredPolicyIsFetchedAgain() throws Exception {
        answer("enforce", 60, "mail.example.org");
        decide(zone("a"));
        time.advance(Duration.ofMinutes(1));
        fail(PolicyStatus.FETCH_ERROR);
        PolicyDecision decision = decide(zone("a"));
        assertEquals(PolicySource.NONE, decision.source());
        assertEquals(Optional.of(PolicyStatus.FETCH_ERROR), decision.failure());
    }

    @Test
    void aValidPolicyOutlivesItsRecordAndItsHost() throws Exception {
        answer("enforce", 1000, "mail.example.org");
        decide(zone("a"));
        assertEquals(PolicySource.CACHED, decide(new ZoneResolver()).source());
        fail(PolicyStatus.CERTIFICATE_INVALID);
        PolicyDecision decision = decide(zone("b"));
        assertEquals(PolicySource.CACHED, decision.source());
        assertEquals(Optional.of(PolicyStatus.CERTIFICATE_INVALID), decision.failure());
        assertTrue(decision.enforced());
    }

    @Test
    void whenDnsFailsOnlyACachedPolicyIsKnown() throws Exception {
        ZoneResolver failing = zone("a").fail(RECORD, RecordType.TXT, DnsFailure.TIMEOUT);
        assertEquals(PolicySource.UNKNOWN, decide(failing).source());
        answer("enforce", 1000, "mail.example.org");
        decide(zone("a"));
        assertEquals(PolicySource.CACHED, decide(failing).source());
    }

    @Test
    void aFailedFetchIsNotRepeatedForFiveMinutesUnlessTheIdChanges() throws Exception {
        fail(PolicyStatus.NOT_FOUND);
        decide(zone("a"));
        assertEquals(Optional.of(PolicyStatus.NOT_FOUND), decide(zone("a")).failure());
        fail(PolicyStatus.POLICY_INVALID);
        assertEquals(Optional.of(PolicyStatus.POLICY_INVALID), decide(zone("b")).failure());
        time.advance(MtaSts.RETRY_AFTER);
        answer("none", 1000, "mail.example.org");
        assertEquals(PolicySource.CURRENT, decide(zone("b")).source());
    }

    @Test
    void aRefreshFetchesWhatIsStillValid() throws Exception {
        answer("enforce", 1000, "mail.example.org");
        decide(zone("a"));
        time.advance(Duration.ofMinutes(15));
        answer("enforce", 1000, "mail.example.org");
        MtaSts sts = new MtaSts(zone("a"), asked -> answers.remove(), cache, time);
        assertEquals(PolicySource.CURRENT, sts.refresh(domain).source());
        time.advance(Duration.ofMinutes(15));
        assertEquals(PolicySource.CACHED, decide(new ZoneResolver()).source());
    }

    @Test
    void aFullCacheForgetsWhoWasNotAskedForLongest() throws Exception {
        for (String name : new String[] {"a.example", "b.example", "a.example", "c.example"}) {
            DnsName other = DnsName.parse(name);
            if (cache.get(other).isEmpty()) {
                cache.put(new CacheEntry(other, Optional.empty(), Optional.empty(), time.instant()));
            }
        }
        assertTrue(cache.get(DnsName.parse("a.example")).isPresent());
        assertTrue(cache.get(DnsName.parse("b.example")).isEmpty());
        cache.remove(DnsName.parse("a.example"));
        assertTrue(cache.get(DnsName.parse("a.example")).isEmpty());
    }
}
