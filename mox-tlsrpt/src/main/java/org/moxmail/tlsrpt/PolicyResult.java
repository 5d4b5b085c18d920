package org.moxmail.tlsrpt;

import java.util.List;
import java.util.Objects;

/**
 * How sessions under one policy went, RFC 8460 §4.2 and §4.4.
 *
 * @param successfulSessions from 0 to 2^53 - 1
 * @param failedSessions likewise; not the sum of the details, for a session may fail in several ways
 */
public record PolicyResult(
        TlsPolicy policy, long successfulSessions, long failedSessions, List<FailureDetail> failureDetails) {
    public PolicyResult {
        Objects.requireNonNull(policy);
        ReportText.count(successfulSessions);
        ReportText.count(failedSessions);
        failureDetails = List.copyOf(failureDetails);
    }
}
