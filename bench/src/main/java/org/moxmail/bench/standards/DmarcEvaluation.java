package org.moxmail.bench.standards;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.moxmail.dmarc.AuthenticatedDomain;
import org.moxmail.dmarc.AuthenticationResult;
import org.moxmail.dmarc.DmarcLimits;
import org.moxmail.dmarc.DmarcLookup;
import org.moxmail.dmarc.DmarcOutcome;
import org.moxmail.dmarc.DmarcRequest;
import org.moxmail.dmarc.DmarcResult;
import org.moxmail.dmarc.DmarcVerifier;
import org.moxmail.dns.Answer;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.RecordType;
import org.moxmail.dns.Resolver;
import org.moxmail.dns.SyntaxException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Evaluation by RFC 9989 of a record that was looked up before; what counts is what it allocates ({@code -prof gc}). */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
public class DmarcEvaluation {
    /** The domain that signed: the author's; one that isn't aligned. */
    @Param({"example.org", "provider.example"})
    public String signer = "example.org";

    private final DmarcVerifier verifier = new DmarcVerifier(new OneRecord(), DmarcLimits.DEFAULT);
    private @Nullable DmarcLookup lookup;
    private @Nullable DmarcRequest request;

    /** A DNS with a record at the author's domain. */
    private static final class OneRecord implements Resolver {
        @Override
        @SuppressWarnings("unchecked") // nothing but TXT is asked for
        public <R> Answer<R> lookup(DnsName name, RecordType<R> type) {
            return name.ascii().equals("_dmarc.example.org")
                    ? (Answer<R>) new Answer.Found<>(
                            List.of("v=DMARC1; p=reject; rua=mailto:dmarc@example.org"), name, false, Answer.ABSENCE)
                    : new Answer.NxDomain<>(false);
        }
    }

    /** Looks the record up, and sees that the result is as it should be. */
    @Setup
    public void lookUp() throws InterruptedException, SyntaxException {
        DnsName author = DnsName.parse("example.org");
        lookup = verifier.lookup(author);
        request = DmarcRequest.of(
                author,
                AuthenticatedDomain.mailFrom(DnsName.parse("bounces.provider.example"), AuthenticationResult.PASS),
                AuthenticatedDomain.dkim(DnsName.parse(signer), AuthenticationResult.PASS));
        DmarcResult wanted = signer.equals("example.org") ? DmarcResult.PASS : DmarcResult.FAIL;
        if (mox().result() != wanted) {
            throw new IllegalStateException(mox().toString());
        }
    }

    @Benchmark
    public DmarcOutcome mox() throws InterruptedException {
        if (lookup == null || request == null) {
            throw new IllegalStateException("not set up");
        }
        return verifier.evaluate(lookup, request);
    }
}
