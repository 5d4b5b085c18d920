package org.moxmail.bench.standards;

import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.moxmail.dkim.Canonicalization;
import org.moxmail.dkim.DkimKeyLookup;
import org.moxmail.dkim.DkimKeys;
import org.moxmail.dkim.DkimLimits;
import org.moxmail.dkim.DkimOutcome;
import org.moxmail.dkim.DkimPolicy;
import org.moxmail.dkim.DkimStatus;
import org.moxmail.dkim.DkimVerifier;
import org.moxmail.dkim.MemoryKeyCache;
import org.moxmail.dkim.SignedMessage;
import org.moxmail.message.MessageContent;
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

/**
 * Verification of a mail of 20 MB with four signatures, RSA and Ed25519 in turns. {@code digest} is SHA-256 alone: of the body as it
 * stands, once for each canonicalization.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
public class DkimLargeMail {
    private static final int SIZE = 20_000_000;

    /** How many canonicalizations the signatures have among them. */
    @Param({"1", "2"})
    public int canonicalizations = 1;

    private byte[] mail = {};
    private DkimVerifier verifier = new DkimVerifier(DkimMail.resolver(""), DkimMail.CLOCK);

    /** Sees that all signatures are good. */
    @Setup
    public void sign() throws Exception {
        var random = new SecureRandom();
        KeyPair rsa = DkimKeys.generateRsa(2048, random);
        KeyPair ed25519 = DkimKeys.generateEd25519(random);
        Canonicalization other = canonicalizations == 1 ? Canonicalization.RELAXED : Canonicalization.SIMPLE;
        mail = DkimMail.sign(
                DkimMail.letter(SIZE),
                List.of(
                        DkimMail.selector("rsa1", rsa, Canonicalization.RELAXED),
                        DkimMail.selector("ed1", ed25519, Canonicalization.RELAXED),
                        DkimMail.selector("rsa2", rsa, other),
                        DkimMail.selector("ed2", ed25519, other)));
        verifier = new DkimVerifier(
                new DkimKeyLookup(
                        DkimMail.resolver(
                                name -> DkimMail.record((name.startsWith("rsa") ? rsa : ed25519).getPublic())),
                        new MemoryKeyCache(DkimMail.CLOCK),
                        DkimLimits.DEFAULT),
                DkimPolicy.DEFAULT,
                DkimMail.CLOCK);
        List<DkimOutcome> outcomes = mox();
        if (outcomes.size() != 4 || !outcomes.stream().allMatch(outcome -> outcome.status() == DkimStatus.PASS)) {
            throw new IllegalStateException("not accepted: " + outcomes);
        }
    }

    @Benchmark
    public List<DkimOutcome> mox() throws Exception {
        return verifier.verify(SignedMessage.of(MessageContent.of(mail)));
    }

    @Benchmark
    public int digest() throws Exception {
        int sum = 0;
        for (int i = 0; i < canonicalizations; i++) {
            sum += MessageDigest.getInstance("SHA-256").digest(mail)[0];
        }
        return sum;
    }
}
