package org.moxmail.dkim;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.Answer;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.RecordType;
import org.moxmail.dns.Resolver;
import org.moxmail.dns.SyntaxException;

/** Looks keys up in the DNS, RFC 6376 §3.6.2 and §6.1.2, and keeps them in a cache. Safe for use by many threads. */
public final class DkimKeyLookup {
    private final Resolver resolver;
    private final DkimKeyCache cache;
    private final DkimLimits limits;

    /** A lookup with a cache of one's own. */
    public DkimKeyLookup(Resolver resolver, DkimKeyCache cache, DkimLimits limits) {
        this.resolver = Objects.requireNonNull(resolver);
        this.cache = Objects.requireNonNull(cache);
        this.limits = Objects.requireNonNull(limits);
    }

    /** A lookup that asks the resolver each time. */
    public DkimKeyLookup(Resolver resolver) {
        this(resolver, DkimKeyCache.none(), DkimLimits.DEFAULT);
    }

    /**
     * Finds the key of a selector of a domain.
     *
     * @throws InterruptedException when the calling thread is interrupted while it waits for the DNS
     */
    public DkimKeyAnswer lookup(String selector, DnsName domain) throws InterruptedException {
        DnsName name;
        try {
            name = domain.child(selector + "._domainkey");
        } catch (SyntaxException e) {
            return new DkimKeyAnswer.Missing(DkimReason.NO_KEY, e.expected(), false);
        }
        Optional<DkimKeyAnswer> kept = cache.find(name);
        if (kept.isPresent()) {
            return kept.get();
        }
        return switch (resolver.lookup(name, RecordType.TXT)) {
            case Answer.Found<String> found -> {
                DkimKeyAnswer answer = choose(found, name);
                cache.keep(name, answer, found.ttl());
                yield answer;
            }
            case Answer.NoData<String> none ->
                new DkimKeyAnswer.Missing(DkimReason.NO_KEY, "no TXT record at " + name, none.authentic());
            case Answer.NxDomain<String> none ->
                new DkimKeyAnswer.Missing(DkimReason.NO_KEY, "no name " + name, none.authentic());
            case Answer.Failed<String> failed -> new DkimKeyAnswer.Missing(DkimReason.DNS, failed.detail(), false);
        };
    }

    private DkimKeyAnswer choose(Answer.Found<String> found, DnsName name) {
        List<DkimKeyRecord> keys = new ArrayList<>();
        String problem = null;
        for (String text : found.records()) {
            try {
                keys.add(DkimKeyRecord.parse(text, limits));
            } catch (SyntaxException e) {
                problem = worse(problem, text, e);
            }
        }
        if (keys.size() == 1) {
            return new DkimKeyAnswer.Found(keys.get(0), found.authentic());
        }
        if (keys.isEmpty()) {
            String detail = "at " + name + ": " + problem;
            return new DkimKeyAnswer.Missing(DkimReason.KEY_SYNTAX, detail, found.authentic());
        }
        return new DkimKeyAnswer.Missing(DkimReason.SEVERAL_KEYS, "at " + name, found.authentic());
    }

    /** The problem of a record that claims to be a key tells more than that of another. */
    private static String worse(@Nullable String problem, String text, SyntaxException e) {
        return problem == null || DkimKeyRecord.claims(text) ? Objects.requireNonNull(e.getMessage()) : problem;
    }
}
