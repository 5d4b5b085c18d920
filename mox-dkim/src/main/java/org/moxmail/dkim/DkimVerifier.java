package org.moxmail.dkim;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.Resolver;

/**
 * Verifies the DKIM signatures of messages, RFC 6376 §6 with RFC 8301, RFC 8463 and RFC 8616. Whether a signature's domain has
 * anything to do with the author is not its business, but DMARC's. Safe for use by many threads.
 */
public final class DkimVerifier {
    private final DkimKeyLookup keys;
    private final DkimPolicy policy;
    private final InstantSource clock;

    /** A verifier with a cache of keys, see {@link DkimKeyLookup}. */
    public DkimVerifier(DkimKeyLookup keys, DkimPolicy policy, InstantSource clock) {
        this.keys = Objects.requireNonNull(keys);
        this.policy = Objects.requireNonNull(policy);
        this.clock = Objects.requireNonNull(clock);
    }

    /** A verifier that looks keys up each time and has the {@linkplain DkimPolicy#DEFAULT default policy}. */
    public DkimVerifier(Resolver resolver, InstantSource clock) {
        this(new DkimKeyLookup(resolver), DkimPolicy.DEFAULT, clock);
    }

    /** A signature on its way: what is known of it, and the first problem, if there was one. */
    private record Step(
            @Nullable DkimSignature signature,
            @Nullable DkimKeyAnswer answer,
            SignatureChecker.@Nullable Problem problem) {
        static Step stop(@Nullable DkimSignature signature, SignatureChecker.Problem problem) {
            return new Step(signature, null, problem);
        }
    }

    /**
     * Verifies every signature of a message.
     *
     * @return an outcome for each signature in the order of the header; empty when the message isn't signed. A header over its
     *     limit has one outcome, without a signature
     * @throws IOException when the message can't be read
     * @throws InterruptedException when the calling thread is interrupted while it waits for the DNS
     */
    public List<DkimOutcome> verify(SignedMessage message) throws IOException, InterruptedException {
        if (message.headerTooLarge()) {
            return List.of(outcome(Step.stop(null, SignatureChecker.Problem.of(DkimReason.HEADER_TOO_LARGE))));
        }
        SignatureChecker checker = new SignatureChecker(keys, policy, clock.instant());
        List<Step> steps = new ArrayList<>();
        for (SignedMessage.SignatureField field : message.signatures()) {
            steps.add(header(field, message, checker));
        }
        message.readBody();
        List<DkimOutcome> outcomes = new ArrayList<>();
        for (Step step : steps) {
            outcomes.add(outcome(body(step, message, checker)));
        }
        int all = message.header().count("dkim-signature");
        while (outcomes.size() < all) {
            outcomes.add(outcome(Step.stop(null, SignatureChecker.Problem.of(DkimReason.TOO_MANY))));
        }
        return outcomes;
    }

    /** All steps up to the signature itself; the body's hash is the last, and only good signatures need it. */
    private Step header(SignedMessage.SignatureField field, SignedMessage message, SignatureChecker checker)
            throws InterruptedException {
        DkimSignature signature = field.signature();
        if (signature == null) {
            String why = field.problem() == null
                    ? ""
                    : String.valueOf(field.problem().getMessage());
            return Step.stop(null, SignatureChecker.Problem.of(DkimReason.SYNTAX, why));
        }
        SignatureChecker.Problem problem = acceptable(signature, checker);
        if (problem != null) {
            return Step.stop(signature, problem);
        }
        DkimAlgorithm algorithm = signature.knownAlgorithm().orElseThrow();
        DkimKeyAnswer answer = checker.key(signature.selector(), signature.domain());
        if (!(answer instanceof DkimKeyAnswer.Found found)) {
            return new Step(signature, answer, missing(answer));
        }
        problem = usable(found.record(), signature, algorithm, checker);
        if (problem == null && !matches(field.field(), signature, algorithm, found.record(), message)) {
            problem = SignatureChecker.Problem.of(DkimReason.SIGNATURE);
        }
        if (problem == null && !message.want(BodyHashes.Wanted.of(signature, algorithm))) {
            problem = SignatureChecker.Problem.of(DkimReason.TOO_MANY);
        }
        return new Step(signature, answer, problem);
    }

    private static SignatureChecker.@Nullable Problem missing(DkimKeyAnswer answer) {
        return answer instanceof DkimKeyAnswer.Missing missing
                ? SignatureChecker.Problem.of(missing.reason(), missing.detail())
                : null;
    }

    private SignatureChecker.@Nullable Problem acceptable(DkimSignature signature, SignatureChecker checker) {
        if (!signature.signs("From")) {
            return SignatureChecker.Problem.of(DkimReason.FROM_NOT_SIGNED);
        }
        SignatureChecker.Problem problem = checker.acceptable(signature);
        if (problem != null) {
            return problem;
        }
        for (String name : policy.signedFields()) {
            if (!signature.signs(name)) {
                return SignatureChecker.Problem.of(DkimReason.POLICY, name + " isn't signed");
            }
        }
        return checker.lengthAllowed(signature);
    }

    private static SignatureChecker.@Nullable Problem usable(
            DkimKeyRecord key, DkimSignature signature, DkimAlgorithm algorithm, SignatureChecker checker) {
        SignatureChecker.Problem problem = checker.usable(key, algorithm);
        if (problem == null
                && key.strictIdentity()
                && !signature.auid().domain().equals(signature.domain())) {
            return SignatureChecker.Problem.of(
                    DkimReason.IDENTITY, signature.auid().toString());
        }
        return problem;
    }

    private static boolean matches(
            int field, DkimSignature signature, DkimAlgorithm algorithm, DkimKeyRecord key, SignedMessage message) {
        HeaderHashInput input = message.signedHeader(signature.headers(), signature.header());
        message.header().canonicalizeOwn(field, signature.header(), input);
        return SignatureChecker.matches(algorithm, key.publicKey().orElseThrow(), signature.signature(), input);
    }

    private static Step body(Step step, SignedMessage message, SignatureChecker checker) {
        DkimSignature signature = step.signature();
        if (step.problem() != null || signature == null) {
            return step;
        }
        SignatureChecker.Problem problem =
                checker.body(message, signature, signature.knownAlgorithm().orElseThrow());
        return new Step(signature, step.answer(), problem);
    }

    private DkimOutcome outcome(Step step) {
        SignatureChecker.Problem problem = step.problem();
        DkimReason reason = problem == null ? DkimReason.VERIFIED : problem.reason();
        DkimKeyRecord key = step.answer() instanceof DkimKeyAnswer.Found found ? found.record() : null;
        boolean testing = key != null && key.testing() && policy.honourTesting();
        return new DkimOutcome(
                testing && reason != DkimReason.VERIFIED ? DkimStatus.NONE : reason.status(),
                reason,
                problem == null ? reason.text() : problem.detail(),
                Optional.ofNullable(step.signature()),
                Optional.ofNullable(key),
                step.answer() != null && step.answer().authentic());
    }
}
