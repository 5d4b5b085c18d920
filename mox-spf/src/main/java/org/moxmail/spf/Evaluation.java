package org.moxmail.spf;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.Answer;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.MxRecord;
import org.moxmail.dns.RecordType;
import org.moxmail.dns.Resolver;
import org.moxmail.dns.SyntaxException;
import org.moxmail.time.Timing;

/**
 * One run of {@code check_host()}, RFC 7208 §4.6, with the records that it includes and is redirected to.
 *
 * <p>Records are evaluated by recursion: {@link #check} for a domain, which for include and redirect comes back to itself. What bounds
 * it is the {@link Budget}, shared by all levels: each level is a term that asks the DNS, of which there may be ten, so a record that
 * includes itself ends at the eleventh. Errors end all levels at once ({@link Stop}), because RFC 7208 §5.2 lets temperror and
 * permerror of an included record be those of the whole. Fail, softfail and neutral of an included record only mean that it doesn't
 * match, and its absence is a permerror.
 *
 * <p>What counts as void (RFC 7208 §4.6.4) are terms whose first answer is empty. The addresses of mail exchanges don't count on
 * their own: of a client with an IPv6 address, three exchanges that have IPv4 only would else make a permerror.
 */
final class Evaluation {
    private final SpfRequest request;
    private final DnsName domain;
    private final AddressBits client;
    private final Budget budget;
    private final ClientNames names;
    private final MacroExpander macros;

    Evaluation(Resolver resolver, Timing timing, SpfLimits limits, SpfRequest request, DnsName domain) {
        this.request = request;
        this.domain = domain;
        this.client = AddressBits.of(request.ip());
        this.budget = new Budget(resolver, timing, limits);
        this.names = new ClientNames(budget, client);
        this.macros = new MacroExpander(request, client, domain, budget, names, timing);
    }

    /**
     * What the record of a domain says.
     *
     * @param record whose directive matched, or whose end was reached; null if there's none
     * @param at the domain of that record
     */
    private record Verdict(
            SpfResult result,
            @Nullable Directive matched,
            @Nullable SpfRecord record,
            DnsName at,
            String reason) {}

    /** @param record to evaluate instead of the one that the domain publishes, if any */
    SpfOutcome outcome(@Nullable SpfRecord record) throws InterruptedException {
        try {
            Verdict verdict = record == null ? check(domain) : evaluate(record, domain);
            boolean authentic = budget.authentic();
            return outcome(
                    verdict.result,
                    verdict.matched == null ? Optional.empty() : Optional.of(verdict.matched.mechanism()),
                    verdict.reason,
                    authentic,
                    explanation(verdict));
        } catch (Stop stop) {
            return outcome(stop.result(), Optional.empty(), stop.reason(), budget.authentic(), "");
        }
    }

    private SpfOutcome outcome(
            SpfResult result, Optional<Mechanism> decidedBy, String reason, boolean authentic, String explanation) {
        return new SpfOutcome(
                result, request.identity(), Optional.of(domain), decidedBy, reason, authentic, explanation);
    }

    private Verdict check(DnsName at) throws Stop, InterruptedException {
        // RFC 7208 §4.3: only a domain of several labels can publish a record.
        if (at.ascii().indexOf('.') < 0) {
            return new Verdict(SpfResult.NONE, null, null, at, at + " is no domain");
        }
        SpfLookup lookup = SpfVerifier.select(at, budget.ask(at, RecordType.TXT));
        return switch (lookup) {
            case SpfLookup.Found found -> evaluate(found.record(), at);
            case SpfLookup.Absent absent -> {
                if (absent.result() == SpfResult.NONE) {
                    yield new Verdict(SpfResult.NONE, null, null, at, absent.reason());
                }
                throw Stop.of(absent);
            }
        };
    }

    private Verdict evaluate(SpfRecord record, DnsName at) throws Stop, InterruptedException {
        Modifier.Redirect redirect = null;
        for (Term term : record.terms()) {
            if (term instanceof Directive directive) {
                if (matches(directive, at)) {
                    return new Verdict(
                            directive.qualifier().result(),
                            directive,
                            record,
                            at,
                            directive + " in the record of " + at + " matched");
                }
            } else if (term instanceof Modifier.Redirect found) {
                redirect = found;
            }
        }
        // An "all", which makes a redirect void, has matched already. RFC 8616 §4: a term that can't match does
        // nothing.
        if (redirect == null || macros.unusable(redirect.domain())) {
            return new Verdict(SpfResult.NEUTRAL, null, record, at, "nothing in the record of " + at + " matched");
        }
        budget.countLookup(redirect, at);
        return redirected(redirect, at);
    }

    private Verdict redirected(Modifier.Redirect redirect, DnsName at) throws Stop, InterruptedException {
        DnsName target = macros.name(redirect.domain(), at);
        if (target == null) {
            throw Stop.permerror(redirect + " in the record of " + at + " makes no domain");
        }
        Verdict verdict = check(target);
        if (verdict.result == SpfResult.NONE) {
            throw Stop.permerror(redirect + " in the record of " + at + ": " + verdict.reason);
        }
        return verdict;
    }

