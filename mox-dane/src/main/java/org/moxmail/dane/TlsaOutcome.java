package org.moxmail.dane;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.moxmail.dns.Answer;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.RecordType;
import org.moxmail.dns.Resolver;
import org.moxmail.dns.SyntaxException;
import org.moxmail.dns.TlsaRecord;

/**
 * The TLSA records of a host and port, found as RFC 7672 §2.2.2 and §2.2.3 say. The resolver's word on what is authentic is
 * everything here: it must validate by itself, or hear of it over a way that nobody can tamper with.
 *
 * @param records all that DNSSEC proved, usable or not; empty unless {@link TlsaStatus#USABLE} or {@link
 *     TlsaStatus#UNUSABLE}
 * @param baseDomain where they were found, the first name that a certificate is checked for; the host when there are none
 * @param reason for a person: what failed, or why there are none; empty when there are usable ones
 */
public record TlsaOutcome(TlsaStatus status, List<TlsaRecord> records, DnsName baseDomain, String reason) {
    public TlsaOutcome {
        Objects.requireNonNull(status);
        records = List.copyOf(records);
        Objects.requireNonNull(baseDomain);
        Objects.requireNonNull(reason);
    }

    /**
     * Searches for the records of a host. Looks its addresses up first, as the standard asks: servers of unsigned zones may
     * choke on a TLSA lookup.
     *
     * @param port 1 to 65,535
     */
    public static TlsaOutcome lookup(Resolver resolver, DnsName host, int port) throws InterruptedException {
        if (port < 1 || port > 0xffff) {
            throw new IllegalArgumentException("port " + port);
        }
        return new Search(resolver, host, port).run();
    }

    private static TlsaOutcome without(TlsaStatus status, DnsName host, String reason) {
        return new TlsaOutcome(status, List.of(), host, reason);
    }

    private record Search(Resolver resolver, DnsName host, int port) {
        TlsaOutcome run() throws InterruptedException {
            List<Answer.Found<?>> found = new ArrayList<>();
            List<String> failures = new ArrayList<>();
            for (RecordType<?> type : List.of(RecordType.A, RecordType.AAAA)) {
                Answer<?> answer = resolver.lookup(host, type);
                if (answer instanceof Answer.Found<?> addresses) {
                    found.add(addresses);
                } else if (answer instanceof Answer.Failed<?> failed) {
                    failures.add(failed.detail());
                }
            }
            if (found.isEmpty()) {
                return failures.isEmpty()
                        ? without(TlsaStatus.NO_ADDRESS, host, "no addresses for " + host.ascii())
                        : without(TlsaStatus.DNS_FAILURE, host, "addresses: " + failures.getFirst());
            }
            DnsName canonical = found.getFirst().canonicalName();
            if (found.stream().allMatch(Answer::authentic)) {
                return canonical.equals(host) ? tlsa(List.of(host)) : tlsa(List.of(canonical, host));
            }
            return canonical.equals(host)
                    ? without(TlsaStatus.NONE, host, "addresses of " + host.ascii() + " are not signed")
                    : insecureAlias();
        }

        /** The host's own zone may be signed when the one that its alias leads to is not. */
        private TlsaOutcome insecureAlias() throws InterruptedException {
            Answer<DnsName> alias = resolver.lookup(host, RecordType.CNAME);
            if (alias instanceof Answer.Failed<DnsName> failed) {
                return without(TlsaStatus.DNS_FAILURE, host, "alias: " + failed.detail());
            }
            return alias instanceof Answer.Found<DnsName> && alias.authentic()
                    ? tlsa(List.of(host))
                    : without(TlsaStatus.NONE, host, "the alias " + host.ascii() + " is not signed");
        }

        private TlsaOutcome tlsa(List<DnsName> bases) throws InterruptedException {
            for (DnsName base : bases) {
                DnsName name;
                try {
                    name = base.child("_" + port + "._tcp");
                } catch (SyntaxException e) {
                    // Too long a name has no records, but that of an alias may.
                    continue;
                }
                Answer<TlsaRecord> answer = resolver.lookup(name, RecordType.TLSA);
                if (answer instanceof Answer.Failed<TlsaRecord> failed) {
                    return without(TlsaStatus.DNS_FAILURE, host, "TLSA: " + failed.detail());
                }
                if (answer instanceof Answer.Found<TlsaRecord> && answer.authentic()) {
                    return Usable.of(answer.records()).isEmpty()
                            ? new TlsaOutcome(
                                    TlsaStatus.UNUSABLE,
                                    answer.records(),
                                    base,
                                    "no usable TLSA record at " + name.ascii())
                            : new TlsaOutcome(TlsaStatus.USABLE, answer.records(), base, "");
                }
            }
            return without(TlsaStatus.NONE, host, "no signed TLSA records for " + host.ascii());
        }
    }
}
