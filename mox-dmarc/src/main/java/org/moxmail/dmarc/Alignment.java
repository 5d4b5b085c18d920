package org.moxmail.dmarc;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.DnsName;

/**
 * Finds out which authenticated domains are aligned with the author's, RFC 9989 §4.10.2. Organizational domains are looked up
 * only where they can make a difference: a domain that isn't within the author's organizational domain has another one. For one
 * evaluation.
 */
final class Alignment {
    private enum Answer {
        YES,
        NO,
        UNKNOWN
    }

    private final DmarcLookup.Found found;
    private final Supplier<Discovery> discoveries;
    private int walksLeft;
    private @Nullable Discovery discovery;
    private @Nullable OrganizationalDomain organization;
    private boolean authentic = true;
    private @Nullable AuthenticatedDomain dkim;
    private @Nullable AuthenticatedDomain spf;
    private @Nullable String trouble;

    Alignment(DmarcLookup.Found found, DmarcLimits limits, Supplier<Discovery> discoveries) {
        this.found = found;
        this.walksLeft = limits.walks();
        this.discoveries = discoveries;
    }

    /**
     * Takes a domain into account. One without result (temperror) matters only if it's aligned: others could be made up by whoever
     * wants no policy to be applied.
     */
    void consider(AuthenticatedDomain identifier) throws InterruptedException {
        boolean isDkim = identifier.identity() == AuthenticatedDomain.Identity.DKIM;
        boolean passed = identifier.result() == AuthenticationResult.PASS;
        if (!passed && identifier.result() != AuthenticationResult.TEMPERROR || (isDkim ? dkim : spf) != null) {
            return;
        }
        AlignmentMode mode =
                isDkim ? found.record().dkimAlignment() : found.record().spfAlignment();
        if (aligned(identifier.domain(), mode) != Answer.YES) {
            return;
        }
        if (!passed) {
            trouble = (isDkim ? "DKIM for " : "SPF for ") + identifier.domain() + ": temperror";
        } else if (isDkim) {
            dkim = identifier;
        } else {
            spf = identifier;
        }
    }

    private Answer aligned(DnsName domain, AlignmentMode mode) throws InterruptedException {
        if (domain.equals(found.authorDomain())) {
            return Answer.YES;
        }
        if (mode == AlignmentMode.STRICT || !related(domain)) {
            return Answer.NO;
        }
        if (!(organization(null) instanceof OrganizationalDomain.Known own)) {
            return Answer.UNKNOWN;
        }
        if (!domain.isSubdomainOf(own.domain())) {
            return Answer.NO;
        }
        if (walksLeft == 0) {
            return Answer.NO;
        }
        walksLeft--;
        return organization(domain) instanceof OrganizationalDomain.Known other
                ? other.domain().equals(own.domain()) ? Answer.YES : Answer.NO
                : Answer.UNKNOWN;
    }

    /** Whether two names end in the same label, without which nobody has both. */
    private boolean related(DnsName domain) {
        String one = domain.ascii();
        String other = found.authorDomain().ascii();
        int label = one.length() - one.lastIndexOf('.') - 1;
        return label == other.length() - other.lastIndexOf('.') - 1
                && one.regionMatches(one.length() - label, other, other.length() - label, label);
    }

    /** That of a domain, or of the author's, which is looked up once. */
    private OrganizationalDomain organization(@Nullable DnsName domain) throws InterruptedException {
        if (domain == null && organization != null) {
            return organization;
        }
        if (discovery == null) {
            discovery = discoveries.get();
        }
        OrganizationalDomain answer = discovery.organizationalDomain(domain == null ? found.authorDomain() : domain);
        if (domain == null) {
            organization = answer;
        }
        if (answer instanceof OrganizationalDomain.Unknown unknown) {
            trouble = unknown.reason();
        }
        authentic &= answer.authentic();
        return answer;
    }

    boolean dkim() {
        return dkim != null;
    }

    boolean spf() {
        return spf != null;
    }

    boolean authentic() {
        return authentic;
    }

    /** RFC 9989 §5.3.5 and §5.3.6. */
    DmarcResult result() {
        if (dkim != null || spf != null) {
            return DmarcResult.PASS;
        }
        return trouble == null ? DmarcResult.FAIL : DmarcResult.TEMPERROR;
    }

    String reason() {
        AuthenticatedDomain by = dkim == null ? spf : dkim;
        if (by != null) {
            return (dkim == null ? "SPF" : "DKIM") + " passed for " + by.domain();
        }
        return trouble == null
                ? "neither SPF nor DKIM passed for a domain aligned with " + found.authorDomain()
                : trouble;
    }
}
