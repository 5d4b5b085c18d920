package org.moxmail.dmarc;

import java.util.Objects;
import java.util.Optional;
import org.moxmail.dns.DnsName;

/**
 * Outcome of an evaluation, RFC 9989 §5.3. DNS trouble is an outcome (temperror), never an exception.
 *
 * @param authorDomain the domain that was evaluated: of several, the one that decided. Empty when there was none, or too many
 * @param published the record that applied; empty when there was none
 * @param dkimAligned whether a DKIM signature passed that is aligned, for reports
 * @param spfAligned whether SPF passed for a domain that is aligned, for reports
 * @param disposition what the domain owner wants done with this message: none unless it fails
 * @param lowered why that is less than what the record says
 * @param reason for a postmaster
 * @param authentic whether DNSSEC proved every answer that the result rests on
 */
public record DmarcOutcome(
        DmarcResult result,
        Optional<DnsName> authorDomain,
        Optional<DmarcLookup.Found> published,
        boolean dkimAligned,
        boolean spfAligned,
        DmarcPolicy disposition,
        Lowered lowered,
        String reason,
        boolean authentic) {
    /** Why a policy is applied one level below. */
    public enum Lowered {
        /** It isn't. */
        NOT,
        /** The record has {@code t=y}, RFC 9989 §4.7. */
        TESTING,
        /** The message is not in the share that {@code pct} names, RFC 7489 §6.6.4. */
        SAMPLED_OUT
    }

    public DmarcOutcome {
        Objects.requireNonNull(result);
        Objects.requireNonNull(authorDomain);
        Objects.requireNonNull(published);
        Objects.requireNonNull(disposition);
        Objects.requireNonNull(lowered);
        Objects.requireNonNull(reason);
    }
}
