package org.moxmail.tlsrpt;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds up how sessions went, by policy and by kind of failure, for a report. Policies and failures stay in the order in which
 * they first came. Not for use by several threads.
 */
public final class TlsResults {
    private static final class Sums {
        private long successful;
        private long failed;
        private final Map<FailureDetail, Long> details = new LinkedHashMap<>();

        PolicyResult result(TlsPolicy policy) {
            List<FailureDetail> failures = details.entrySet().stream()
                    .filter(detail -> detail.getValue() > 0)
                    .map(detail -> detail.getKey().withFailedSessions(detail.getValue()))
                    .toList();
            return new PolicyResult(policy, successful, failed, failures);
        }
    }

    private final Map<TlsPolicy, Sums> policies = new LinkedHashMap<>();

    /** Nothing so far. */
    public TlsResults() {}

    /**
     * Adds sessions under a policy. Numbers may be negative, to take back what turned out otherwise, as when a server sends an
     * alert after the handshake; no sum gets below 0 or beyond 2^53 - 1.
     *
     * @param details in which ways sessions failed; those that are equal but for their counts become one
     */
    public TlsResults add(TlsPolicy policy, long successful, long failed, FailureDetail... details) {
        Sums sums = policies.computeIfAbsent(policy, unknown -> new Sums());
        sums.successful = sum(sums.successful, successful);
        sums.failed = sum(sums.failed, failed);
        for (FailureDetail detail : details) {
            sums.details.merge(detail.withFailedSessions(0), detail.failedSessions(), TlsResults::sum);
        }
        return this;
    }

    /** Adds what another collection, or a report, has about a policy. */
    public TlsResults add(PolicyResult result) {
        return add(
                result.policy(),
                result.successfulSessions(),
                result.failedSessions(),
                result.failureDetails().toArray(FailureDetail[]::new));
    }

    private static long sum(long one, long other) {
        // The first is within 53 bits; a sum that leaves 63 bits stays far out on the same side.
        return ReportText.bounded(one + Math.clamp(other, -ReportText.MAX_COUNT, ReportText.MAX_COUNT));
    }

    /** Whether any session failed. */
    public boolean anyFailed() {
        return policies.values().stream()
                .anyMatch(sums ->
                        sums.failed > 0 || sums.details.values().stream().anyMatch(count -> count > 0));
    }

    /** The sums, for a report. */
    public List<PolicyResult> policies() {
        return policies.entrySet().stream()
                .map(policy -> policy.getValue().result(policy.getKey()))
                .toList();
    }
}
