package org.moxmail.bench.standards;

import java.io.ByteArrayInputStream;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.api.SignatureRecord;
import org.moxmail.dkim.Canonicalization;
import org.moxmail.dkim.DkimKeys;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The same with Apache jDKIM as {@link DkimVerification} with RSA: the whole message in, the good signatures out. It has no cache of
 * keys, so that it reads the record each time, and no Ed25519.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
public class JdkimVerification {
    private byte[] mail = {};
    private DKIMVerifier verifier = new DKIMVerifier();

    /** Sees that the mail is accepted. */
    @Setup
    public void check() throws Exception {
        KeyPair pair = DkimKeys.generateRsa(2048, new SecureRandom());
        mail = DkimMail.sign(
                DkimMail.letter(DkimMail.SMALL), List.of(DkimMail.selector("s1", pair, Canonicalization.RELAXED)));
        List<String> records = List.of(DkimMail.record(pair.getPublic()));
        verifier = new DKIMVerifier((methods, selector, token) -> records);
        if (jdkim().size() != 1) {
            throw new IllegalStateException("the mail isn't accepted");
        }
    }

    @Benchmark
    public List<SignatureRecord> jdkim() throws Exception {
        verifier.resetResults();
        return verifier.verify(new ByteArrayInputStream(mail));
    }
}
