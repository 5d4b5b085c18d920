package org.moxmail.dkim;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.moxmail.dns.Bytes;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.HeaderText;

/** Signs messages for a domain, RFC 6376 §5 with RFC 8301, RFC 8463 and RFC 8616. Safe for use by many threads. */
public final class DkimSigner {
    private final DnsName domain;
    private final List<DkimSelector> selectors;
    private final InstantSource clock;

    /**
     * A signer.
     *
     * @param selectors the keys, each of which makes a signature
     */
    public DkimSigner(DnsName domain, List<DkimSelector> selectors, InstantSource clock) {
        this.domain = Objects.requireNonNull(domain);
        this.selectors = List.copyOf(selectors);
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * Signs a message with every selector; its body is read once.
     *
     * @param identity on whose behalf, in the signer's domain or below
     * @param smtpUtf8 whether the signature may have UTF-8, RFC 8616 §5: when the message goes with SMTPUTF8
     * @return the fields to put in front of the message, in the order of the selectors, each with its line end
     * @throws SyntaxException when the header can't be read or hasn't exactly one From field
     * @throws IOException when the message can't be read
     */
    public String sign(SignedMessage message, Auid identity, boolean smtpUtf8) throws IOException, SyntaxException {
        if (!identity.domain().isSubdomainOf(domain)) {
            throw new IllegalArgumentException(identity + " isn't in " + domain);
        }
        check(message);
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        for (DkimSelector selector : selectors) {
            if (!message.want(wanted(selector))) {
                throw new IllegalStateException("too many body hashes, or the body has streamed by");
            }
        }
        message.readBody();
        StringBuilder fields = new StringBuilder();
        for (DkimSelector selector : selectors) {
            fields.append(sign(message, selector, identity, smtpUtf8, now));
        }
        return fields.toString();
    }

    private static void check(SignedMessage message) throws SyntaxException {
        if (message.headerTooLarge() || message.header().malformed()) {
            throw new SyntaxException(0, "a header of fields", "RFC 5322 §2.2");
        }
        int from = message.header().count("from");
        if (from != 1) {
            throw new SyntaxException(0, "one From field, not " + from, "RFC 5322 §3.6");
        }
    }

    private static BodyHashes.Wanted wanted(DkimSelector selector) {
        return new BodyHashes.Wanted(selector.body(), selector.algorithm(), Long.MAX_VALUE);
    }

    private String sign(SignedMessage message, DkimSelector selector, Auid identity, boolean smtpUtf8, Instant now) {
        Optional<Instant> expiration = selector.expiration().compareTo(Duration.ofSeconds(1)) < 0
                ? Optional.empty()
                : Optional.of(now.plusSeconds(selector.expiration().toSeconds()));
        DkimSignature unsigned = new DkimSignature(
                selector.algorithm().keyword(),
                Bytes.copyOf(new byte[0]),
                Bytes.copyOf(Objects.requireNonNull(message.hashes().hash(wanted(selector)))),
                selector.header(),
                selector.body(),
                domain,
                selector.name(),
                names(message.header(), selector),
                Optional.of(identity),
                OptionalLong.empty(),
                List.of(),
                Optional.of(now),
                expiration,
                List.of());
        HeaderHashInput input = message.signedHeader(unsigned.headers(), unsigned.header());
        addOwn(unsigned.print(smtpUtf8, ""), unsigned.header(), input);
        return unsigned.signed(sign(selector.key(), input)).print(smtpUtf8);
    }

    /** Each field once for every time it is there, so that all are covered, and once more to seal it, RFC 6376 §5.4.2. */
    static List<String> names(HeaderBlock header, DkimSelector selector) {
        List<String> names = new ArrayList<>();
        List<String> wanted = new ArrayList<>(selector.headers());
        if (wanted.stream().noneMatch("from"::equalsIgnoreCase)) {
            wanted.add(0, "From");
        }
        for (String name : wanted) {
            int there = header.count(TagValues.lower(name));
            int times = selector.seal() ? there + 1 : Math.max(1, there);
            for (int i = 0; i < times; i++) {
                names.add(name);
            }
        }
        return names;
    }

    /** Adds the field that is being made, as printed with an empty b=. */
    static void addOwn(String field, Canonicalization canonicalization, HeaderHashInput input) {
        byte[] own = HeaderText.encode(field);
        HeaderBlock.canonicalizeOwn(Arrays.copyOf(own, own.length - 2), canonicalization, input);
    }

    static Bytes sign(PrivateKey key, HeaderHashInput input) {
        DkimAlgorithm algorithm = DkimKeys.algorithm(key);
        try {
            Signature engine = SignatureChecker.engine(algorithm);
            engine.initSign(key);
            SignatureChecker.update(engine, algorithm, input);
            return Bytes.copyOf(engine.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("key can't sign", e);
        }
    }
}