    private boolean matches(Directive directive, DnsName at) throws Stop, InterruptedException {
        return switch (directive.mechanism()) {
            case Mechanism.All all -> true;
            case Mechanism.Ip4 ip4 -> !client.six() && ip4.contains((int) client.low());
            case Mechanism.Ip6 ip6 -> client.six() && ip6.contains(client.high(), client.low());
            case Mechanism.A a -> matches(a, at);
            case Mechanism.Mx mx -> matches(mx, at);
            case Mechanism.Include include -> matches(include, at);
            case Mechanism.Exists exists -> matches(exists, at);
            case Mechanism.Ptr ptr -> matches(ptr, at);
        };
    }

    /** The name that a mechanism is about; null when there's none, and so nothing to match. */
    private @Nullable DnsName target(Mechanism mechanism, MacroString text, DnsName at)
            throws Stop, InterruptedException {
        budget.countLookup(mechanism, at);
        return macros.unusable(text) ? null : macros.name(text, at);
    }

    private boolean matches(Mechanism.Include include, DnsName at) throws Stop, InterruptedException {
        DnsName target = target(include, include.domain(), at);
        if (target == null) {
            if (macros.unusable(include.domain())) {
                return false;
            }
            // RFC 7208 §4.3 and §5.2: the check of what is no domain yields none, and that is an error of the record.
            throw Stop.permerror(include + " in the record of " + at + " makes no domain");
        }
        Verdict verdict = check(target);
        if (verdict.result == SpfResult.NONE) {
            throw Stop.permerror(include + " in the record of " + at + ": " + verdict.reason);
        }
        return verdict.result == SpfResult.PASS;
    }

    private boolean matches(Mechanism.A a, DnsName at) throws Stop, InterruptedException {
        DnsName target = target(a, a.domain(), at);
        if (target == null) {
            return false;
        }
        Answer<? extends InetAddress> answer = budget.addresses(target, client.six());
        budget.countIfVoid(answer, a, at);
        return anyNear(records(answer, a, at), a.prefix4(), a.prefix6());
    }

    private boolean matches(Mechanism.Mx mx, DnsName at) throws Stop, InterruptedException {
        DnsName target = target(mx, mx.domain(), at);
        if (target == null) {
            return false;
        }
        Answer<MxRecord> answer = budget.ask(target, RecordType.MX);
        budget.countIfVoid(answer, mx, at);
        int hosts = 0;
        for (MxRecord exchange : records(answer, mx, at)) {
            if (exchange.exchange().isEmpty()) {
                continue; // RFC 7505: it takes no mail and has no hosts
            }
            hosts++;
            if (hosts > budget.limits().mxNames()) {
                throw Stop.permerror(
                        "more than " + budget.limits().mxNames() + " hosts, at " + mx + " in the record of " + at);
            }
            Answer<? extends InetAddress> addresses =
                    budget.addresses(exchange.exchange().get(), client.six());
            if (anyNear(records(addresses, mx, at), mx.prefix4(), mx.prefix6())) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(Mechanism.Exists exists, DnsName at) throws Stop, InterruptedException {
        DnsName target = target(exists, exists.domain(), at);
        if (target == null) {
            return false;
        }
        // RFC 7208 §5.7: IPv4 addresses, whatever the client has.
        Answer<?> answer = budget.ask(target, RecordType.A);
        budget.countIfVoid(answer, exists, at);
        return !records(answer, exists, at).isEmpty();
    }

    private boolean matches(Mechanism.Ptr ptr, DnsName at) throws Stop, InterruptedException {
        DnsName target = target(ptr, ptr.domain(), at);
        if (target == null) {
            return false;
        }
        // RFC 7208 §5.5: when the DNS fails, it doesn't match.
        budget.countIfVoid(names.answer(), ptr, at);
        return names.anyWithin(target);
    }

    private boolean anyNear(List<? extends InetAddress> addresses, int prefix4, int prefix6) {
        for (InetAddress address : addresses) {
            if (client.near(address, prefix4, prefix6)) {
                return true;
            }
        }
        return false;
    }

    /** RFC 7208 §5: no answer is a temperror. */
    private static <R> List<R> records(Answer<R> answer, Mechanism mechanism, DnsName at) throws Stop {
        if (answer instanceof Answer.Failed<R> failed) {
            throw Stop.temperror(mechanism + " in the record of " + at + ": " + failed.detail());
        }
        return answer.records();
    }

    /** RFC 7208 §6.2: whatever goes wrong, there's just no explanation. */
    private String explanation(Verdict verdict) throws InterruptedException {
        if (verdict.result != SpfResult.FAIL || verdict.record == null) {
            return "";
        }
        Optional<Modifier.Explanation> modifier = verdict.record.explanation();
        if (modifier.isEmpty() || macros.unusable(modifier.get().domain())) {
            return "";
        }
        budget.renew();
        try {
            DnsName target = macros.name(modifier.get().domain(), verdict.at);
            List<String> texts = target == null
                    ? List.of()
                    : budget.ask(target, RecordType.TXT).records();
            if (texts.size() != 1) {
                return "";
            }
            MacroString text = MacroString.parseExplanation(texts.getFirst());
            String explanation = macros.text(text, verdict.at, budget.limits().explanation());
            return isPrintable(explanation) ? explanation : "";
        } catch (Stop | SyntaxException e) {
            return "";
        }
    }

    /** RFC 7208 §6.2: US-ASCII, as it's for an SMTP reply. What the sender put into it needn't be. */
    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }
}
