package org.moxmail.spf;

import java.net.InetAddress;
import org.moxmail.dns.Answer;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.RecordType;
import org.moxmail.dns.Resolver;
import org.moxmail.time.Timing;

/** Asks the DNS for one evaluation, and ends it when it asks for too much, RFC 7208 §4.6.4. */
final class Budget {
    private final Resolver resolver;
    private final Timing timing;
    private final SpfLimits limits;
    private final long started;
    private int lookups;
    private int voidLookups;
    private boolean asked;
    private boolean authentic = true;

    Budget(Resolver resolver, Timing timing, SpfLimits limits) {
        this.resolver = resolver;
        this.timing = timing;
        this.limits = limits;
        this.started = timing.nanoTime();
    }

    SpfLimits limits() {
        return limits;
    }

    /** Whether DNSSEC proved all answers so far. */
    boolean authentic() {
        return asked && authentic;
    }

    /** Counts a term, or a macro, that asks the DNS. */
    void countLookup(Object term, DnsName domain) throws Stop {
        lookups++;
        if (lookups > limits.lookups()) {
            throw Stop.permerror(
                    "more than " + limits.lookups() + " DNS lookups, at " + term + " in the record of " + domain);
        }
    }

    /** Counts a term to which the DNS had nothing to say; it's for the caller to ask that of its first answer only. */
    void countIfVoid(Answer<?> answer, Object term, DnsName domain) throws Stop {
        if (answer instanceof Answer.Found || answer instanceof Answer.Failed) {
            return;
        }
        voidLookups++;
        if (voidLookups > limits.voidLookups()) {
            throw Stop.permerror("more than " + limits.voidLookups() + " DNS lookups without result, at " + term
                    + " in the record of " + domain);
        }
    }

    /** Lets explanations, which cost nothing by RFC 7208 §4.6.4, have a budget of their own. */
    void renew() {
        lookups = 0;
        voidLookups = 0;
    }

    <R> Answer<R> ask(DnsName name, RecordType<R> type) throws Stop, InterruptedException {
        if (asked && timing.nanoTime() - started > limits.total().toNanos()) {
            throw Stop.temperror("no time left to ask for " + type + " of " + name);
        }
        asked = true;
        Answer<R> answer = resolver.lookup(name, type);
        authentic &= answer.authentic();
        return answer;
    }

    /** The addresses of a name that are of one kind. */
    Answer<? extends InetAddress> addresses(DnsName name, boolean six) throws Stop, InterruptedException {
        return six ? ask(name, RecordType.AAAA) : ask(name, RecordType.A);
    }
}
