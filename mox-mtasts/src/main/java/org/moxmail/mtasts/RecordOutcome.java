package org.moxmail.mtasts;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.moxmail.dns.Answer;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.RecordType;
import org.moxmail.dns.Resolver;
import org.moxmail.dns.SyntaxException;

/**
 * What DNS says about MTA-STS at a domain, RFC 8461 §3.1.
 *
 * @param record there with {@link RecordStatus#FOUND} only
 * @param authentic whether DNSSEC proved the answer, which the standard doesn't ask for
 * @param reason for a person, why there is none; empty when there is one
 */
public record RecordOutcome(RecordStatus status, Optional<MtaStsRecord> record, boolean authentic, String reason) {
    public RecordOutcome {
        Objects.requireNonNull(status);
        Objects.requireNonNull(reason);
        if (record.isPresent() != (status == RecordStatus.FOUND)) {
            throw new IllegalArgumentException("a record with " + status);
        }
    }

    /** Asks for the record of this domain; never of a parent, RFC 8461 §3.4. */
    public static RecordOutcome lookup(Resolver resolver, DnsName domain) throws InterruptedException {
        DnsName name;
        try {
            name = domain.child("_mta-sts");
        } catch (SyntaxException e) {
            return without(RecordStatus.NONE, false, "the domain's name is too long to have a record");
        }
        return switch (resolver.lookup(name, RecordType.TXT)) {
            case Answer.Found<String> found -> choose(found.records(), found.authentic());
            case Answer.NoData<String> none -> without(RecordStatus.NONE, none.authentic(), "no record");
            case Answer.NxDomain<String> none -> without(RecordStatus.NONE, none.authentic(), "no record");
            case Answer.Failed<String> failed -> without(RecordStatus.DNS_FAILURE, false, failed.detail());
        };
    }

    private static RecordOutcome choose(List<String> texts, boolean authentic) {
        List<String> candidates = texts.stream().filter(MtaStsRecord::begins).toList();
        if (candidates.size() != 1) {
            return candidates.isEmpty()
                    ? without(RecordStatus.NONE, authentic, "no record")
                    : without(RecordStatus.MULTIPLE, authentic, candidates.size() + " records");
        }
        try {
            MtaStsRecord record = MtaStsRecord.parse(candidates.getFirst());
            return new RecordOutcome(RecordStatus.FOUND, Optional.of(record), authentic, "");
        } catch (SyntaxException e) {
            return without(RecordStatus.INVALID, authentic, "record: " + e.getMessage());
        }
    }

    private static RecordOutcome without(RecordStatus status, boolean authentic, String reason) {
        return new RecordOutcome(status, Optional.empty(), authentic, reason);
    }
}
