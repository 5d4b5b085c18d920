package org.moxmail.spf;

import java.util.Objects;
import java.util.Optional;
import org.moxmail.dns.DnsName;

/**
 * Outcome of {@code check_host()}, RFC 7208 §4. DNS trouble is an outcome (temperror), never an exception.
 *
 * @param identity what was checked
 * @param domain the domain that was checked; empty when there was no valid one, such as for an address literal in HELO
 * @param decidedBy the mechanism that matched: of the domain's record, or of the one it redirects to; empty if none did
 * @param reason for a postmaster: what decided, or what is wrong, and in whose record
 * @param authentic whether DNSSEC proved every answer that the result rests on; false when nothing was looked up
 * @param explanation what the domain publishes to explain a fail, RFC 7208 §6.2, in US-ASCII; empty if nothing, and for other
 *     results. It's a third party's text: say so where it's shown.
 */
public record SpfOutcome(
        SpfResult result,
        SpfIdentity identity,
        Optional<DnsName> domain,
        Optional<Mechanism> decidedBy,
        String reason,
        boolean authentic,
        String explanation) {
    public SpfOutcome {
        Objects.requireNonNull(result);
        Objects.requireNonNull(identity);
        Objects.requireNonNull(domain);
        Objects.requireNonNull(decidedBy);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(explanation);
    }
}
