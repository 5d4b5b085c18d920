package org.moxmail.tlsrpt;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.moxmail.dns.Answer;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.RecordType;
import org.moxmail.dns.Resolver;
import org.moxmail.dns.SyntaxException;

/**
 * What DNS says about TLSRPT at a domain, RFC 8460 §3.
 *
 * @param record there with {@link TlsRptStatus#FOUND} only
 * @param authentic whether DNSSEC proved the answer, which the standard doesn't ask for
 * @param reason for a person, why there is none; empty when there is one
 */
public record TlsRptOutcome(TlsRptStatus status, Optional<TlsRptRecord> record, boolean authentic, String reason) {
    public TlsRptOutcome {
        Objects.requireNonNull(status);
        Objects.requireNonNull(reason);
        if (record.isPresent() != (status == TlsRptStatus.FOUND)) {
            throw new IllegalArgumentException("a record with " + status);
        }
    }

    /**
     * Asks for the record of this policy domain, never of a parent: the recipient's domain, or for DANE the TLSA base domain,
     * RFC 8460 §1.1.
     */
    public static TlsRptOutcome lookup(Resolver resolver, DnsName domain) throws InterruptedException {
        DnsName name;
        try {
            name = domain.child("_smtp._tls");
        } catch (SyntaxException e) {
            return without(TlsRptStatus.NONE, false, "the domain's name is too long to have a record");
        }
        return switch (resolver.lookup(name, RecordType.TXT)) {
            case Answer.Found<String> found -> choose(found.records(), found.authentic());
            case Answer.NoData<String> none -> without(TlsRptStatus.NONE, none.authentic(), "no record");
            case Answer.NxDomain<String> none -> without(TlsRptStatus.NONE, none.authentic(), "no record");
            case Answer.Failed<String> failed -> without(TlsRptStatus.TEMPERROR, false, failed.detail());
        };
    }

    private static TlsRptOutcome choose(List<String> texts, boolean authentic) {
        List<String> candidates = texts.stream().filter(TlsRptRecord::begins).toList();
        if (candidates.size() != 1) {
            return candidates.isEmpty()
                    ? without(TlsRptStatus.NONE, authentic, "no record")
                    : without(TlsRptStatus.MULTIPLE, authentic, candidates.size() + " records");
        }
        try {
            TlsRptRecord record = TlsRptRecord.parse(candidates.getFirst());
            return new TlsRptOutcome(TlsRptStatus.FOUND, Optional.of(record), authentic, "");
        } catch (SyntaxException e) {
            return without(TlsRptStatus.PERMERROR, authentic, "record: " + e.getMessage());
        }
    }

    private static TlsRptOutcome without(TlsRptStatus status, boolean authentic, String reason) {
        return new TlsRptOutcome(status, Optional.empty(), authentic, reason);
    }
}
