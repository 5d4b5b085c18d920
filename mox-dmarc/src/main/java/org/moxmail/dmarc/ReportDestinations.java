package org.moxmail.dmarc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.moxmail.dns.Answer;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.RecordType;
import org.moxmail.dns.Resolver;
import org.moxmail.dns.SyntaxException;

/**
 * Verifies external destinations of reports, RFC 9990 §4, for failure reports likewise (RFC 9991 §5). Safe for use by any number of
 * threads.
 */
public final class ReportDestinations {
    /** Which reports are to be sent. */
    public enum Kind {
        /** Aggregate reports, to {@code rua}. */
        AGGREGATE,
        /** Failure reports, to {@code ruf}. */
        FAILURE
    }

    private final Resolver resolver;
    private final DmarcVerifier verifier;

    /**
     * Verifies with this resolver.
     *
     * @param verifier tells organizational domains
     */
    public ReportDestinations(Resolver resolver, DmarcVerifier verifier) {
        this.resolver = resolver;
        this.verifier = verifier;
    }

    /**
     * Whether reports about a domain may be sent to a destination.
     *
     * @param policyDomain where the record was found
     * @param destination an element of its {@code rua} or {@code ruf}
     * @throws InterruptedException when the calling thread is interrupted while it waits for the DNS
     */
    public DestinationOutcome verify(DnsName policyDomain, ReportUri destination, Kind kind)
            throws InterruptedException {
        Optional<DnsName> host = destination.host();
        if (host.isEmpty()) {
            return new DestinationOutcome.Refused(destination + " has no host that is a domain");
        }
        if (host.get().equals(policyDomain)) {
            return new DestinationOutcome.Accepted(List.of(destination), false, true);
        }
        OrganizationalDomain own = verifier.organizationalDomain(policyDomain);
        OrganizationalDomain other = verifier.organizationalDomain(host.get());
        if (own instanceof OrganizationalDomain.Unknown unknown) {
            return new DestinationOutcome.Unknown(unknown.reason());
        }
        if (other instanceof OrganizationalDomain.Unknown unknown) {
            return new DestinationOutcome.Unknown(unknown.reason());
        }
        if (domain(own).equals(domain(other))) {
            return new DestinationOutcome.Accepted(List.of(destination), false, own.authentic() && other.authentic());
        }
        return external(policyDomain, destination, host.get(), kind);
    }

    private static Optional<DnsName> domain(OrganizationalDomain organization) {
        return organization instanceof OrganizationalDomain.Known known
                ? Optional.of(known.domain())
                : Optional.empty();
    }

    /** RFC 9990 §4, steps 2 to 9. */
    private DestinationOutcome external(DnsName policyDomain, ReportUri destination, DnsName host, Kind kind)
            throws InterruptedException {
        DnsName name;
        try {
            name = host.child(policyDomain.ascii() + "._report._dmarc");
        } catch (SyntaxException e) {
            return new DestinationOutcome.Refused("the name at which " + host + " would agree is too long");
        }
        Answer<String> answer = resolver.lookup(name, RecordType.TXT);
        if (answer instanceof Answer.Failed<String> failed) {
            return new DestinationOutcome.Unknown("TXT records of " + name + ": " + failed.detail());
        }
        boolean agreed = false;
        List<ReportUri> instead = new ArrayList<>();
        for (String txt : answer.records()) {
            // RFC 7489 erratum 5440, RFC 9990 §4 step 6: a trailing semicolon is optional.
            if (DmarcRecord.isDmarc(txt, DmarcStandard.RFC9989)) {
                agreed = true;
                instead.addAll(DmarcParser.destinations(txt, kind == Kind.AGGREGATE ? "rua" : "ruf"));
            }
        }
        if (!agreed) {
            return new DestinationOutcome.Refused(
                    host + " does not agree to reports about " + policyDomain + ": no record at " + name);
        }
        for (ReportUri uri : instead) {
            if (!uri.host().equals(Optional.of(host))) {
                return new DestinationOutcome.Refused(
                        host + " wants reports about " + policyDomain + " elsewhere: " + uri);
            }
        }
        return new DestinationOutcome.Accepted(
                instead.isEmpty() ? List.of(destination) : instead, true, answer.authentic());
    }
}
