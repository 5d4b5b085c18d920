package org.moxmail.bench.standards;

import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
import org.moxmail.dns.Resolver;
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
 * Verification of a mail of 4 KiB with one signature, relaxed/relaxed, from the octets of the whole message to the outcome.
 *
 * <p>{@code mox} has the key in its cache; {@code moxCold} asks a DNS in memory each time and reads the key's record. {@code bare} is
 * what no verifier can do without: SHA-256 of the canonical body, and the JDK's verification of the canonical header's signature by a
 * key that is there, with one {@link Signature} and one {@link MessageDigest} for all.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
public class DkimVerification {
    /** The algorithm that signs. */
    @Param({"rsa", "ed25519"})
    public String algorithm = "rsa";

    private @Nullable Setting setting;

    /** What is the same for all runs of one algorithm. */
    private record Setting(
            byte[] mail,
            CanonicalMail canonical,
            KeyPair pair,
            DkimVerifier warm,
            DkimVerifier cold,
            Signature signature,
            MessageDigest digest) {}

    /** Sees that all of them accept the mail. */
    @Setup
    public void check() throws Exception {
        boolean rsa = algorithm.equals("rsa");
        var random = new SecureRandom();
        KeyPair pair = rsa ? DkimKeys.generateRsa(2048, random) : DkimKeys.generateEd25519(random);
        byte[] mail = DkimMail.sign(
                DkimMail.letter(DkimMail.SMALL), List.of(DkimMail.selector("s1", pair, Canonicalization.RELAXED)));
        String record = DkimMail.record(pair.getPublic());
        Resolver resolver = DkimMail.resolver(record);
        setting = new Setting(
                mail,
                CanonicalMail.of(mail),
                pair,
                new DkimVerifier(
                        new DkimKeyLookup(resolver, new MemoryKeyCache(DkimMail.CLOCK), DkimLimits.DEFAULT),
                        DkimPolicy.DEFAULT,
                        DkimMail.CLOCK),
                new DkimVerifier(new DkimKeyLookup(resolver), DkimPolicy.DEFAULT, DkimMail.CLOCK),
                Signature.getInstance(rsa ? "SHA256withRSA" : "Ed25519"),
                MessageDigest.getInstance("SHA-256"));
        if (!passed(mox()) || !passed(moxCold()) || !bare()) {
            throw new IllegalStateException("a verifier doesn't accept the mail");
        }
    }

    private static boolean passed(List<DkimOutcome> outcomes) {
        return outcomes.size() == 1 && outcomes.getFirst().status() == DkimStatus.PASS;
    }

    private Setting setting() {
        return Objects.requireNonNull(setting);
    }

    @Benchmark
    public List<DkimOutcome> mox() throws Exception {
        return setting().warm.verify(SignedMessage.of(MessageContent.of(setting().mail)));
    }

    @Benchmark
    public List<DkimOutcome> moxCold() throws Exception {
        return setting().cold.verify(SignedMessage.of(MessageContent.of(setting().mail)));
    }

    @Benchmark
    public boolean bare() throws Exception {
        Setting known = setting();
        CanonicalMail canonical = known.canonical;
        boolean body = MessageDigest.isEqual(known.digest.digest(canonical.body()), canonical.bodyHash());
        known.signature.initVerify(known.pair.getPublic());
        known.signature.update(algorithm.equals("rsa") ? canonical.header() : known.digest.digest(canonical.header()));
        return known.signature.verify(canonical.signature()) && body;
    }
}
