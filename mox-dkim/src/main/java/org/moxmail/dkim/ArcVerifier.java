package org.moxmail.dkim;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Validates the Authenticated Received Chains of messages, RFC 8617 §5.2. Whether the handlers in a good chain are to be
 * believed is not its business. All failures are permanent, even of the DNS, RFC 8617 §5.2.1. Safe for use by many threads.
 */
public final class ArcVerifier {
    private final DkimKeyLookup keys;
    private final DkimPolicy policy;
    private final InstantSource clock;

    /**
     * A verifier.
     *
     * @param policy what is asked of keys, algorithms and l= as for DKIM; which fields are signed is not looked at
     */
    public ArcVerifier(DkimKeyLookup keys, DkimPolicy policy, InstantSource clock) {
        this.keys = Objects.requireNonNull(keys);
        this.policy = Objects.requireNonNull(policy);
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * Validates the chain of a message.
     *
     * @throws IOException when the message can't be read
     * @throws InterruptedException when the calling thread is interrupted while it waits for the DNS
     */
    public ArcOutcome verify(SignedMessage message) throws IOException, InterruptedException {
        if (message.headerTooLarge()) {
            return ArcOutcome.fail(DkimReason.HEADER_TOO_LARGE.text());
        }
        ArcChain chain = message.arc();
        if (chain.empty()) {
            return new ArcOutcome(ArcStatus.NONE, "no chain", 0, List.of());
        }
        if (chain.ended()) {
            return ArcOutcome.fail("chain was broken when it came to the handler with i=" + chain.highest());
        }
        if (chain.problem() != null) {
            return ArcOutcome.fail(chain.problem());
        }
        List<ArcChain.Link> links = chain.links();
        for (ArcChain.Link link : links) {
            ArcStatus must = link.instance == 1 ? ArcStatus.NONE : ArcStatus.PASS;
            if (link.seal == null || link.seal.chain() != must) {
                return ArcOutcome.fail("seal with i=" + link.instance + " lacks cv=" + must.keyword());
            }
        }
        return signatures(message, links);
    }

    private ArcOutcome signatures(SignedMessage message, List<ArcChain.Link> links)
            throws IOException, InterruptedException {
        SignatureChecker checker = new SignatureChecker(keys, policy, clock.instant());
        for (ArcChain.Link link : links.reversed()) {
            // One pass over the body makes all hashes, the newest first if there are too many.
            if (link.signature != null && link.signature.knownAlgorithm().isPresent()) {
                message.want(BodyHashes.Wanted.of(
                        link.signature, link.signature.knownAlgorithm().get()));
            }
        }
        message.readBody();
        ArcChain.Link newest = links.get(links.size() - 1);
        String problem = signature(message, newest, checker);
        if (problem != null) {
            return ArcOutcome.fail("message signature with i=" + newest.instance + ": " + problem);
        }
        for (ArcChain.Link link : links.reversed()) {
            problem = seal(message, links, link, checker);
            if (problem != null) {
                return ArcOutcome.fail("seal with i=" + link.instance + ": " + problem);
            }
        }
        int oldest = oldestPass(message, links, checker);
        return new ArcOutcome(ArcStatus.PASS, "chain of " + links.size() + " verified", oldest, sets(links));
    }

    private static int oldestPass(SignedMessage message, List<ArcChain.Link> links, SignatureChecker checker)
            throws InterruptedException {
        for (int i = links.size() - 2; i >= 0; i--) {
            if (signature(message, links.get(i), checker) != null) {
                return links.get(i).instance + 1;
            }
        }
        return 0;
    }

    /** What is wrong with the signature of the message, if anything. */
    private static @Nullable String signature(SignedMessage message, ArcChain.Link link, SignatureChecker checker)
            throws InterruptedException {
        DkimSignature signature = link.signature;
        if (signature == null) {
            return String.valueOf(link.signatureProblem);
        }
        SignatureChecker.Problem problem = checker.acceptable(signature);
        if (problem == null) {
            problem = checker.lengthAllowed(signature);
        }
        if (problem != null) {
            return problem.detail();
        }
        HeaderHashInput input = message.signedHeader(signature.headers(), signature.header());
        message.header().canonicalizeOwn(link.fields[1], signature.header(), input);
        DkimAlgorithm algorithm = signature.knownAlgorithm().orElseThrow();
        problem = checker.signature(signature.selector(), signature.domain(), algorithm, signature.signature(), input);
        if (problem == null) {
            problem = checker.body(message, signature, algorithm);
        }
        return problem == null ? null : problem.detail();
    }

    /** What is wrong with a seal, if anything. It covers all sets up to its own, RFC 8617 §5.1.1. */
    private static @Nullable String seal(
            SignedMessage message, List<ArcChain.Link> links, ArcChain.Link link, SignatureChecker checker)
            throws InterruptedException {
        ArcSeal seal = Objects.requireNonNull(link.seal);
        SignatureChecker.Problem problem = checker.acceptable(seal.algorithm(), seal.domain());
        if (problem == null) {
            HeaderHashInput input = new HeaderHashInput(message.header().size());
            HeaderBlock header = message.header();
            for (ArcChain.Link earlier : links.subList(0, link.instance - 1)) {
                canonicalize(header, earlier, input, 3);
            }
            canonicalize(header, link, input, 2);
            header.canonicalizeOwn(link.fields[2], Canonicalization.RELAXED, input);
            DkimAlgorithm algorithm = DkimAlgorithm.of(seal.algorithm()).orElseThrow();
            problem = checker.signature(seal.selector(), seal.domain(), algorithm, seal.signature(), input);
        }
        return problem == null ? null : problem.detail();
    }

    /** Adds the first fields of a set: results, signature, seal. */
    static void canonicalize(HeaderBlock header, ArcChain.Link link, HeaderHashInput input, int count) {
        for (int kind = 0; kind < count; kind++) {
            header.canonicalize(link.fields[kind], Canonicalization.RELAXED, input);
        }
    }

    private static List<ArcSet> sets(List<ArcChain.Link> links) {
        List<ArcSet> sets = new ArrayList<>();
        for (ArcChain.Link link : links) {
            // What a good chain has for an old signature that can't be read is told by oldestPass.
            if (link.results != null && link.signature != null && link.seal != null) {
                sets.add(new ArcSet(link.results, new ArcMessageSignature(link.instance, link.signature), link.seal));
            }
        }
        return sets;
    }
}
