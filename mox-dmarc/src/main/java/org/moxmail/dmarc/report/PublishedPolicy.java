package org.moxmail.dmarc.report;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.moxmail.dmarc.AlignmentMode;
import org.moxmail.dmarc.DmarcLookup;
import org.moxmail.dmarc.DmarcPolicy;
import org.moxmail.dmarc.DmarcRecord;
import org.moxmail.dmarc.DmarcStandard;

/**
 * The record that a report is about, RFC 9990 §3.1.1.5. Components are empty where a report doesn't say, or not in words that are
 * known.
 *
 * @param domain where the record was found, as the report has it
 * @param discovery {@code discovery_method}; RFC 9990 only
 * @param nonexistentPolicy {@code np}; RFC 9990 only
 * @param testing {@code testing}; RFC 9990 only
 * @param percent {@code pct}; RFC 7489 only
 * @param failureOptions {@code fo}
 */
public record PublishedPolicy(
        String domain,
        Optional<DiscoveryMethod> discovery,
        Optional<DmarcPolicy> policy,
        Optional<DmarcPolicy> subdomainPolicy,
        Optional<DmarcPolicy> nonexistentPolicy,
        Optional<AlignmentMode> dkimAlignment,
        Optional<AlignmentMode> spfAlignment,
        Optional<Boolean> testing,
        OptionalInt percent,
        String failureOptions) {
    public PublishedPolicy {
        Objects.requireNonNull(domain);
        Objects.requireNonNull(discovery);
        Objects.requireNonNull(policy);
        Objects.requireNonNull(subdomainPolicy);
        Objects.requireNonNull(nonexistentPolicy);
        Objects.requireNonNull(dkimAlignment);
        Objects.requireNonNull(spfAlignment);
        Objects.requireNonNull(testing);
        Objects.requireNonNull(percent);
        Objects.requireNonNull(failureOptions);
    }

    /** What a record that was looked up says, defaults included. */
    public static PublishedPolicy of(DmarcLookup.Found found, DmarcStandard standard) {
        DmarcRecord record = found.record();
        return new PublishedPolicy(
                found.policyDomain().ascii(),
                Optional.of(standard == DmarcStandard.RFC9989 ? DiscoveryMethod.TREE_WALK : DiscoveryMethod.PSL),
                Optional.of(record.policy()),
                Optional.of(record.policyBelow(true)),
                Optional.of(record.policyBelow(false)),
                Optional.of(record.dkimAlignment()),
                Optional.of(record.spfAlignment()),
                Optional.of(record.testing()),
                OptionalInt.of(record.percent()),
                DmarcRecord.printOptions(record.failureOptions()));
    }
}
