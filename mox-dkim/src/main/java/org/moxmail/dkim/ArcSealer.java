package org.moxmail.dkim;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.moxmail.dns.Bytes;
import org.moxmail.dns.DnsName;

/** Seals messages that are passed on, RFC 8617 §5.1. Safe for use by many threads. */
public final class ArcSealer {
    private static final Bytes NOTHING = Bytes.copyOf(new byte[0]);

    private final DnsName domain;
    private final DkimSelector selector;
    private final InstantSource clock;

    /**
     * A sealer.
     *
     * @param selector the key, and which fields of the message to sign; fields of ARC and Authentication-Results are left out,
     *     RFC 8617 §4.1.2, and the seal itself is always relaxed
     */
    public ArcSealer(DnsName domain, DkimSelector selector, InstantSource clock) {
        this.domain = Objects.requireNonNull(domain);
        this.selector = Objects.requireNonNull(selector);
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * Makes the set to put in front of a message as it will leave.
     *
     * @param message as it will leave, with the chain that it came with
     * @param results the body of an Authentication-Results field with what was found out about the message as it came, RFC 8601
     *     §2.2, without line ends but those of folding; anything else is an IllegalArgumentException
     * @param chain what came of the chain when the message came in
     * @return three fields, each with its line end; empty when nothing may be added, because the chain was sealed as broken
     *     before (RFC 8617 §5.1.3), or has the most sets there may be
     * @throws IOException when the message can't be read
     */
    public Optional<String> seal(SignedMessage message, String results, ArcStatus chain) throws IOException {
        ArcChain earlier = message.arc();
        if (message.headerTooLarge() || earlier.ended() || earlier.highest() >= ArcSet.MOST) {
            return Optional.empty();
        }
        boolean none = chain == ArcStatus.NONE;
        if (none != earlier.empty() || chain == ArcStatus.PASS && earlier.problem() != null) {
            throw new IllegalArgumentException("chain is " + chain.keyword() + ", but the message says otherwise");
        }
        int instance = earlier.highest() + 1;
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        String aar = new ArcAuthenticationResults(instance, results.strip()).print();
        ArcMessageSignature ams = sign(message, instance, now);
        HeaderHashInput input = new HeaderHashInput(message.header().size());
        if (chain == ArcStatus.PASS) {
            // RFC 8617 §5.1.2: of a broken chain the new set alone is sealed.
            for (ArcChain.Link link : earlier.links()) {
                ArcVerifier.canonicalize(message.header(), link, input, 3);
            }
        }
        add(aar, input);
        add(ams.print(), input);
        ArcSeal unsigned = new ArcSeal(
                instance, chain, selector.algorithm().keyword(), NOTHING, domain, selector.name(), Optional.of(now));
        DkimSigner.addOwn(unsigned.print(""), Canonicalization.RELAXED, input);
        String b = TagValues.printBase64(DkimSigner.sign(selector.key(), input));
        return Optional.of(unsigned.print(b) + ams.print() + aar);
    }

    private static void add(String field, HeaderHashInput input) {
        DkimSigner.addOwn(field, Canonicalization.RELAXED, input);
        input.lineEnd();
    }

    private ArcMessageSignature sign(SignedMessage message, int instance, Instant now) throws IOException {
        BodyHashes.Wanted wanted = new BodyHashes.Wanted(selector.body(), selector.algorithm(), Long.MAX_VALUE);
        if (!message.want(wanted)) {
            throw new IllegalStateException("too many body hashes, or the body has streamed by");
        }
        message.readBody();
        List<String> names = DkimSigner.names(message.header(), selector).stream()
                .filter(ArcSealer::signable)
                .toList();
        DkimSignature unsigned = new DkimSignature(
                selector.algorithm().keyword(),
                NOTHING,
                Bytes.copyOf(Objects.requireNonNull(message.hashes().hash(wanted))),
                selector.header(),
                selector.body(),
                domain,
                selector.name(),
                names,
                Optional.empty(),
                OptionalLong.empty(),
                List.of(),
                Optional.of(now),
                Optional.empty(),
                List.of());
        HeaderHashInput input = message.signedHeader(names, selector.header());
        ArcMessageSignature empty = new ArcMessageSignature(instance, unsigned);
        DkimSigner.addOwn(empty.print(""), selector.header(), input);
        return new ArcMessageSignature(instance, unsigned.signed(DkimSigner.sign(selector.key(), input)));
    }

    private static boolean signable(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !lower.startsWith("arc-") && !lower.equals("authentication-results");
    }
}
