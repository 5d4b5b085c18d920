package org.moxmail.dmarc;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.Answer;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.PublicSuffixList;
import org.moxmail.dns.RecordType;
import org.moxmail.dns.Resolver;

/** Finds records and organizational domains for one message, by one standard. For one thread. */
final class Discovery {
    private final Resolver resolver;
    private final DmarcStandard standard;
    private final @Nullable PublicSuffixList suffixes;
    private @Nullable TreeWalk walk;

    /** Discovery by RFC 7489 with a list of suffixes, by RFC 9989 without. */
    Discovery(Resolver resolver, @Nullable PublicSuffixList suffixes) {
        this.resolver = resolver;
        this.suffixes = suffixes;
        this.standard = suffixes == null ? DmarcStandard.RFC9989 : DmarcStandard.RFC7489;
    }

    /** Made when it is needed, which a list of suffixes and a known record leave no need for. */
    private TreeWalk walk() {
        if (walk == null) {
            walk = new TreeWalk(resolver, standard);
        }
        return walk;
    }

    OrganizationalDomain organizationalDomain(DnsName domain) throws InterruptedException {
        return suffixes == null
                ? walk().organizationalDomain(domain)
                : new OrganizationalDomain.Known(suffixes.organizationalDomain(domain), true);
    }

    DmarcLookup lookup(DnsName author) throws InterruptedException {
        return switch (walk().at(author)) {
            case TreeWalk.Failed failed -> absent(author, DmarcResult.TEMPERROR, failed.reason(), false);
            case TreeWalk.Published published -> own(author, published);
            case TreeWalk.Nothing nothing ->
                suffixes == null ? byTreeWalk(author, nothing) : bySuffix(author, nothing, suffixes);
        };
    }

    private DmarcLookup own(DnsName author, TreeWalk.Published published) {
        return switch (published.reading()) {
            case DmarcReading.Unusable unusable ->
                unusable(author, published.domain(), unusable, published.authentic());
            case DmarcReading.Usable usable ->
                new DmarcLookup.Found(
                        author,
                        author,
                        usable.record(),
                        usable.record().policy(),
                        DmarcLookup.PolicySource.DOMAIN,
                        usable.faults(),
                        published.authentic());
        };
    }

    /** RFC 9989 §4.10.1: the organizational domain's record, else that of the public suffix. */
    private DmarcLookup byTreeWalk(DnsName author, TreeWalk.Nothing own) throws InterruptedException {
        Optional<DnsName> start = TreeWalk.above(author);
        if (start.isEmpty()) {
            return absent(author, DmarcResult.NONE, own.reason(), own.authentic());
        }
        TreeWalk.Path path = walk().from(start.get());
        if (path.failure() != null) {
            return absent(author, DmarcResult.TEMPERROR, path.failure().reason(), false);
        }
        boolean authentic = own.authentic() && path.authentic();
        if (path.found().isEmpty()) {
            return absent(author, DmarcResult.NONE, own.reason() + ", and neither has a domain above", authentic);
        }
        DnsName organization = TreeWalk.organizationalDomain(author, path);
        TreeWalk.Published applying = path.found().getLast();
        for (TreeWalk.Published published : path.found()) {
            if (published.domain().equals(organization)) {
                applying = published;
            }
        }
        return above(author, applying, own, authentic);
    }

    /** RFC 7489 §6.6.3, steps 3 to 5. */
    private DmarcLookup bySuffix(DnsName author, TreeWalk.Nothing own, PublicSuffixList list)
            throws InterruptedException {
        DnsName organization = list.organizationalDomain(author);
        if (own.several() || organization.equals(author)) {
            return absent(author, DmarcResult.NONE, own.reason(), own.authentic());
        }
        return switch (walk().at(organization)) {
            case TreeWalk.Failed failed -> absent(author, DmarcResult.TEMPERROR, failed.reason(), false);
            case TreeWalk.Nothing nothing ->
                absent(
                        author,
                        DmarcResult.NONE,
                        own.reason() + ", " + nothing.reason(),
                        own.authentic() && nothing.authentic());
            case TreeWalk.Published published ->
                above(author, published, own, own.authentic() && published.authentic());
        };
    }

    private DmarcLookup above(DnsName author, TreeWalk.Published published, TreeWalk.Nothing own, boolean authentic)
            throws InterruptedException {
        return switch (published.reading()) {
            case DmarcReading.Unusable unusable -> unusable(author, published.domain(), unusable, authentic);
            case DmarcReading.Usable usable -> subdomain(author, published.domain(), usable, own, authentic);
        };
    }

    private DmarcLookup subdomain(
            DnsName author, DnsName policyDomain, DmarcReading.Usable usable, TreeWalk.Nothing own, boolean authentic)
            throws InterruptedException {
        DmarcRecord record = usable.record();
        boolean proven = authentic;
        DmarcLookup.PolicySource source = record.subdomainPolicy().isPresent()
                ? DmarcLookup.PolicySource.SUBDOMAIN
                : DmarcLookup.PolicySource.DOMAIN;
        DmarcPolicy policy = record.policyBelow(true);
        // A name below which something is exists, RFC 8020 §2, and nobody needs to know if np isn't there.
        if (record.nonexistentPolicy().isPresent() && !own.nameExists()) {
            // RFC 9989 §A.4: any type will do.
            Answer<?> answer = resolver.lookup(author, RecordType.A);
            if (answer instanceof Answer.Failed<?> failed) {
                return absent(
                        author, DmarcResult.TEMPERROR, "whether " + author + " exists: " + failed.detail(), false);
            }
            proven &= answer.authentic();
            if (answer instanceof Answer.NxDomain<?>) {
                source = DmarcLookup.PolicySource.NONEXISTENT;
                policy = record.policyBelow(false);
            }
        }
        return new DmarcLookup.Found(author, policyDomain, record, policy, source, usable.faults(), proven);
    }

    /** RFC 9989 §4.10.1: no DMARC processing, and §9.2 has a name for that. */
    private static DmarcLookup unusable(
            DnsName author, DnsName domain, DmarcReading.Unusable unusable, boolean authentic) {
        return absent(author, DmarcResult.PERMERROR, "record of " + domain + ": " + unusable.fault(), authentic);
    }

    private static DmarcLookup absent(DnsName author, DmarcResult result, String reason, boolean authentic) {
        return new DmarcLookup.Absent(author, result, reason, authentic);
    }
}
