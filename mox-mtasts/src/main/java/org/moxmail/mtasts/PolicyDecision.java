package org.moxmail.mtasts;

import java.util.Objects;
import java.util.Optional;
import org.moxmail.dns.DnsName;

/**
 * Which policy applies to a domain now.
 *
 * @param policy there with {@link PolicySource#CURRENT} and {@link PolicySource#CACHED}; its mode may be none
 * @param text the policy as it was fetched; empty without one
 * @param failure what went wrong on the way, for TLS reports; also with a cached policy
 * @param reason for a person: what went wrong, or why none applies; empty when all is well
 */
public record PolicyDecision(
        PolicySource source,
        Optional<MtaStsPolicy> policy,
        String text,
        Optional<PolicyStatus> failure,
        String reason) {
    public PolicyDecision {
        Objects.requireNonNull(source);
        Objects.requireNonNull(text);
        Objects.requireNonNull(failure);
        Objects.requireNonNull(reason);
        if (policy.isPresent() != (source == PolicySource.CURRENT || source == PolicySource.CACHED)) {
            throw new IllegalArgumentException("a policy from " + source);
        }
    }

    /** Whether hosts that fail the policy must not get mail, RFC 8461 §5. */
    public boolean enforced() {
        return policy.filter(applied -> applied.mode() == PolicyMode.ENFORCE).isPresent();
    }

    /** Whether this mail exchange may get mail, as far as the policy's hosts go: always, unless it is enforced. */
    public boolean allows(DnsName host) {
        return !enforced() || policy.filter(applied -> applied.matches(host)).isPresent();
    }
}
