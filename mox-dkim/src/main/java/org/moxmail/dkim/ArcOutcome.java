package org.moxmail.dkim;

import java.util.List;
import java.util.Objects;

/**
 * What came of a chain.
 *
 * @param status the Chain Validation Status
 * @param reason in words for a postmaster
 * @param oldestPass the lowest instance from which on no handler changed the message, 0 when none of them did since the first
 *     seal, RFC 8617 §5.2 step 5; 0 unless the chain passes
 * @param sets the sets in the order of their instances; empty unless the chain passes, since else nobody answers for them
 */
public record ArcOutcome(ArcStatus status, String reason, int oldestPass, List<ArcSet> sets) {
    public ArcOutcome {
        Objects.requireNonNull(status);
        Objects.requireNonNull(reason);
        sets = List.copyOf(sets);
    }

    static ArcOutcome fail(String reason) {
        return new ArcOutcome(ArcStatus.FAIL, reason, 0, List.of());
    }
}
