package org.moxmail.tlsrpt;

import java.util.List;
import java.util.Optional;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;

/**
 * A policy that a sender applied, RFC 8460 §4.4 and §4.5.
 *
 * @param type as the report has it; see {@link #policyType}
 * @param policyString lines of an MTA-STS policy, or TLSA records; may be empty
 * @param policyDomain as the report has it, which is in A-labels if it keeps to the standard; empty when it has none; see
 *     {@link #domain}
 * @param mxHosts patterns of an MTA-STS policy; erratum 6241 has it that they are a list
 */
public record TlsPolicy(String type, List<String> policyString, String policyDomain, List<String> mxHosts) {
    public TlsPolicy {
        ReportText.valid(type);
        ReportText.valid(policyDomain);
        policyString = List.copyOf(policyString);
        policyString.forEach(ReportText::valid);
        mxHosts = List.copyOf(mxHosts);
        mxHosts.forEach(ReportText::valid);
    }

    /**
     * DANE.
     *
     * @param baseDomain the TLSA base domain, that is the server's name
     * @param records presentation form of RFC 6698 §2.2, such as {@code 3 1 1 0a1b...}; their order doesn't matter
     */
    public static TlsPolicy tlsa(DnsName baseDomain, List<String> records) {
        return new TlsPolicy(
                PolicyType.TLSA.keyword(),
                records.stream().sorted().distinct().toList(),
                baseDomain.ascii(),
                List.of());
    }

    /**
     * MTA-STS.
     *
     * @param lines of the policy, as it was served, errors included
     * @param mxHosts its patterns
     */
    public static TlsPolicy sts(DnsName domain, List<String> lines, List<String> mxHosts) {
        return new TlsPolicy(PolicyType.STS.keyword(), lines, domain.ascii(), mxHosts);
    }

    /** Neither. */
    public static TlsPolicy noPolicyFound(DnsName domain) {
        return new TlsPolicy(PolicyType.NO_POLICY_FOUND.keyword(), List.of(), domain.ascii(), List.of());
    }

    /** The type; empty when the standard doesn't know it. */
    public Optional<PolicyType> policyType() {
        return PolicyType.of(type);
    }

    /** The policy domain; empty when there is none, or it is no name. */
    public Optional<DnsName> domain() {
        try {
            return Optional.of(DnsName.parse(policyDomain));
        } catch (SyntaxException e) {
            return Optional.empty(); // as the method says
        }
    }
}
