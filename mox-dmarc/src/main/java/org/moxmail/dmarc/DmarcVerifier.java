package org.moxmail.dmarc;

import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.PublicSuffixList;
import org.moxmail.dns.Resolver;

/** Evaluates messages, RFC 9989 §5.3 or RFC 7489 §6.6. Safe for use by any number of threads if what it's made of is. */
public final class DmarcVerifier {
    private final Resolver resolver;
    private final @Nullable PublicSuffixList suffixes;
    private final @Nullable RandomGenerator random;
    private final DmarcLimits limits;

    private DmarcVerifier(
            Resolver resolver,
            @Nullable PublicSuffixList suffixes,
            @Nullable RandomGenerator random,
            DmarcLimits limits) {
        this.resolver = Objects.requireNonNull(resolver);
        this.suffixes = suffixes;
        this.random = random;
        this.limits = Objects.requireNonNull(limits);
    }

    /** A verifier by RFC 9989, which finds organizational domains with the tree walk. */
    public DmarcVerifier(Resolver resolver, DmarcLimits limits) {
        this(resolver, null, null, limits);
    }

    /**
     * A verifier by RFC 7489, for comparison.
     *
     * @param suffixes where organizational domains begin
     * @param random draws the share of messages that {@code pct} names
     */
    public static DmarcVerifier rfc7489(
            Resolver resolver, PublicSuffixList suffixes, RandomGenerator random, DmarcLimits limits) {
        return new DmarcVerifier(resolver, Objects.requireNonNull(suffixes), Objects.requireNonNull(random), limits);
    }

    /** The standard that this one goes by. */
    public DmarcStandard standard() {
        return suffixes == null ? DmarcStandard.RFC9989 : DmarcStandard.RFC7489;
    }

    /**
     * Looks up which record applies to an author's domain, and what it wants for it.
     *
     * @throws InterruptedException when the calling thread is interrupted while it waits for the DNS
     */
    public DmarcLookup lookup(DnsName authorDomain) throws InterruptedException {
        return new Discovery(resolver, suffixes).lookup(authorDomain);
    }

    /**
     * The organizational domain of a domain.
     *
     * @throws InterruptedException when the calling thread is interrupted while it waits for the DNS
     */
    public OrganizationalDomain organizationalDomain(DnsName domain) throws InterruptedException {
        return new Discovery(resolver, suffixes).organizationalDomain(domain);
    }

    /**
     * Looks up the record and evaluates the message. With several authors, as far as the limits allow them, each domain is
     * evaluated, and the strictest policy of those that fail is the outcome (RFC 9989 §11.5); it's a pass if all of them pass.
     *
     * @throws InterruptedException when the calling thread is interrupted while it waits for the DNS
     */
    public DmarcOutcome verify(DmarcRequest request) throws InterruptedException {
        int authors = request.authorDomains().size();
        if (authors == 0) {
            return without(Optional.empty(), DmarcResult.NONE, "no author's domain", false);
        }
        if (authors > limits.authorDomains()) {
            return without(Optional.empty(), DmarcResult.PERMERROR, authors + " author's domains in From", false);
        }
        Discovery discovery = new Discovery(resolver, suffixes);
        DmarcOutcome worst = null;
        for (DnsName author : request.authorDomains()) {
            DmarcOutcome outcome = evaluate(discovery.lookup(author), request, discovery);
            if (worst == null || worse(outcome, worst)) {
                worst = outcome;
            }
        }
        return Objects.requireNonNull(worst);
    }

    /**
     * Evaluates the message with a record that was looked up before, for the author's domain that it was looked up for. The DNS is
     * asked only for organizational domains that are needed.
     *
     * @throws InterruptedException when the calling thread is interrupted while it waits for the DNS
     */
    public DmarcOutcome evaluate(DmarcLookup lookup, DmarcRequest request) throws InterruptedException {
        return evaluate(lookup, request, null);
    }

    private DmarcOutcome evaluate(DmarcLookup lookup, DmarcRequest request, @Nullable Discovery discovery)
            throws InterruptedException {
        return switch (lookup) {
            case DmarcLookup.Absent absent ->
                without(Optional.of(absent.authorDomain()), absent.result(), absent.reason(), absent.authentic());
            case DmarcLookup.Found found -> {
                Alignment alignment = new Alignment(
                        found, limits, () -> discovery == null ? new Discovery(resolver, suffixes) : discovery);
                yield outcome(found, alignment, request);
            }
        };
    }

    private DmarcOutcome outcome(DmarcLookup.Found found, Alignment alignment, DmarcRequest request)
            throws InterruptedException {
        for (AuthenticatedDomain identifier : request.identifiers()) {
            if (identifier.identity() != AuthenticatedDomain.Identity.SPF_HELO || request.nullReversePath()) {
                alignment.consider(identifier);
            }
        }
        DmarcResult result = alignment.result();
        DmarcPolicy disposition = DmarcPolicy.NONE;
        DmarcOutcome.Lowered lowered = DmarcOutcome.Lowered.NOT;
        if (result == DmarcResult.FAIL) {
            lowered = lowered(found);
            disposition = lowered == DmarcOutcome.Lowered.NOT
                    ? found.policy()
                    : found.policy().oneLevelBelow();
        }
        return new DmarcOutcome(
                result,
                Optional.of(found.authorDomain()),
                Optional.of(found),
                alignment.dkim(),
                alignment.spf(),
                disposition,
                lowered,
                alignment.reason(),
                found.authentic() && alignment.authentic());
    }

    /** Whether a policy that isn't none is applied as the next lower one. */
    private DmarcOutcome.Lowered lowered(DmarcLookup.Found found) {
        if (found.policy() == DmarcPolicy.NONE) {
            return DmarcOutcome.Lowered.NOT;
        }
        if (random == null) {
            return found.record().testing() ? DmarcOutcome.Lowered.TESTING : DmarcOutcome.Lowered.NOT;
        }
        int percent = found.record().percent();
        return percent == 100 || random.nextInt(100) < percent
                ? DmarcOutcome.Lowered.NOT
                : DmarcOutcome.Lowered.SAMPLED_OUT;
    }

    private static DmarcOutcome without(
            Optional<DnsName> authorDomain, DmarcResult result, String reason, boolean authentic) {
        return new DmarcOutcome(
                result,
                authorDomain,
                Optional.empty(),
                false,
                false,
                DmarcPolicy.NONE,
                DmarcOutcome.Lowered.NOT,
                reason,
                authentic);
    }

    /** A domain that can't be vouched for must not hide behind one that passes. */
    private static boolean worse(DmarcOutcome one, DmarcOutcome other) {
        int order = Integer.compare(severity(one.result()), severity(other.result()));
        return order > 0 || order == 0 && one.disposition().compareTo(other.disposition()) > 0;
    }

    private static int severity(DmarcResult result) {
        return switch (result) {
            case PASS -> 0;
            case NONE -> 1;
            case PERMERROR -> 2;
            case TEMPERROR -> 3;
            case FAIL -> 4;
        };
    }
}
