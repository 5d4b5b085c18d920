package org.moxmail.dkim;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.moxmail.dns.DnsName;

/**
 * What a receiver accepts of the signatures that the RFCs allow.
 *
 * @param bodyLength whether a signature may cover only the start of the body, l=
 * @param signedFields fields that must be signed besides From
 * @param rsaBits bits an RSA key must have: 1024 is RFC 8301 §3.2's least. Shorter ones are a permerror below that, else policy
 * @param sha1 whether rsa-sha1 is good enough, against RFC 8301 §3.1
 * @param honourTesting whether a signature that doesn't pass counts for nothing when its domain is testing, RFC 6376 §3.6.1
 * @param leeway how long a signature is accepted past its expiration, for clocks that differ
 * @param publicSuffix which domains are public suffixes, such as {@code com}, that no signature is accepted from
 */
public record DkimPolicy(
        BodyLength bodyLength,
        List<String> signedFields,
        int rsaBits,
        boolean sha1,
        boolean honourTesting,
        Duration leeway,
        Predicate<DnsName> publicSuffix) {
    /** RFC 8301 §3.2: verifiers don't accept shorter keys. */
    static final int LEAST_RSA_BITS = 1024;

    private static final Duration LEEWAY = Duration.ofMinutes(5);

    /** What the RFCs say and no more: l= is fine, From must be signed. Only top-level domains are public suffixes. */
    public static final DkimPolicy RFC = new DkimPolicy(
            BodyLength.ACCEPT,
            List.of(),
            LEAST_RSA_BITS,
            false,
            true,
            LEEWAY,
            name -> name.parent().isEmpty());

    /** For mail from everywhere: no l=, since anything may be added to such a message, and Subject must be signed. */
    public static final DkimPolicy DEFAULT = new DkimPolicy(
            BodyLength.REFUSE, List.of("Subject"), LEAST_RSA_BITS, false, true, LEEWAY, RFC.publicSuffix());

    /** What to do with signatures of part of a body, RFC 6376 §8.2. */
    public enum BodyLength {
        /** Accept none. */
        REFUSE,
        /** Accept those that happen to cover the whole body. */
        WHOLE,
        /** Accept them. */
        ACCEPT
    }

    public DkimPolicy {
        Objects.requireNonNull(bodyLength);
        signedFields = List.copyOf(signedFields);
        Objects.requireNonNull(leeway);
        Objects.requireNonNull(publicSuffix);
    }

    /** The same with a list of public suffixes. */
    public DkimPolicy withPublicSuffix(Predicate<DnsName> suffixes) {
        return new DkimPolicy(bodyLength, signedFields, rsaBits, sha1, honourTesting, leeway, suffixes);
    }
}
