package org.moxmail.mtasts;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.Resolver;

/**
 * Decides which policy applies to a domain, RFC 8461 §3.3 and §5.1: the announced one; when that can't be got, a valid one
 * from before.
 *
 * <p>Safe for use by any number of threads. Two that ask for one domain at once may both fetch; the later result is kept.
 */
public final class MtaSts {
    /** How long a policy that could not be fetched isn't tried again under the same id, RFC 8461 §3.3. */
    public static final Duration RETRY_AFTER = Duration.ofMinutes(5);

    private final Resolver resolver;
    private final PolicyFetcher fetcher;
    private final PolicyCache cache;
    private final InstantSource clock;

    /** Decides with these. */
    public MtaSts(Resolver resolver, PolicyFetcher fetcher, PolicyCache cache, InstantSource clock) {
        this.resolver = resolver;
        this.fetcher = fetcher;
        this.cache = cache;
        this.clock = clock;
    }

    /**
     * The policy that applies to mail for this domain, which is the recipient's or that of a smart host, RFC 8461 §3.4. Asks
     * DNS each time, and the policy host only when the id is new or the policy has expired.
     */
    public PolicyDecision policyFor(DnsName domain) throws InterruptedException {
        return decide(domain, false);
    }

    /**
     * As {@link #policyFor}, but fetches the policy also when the announced one is known, so that it can be kept for longer.
     * To be done about daily for domains in use: a policy that expires unnoticed protects nobody, RFC 8461 §10.2.
     */
    public PolicyDecision refresh(DnsName domain) throws InterruptedException {
        return decide(domain, true);
    }

    private PolicyDecision decide(DnsName domain, boolean refresh) throws InterruptedException {
        Instant now = clock.instant();
        Optional<CacheEntry> entry = cache.get(domain);
        Optional<CacheEntry.Kept> valid = entry.flatMap(CacheEntry::kept).filter(kept -> kept.isValidAt(now));
        RecordOutcome announced = RecordOutcome.lookup(resolver, domain);
        if (announced.record().isEmpty()) {
            entry.ifPresent(known -> cache.put(new CacheEntry(domain, known.kept(), known.failure(), now)));
            return withoutRecord(announced, valid);
        }
        String id = announced.record().get().id();
        if (!refresh && valid.filter(kept -> kept.id().equals(id)).isPresent()) {
            cache.put(new CacheEntry(domain, valid, Optional.empty(), now));
            return current(valid.get());
        }
        Optional<CacheEntry.Failure> recent = entry.flatMap(CacheEntry::failure)
                .filter(failure -> failure.id().equals(id)
                        && !failure.at().isAfter(now)
                        && now.isBefore(failure.at().plus(RETRY_AFTER)));
        if (recent.isPresent()) {
            return withoutPolicy(recent.get().status(), recent.get().reason(), valid);
        }
        PolicyOutcome fetched = fetcher.fetch(domain);
        if (fetched.policy().isPresent()) {
            CacheEntry.Kept kept = new CacheEntry.Kept(id, fetched.policy().get(), fetched.text(), now);
            cache.put(new CacheEntry(domain, Optional.of(kept), Optional.empty(), now));
            return current(kept);
        }
        CacheEntry.Failure failure = new CacheEntry.Failure(id, fetched.status(), fetched.reason(), now);
        cache.put(new CacheEntry(domain, valid, Optional.of(failure), now));
        return withoutPolicy(fetched.status(), fetched.reason(), valid);
    }

    private static PolicyDecision current(CacheEntry.Kept kept) {
        return new PolicyDecision(PolicySource.CURRENT, Optional.of(kept.policy()), kept.text(), Optional.empty(), "");
    }

    private static PolicyDecision withoutRecord(RecordOutcome announced, Optional<CacheEntry.Kept> valid) {
        if (valid.isPresent()) {
            return cached(valid.get(), Optional.empty(), announced.reason());
        }
        PolicySource source = announced.status() == RecordStatus.DNS_FAILURE ? PolicySource.UNKNOWN : PolicySource.NONE;
        return new PolicyDecision(source, Optional.empty(), "", Optional.empty(), announced.reason());
    }

    private static PolicyDecision withoutPolicy(PolicyStatus status, String reason, Optional<CacheEntry.Kept> valid) {
        if (valid.isPresent()) {
            return cached(valid.get(), Optional.of(status), reason);
        }
        return new PolicyDecision(PolicySource.NONE, Optional.empty(), "", Optional.of(status), reason);
    }

    private static PolicyDecision cached(CacheEntry.Kept kept, Optional<PolicyStatus> failure, String reason) {
        return new PolicyDecision(PolicySource.CACHED, Optional.of(kept.policy()), kept.text(), failure, reason);
    }
}
