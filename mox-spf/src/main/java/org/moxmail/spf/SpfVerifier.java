package org.moxmail.spf;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.Addresses;
import org.moxmail.dns.Answer;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.RecordType;
import org.moxmail.dns.Resolver;
import org.moxmail.dns.SyntaxException;
import org.moxmail.time.Timing;

/** Checks clients against what domains publish, RFC 7208 §4. Safe for use by any number of threads. */
public final class SpfVerifier {
    private final Resolver resolver;
    private final Timing timing;
    private final SpfLimits limits;

    /** A verifier that asks this resolver and costs no more than this. */
    public SpfVerifier(Resolver resolver, Timing timing, SpfLimits limits) {
        this.resolver = resolver;
        this.timing = timing;
        this.limits = limits;
    }

    /**
     * Evaluates {@code check_host()} for a client.
     *
     * @throws InterruptedException when the calling thread is interrupted while it waits for the DNS
     */
    public SpfOutcome verify(SpfRequest request) throws InterruptedException {
        DnsName domain = domain(request.domain());
        return domain == null
                ? withoutDomain(request)
                : new Evaluation(resolver, timing, limits, request, domain).outcome(null);
    }

    /**
     * Evaluates a record as if the request's domain published it, such as one that isn't published yet.
     *
     * @throws InterruptedException when the calling thread is interrupted while it waits for the DNS
     */
    public SpfOutcome evaluate(SpfRecord record, SpfRequest request) throws InterruptedException {
        DnsName domain = domain(request.domain());
        return domain == null
                ? withoutDomain(request)
                : new Evaluation(resolver, timing, limits, request, domain).outcome(record);
    }

    /**
     * Looks up what a domain publishes.
     *
     * @throws InterruptedException when the calling thread is interrupted while it waits for the DNS
     */
    public SpfLookup lookup(DnsName domain) throws InterruptedException {
        return select(domain, resolver.lookup(domain, RecordType.TXT));
    }

    static SpfLookup select(DnsName domain, Answer<String> answer) {
        if (answer instanceof Answer.Failed<String> failed) {
            return new SpfLookup.Absent(
                    SpfResult.TEMPERROR, "TXT records of " + domain + ": " + failed.detail(), false);
        }
        String found = null;
        for (String txt : answer.records()) {
            if (SpfRecord.isSpf(txt)) {
                if (found != null) {
                    return new SpfLookup.Absent(
                            SpfResult.PERMERROR, domain + " has more than one SPF record", answer.authentic());
                }
                found = txt;
            }
        }
        if (found == null) {
            return new SpfLookup.Absent(SpfResult.NONE, domain + " has no SPF record", answer.authentic());
        }
        try {
            return new SpfLookup.Found(SpfRecord.parse(found), answer.authentic());
        } catch (SyntaxException e) {
            return new SpfLookup.Absent(
                    SpfResult.PERMERROR, "record of " + domain + ": " + e.getMessage(), answer.authentic());
        }
    }

    private static SpfOutcome withoutDomain(SpfRequest request) {
        return new SpfOutcome(
                SpfResult.NONE,
                request.identity(),
                Optional.empty(),
                Optional.empty(),
                "no domain to check",
                false,
                "");
    }

    /** A domain of more than one label, RFC 7208 §4.3; null for anything else, address literals among it. */
    private static @Nullable DnsName domain(String text) {
        String plain = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        if (!isAscii(plain)) {
            return international(plain);
        }
        if (plain.startsWith("[") || plain.indexOf('.') < 0 || isAddress(plain)) {
            return null;
        }
        try {
            return DnsName.forLookup(plain);
        } catch (SyntaxException e) {
            return null; // RFC 7208 §4.3: none
        }
    }

    /** Other dots than the ASCII one may separate U-labels, so that the labels are counted afterwards. */
    private static @Nullable DnsName international(String text) {
        try {
            DnsName name = DnsName.parse(text);
            return name.parent().isPresent() ? name : null;
        } catch (SyntaxException e) {
            return null; // RFC 7208 §4.3: none
        }
    }

    private static boolean isAddress(String text) {
        char last = text.charAt(text.length() - 1);
        if (last < '0' || last > '9') {
            return false;
        }
        try {
            Addresses.parse(text);
            return true;
        } catch (SyntaxException e) {
            return false; // a name
        }
    }

    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
