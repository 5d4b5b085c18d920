package org.moxmail.dkim;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.Bytes;
import org.moxmail.dns.DnsName;

/**
 * The steps of verification that DKIM and ARC have in common, RFC 6376 §6.1, for the signatures of one message: a key is looked
 * up once however many of them use it.
 */
final class SignatureChecker {
    /** A step that didn't go well. */
    record Problem(DkimReason reason, String detail) {
        static Problem of(DkimReason reason) {
            return new Problem(reason, reason.text());
        }

        static Problem of(DkimReason reason, String detail) {
            return new Problem(reason, reason.text() + ": " + detail);
        }
    }

    private static final Provider RSA = provider("SHA256withRSA");
    private static final Provider ED25519 = provider("Ed25519");

    private final DkimKeyLookup keys;
    private final DkimPolicy policy;
    private final Instant now;
    private final Map<String, DkimKeyAnswer> seen = new HashMap<>();

    SignatureChecker(DkimKeyLookup keys, DkimPolicy policy, Instant now) {
        this.keys = keys;
        this.policy = policy;
        this.now = now;
    }

    /** Asking each time for an algorithm without its provider goes through all of them. */
    private static Provider provider(String algorithm) {
        try {
            return Signature.getInstance(algorithm).getProvider();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether time, algorithm and domain allow it, before anything costs much. */
    @Nullable
    Problem acceptable(DkimSignature signature) {
        Optional<Instant> expiration = signature.expiration();
        if (expiration.isPresent() && now.isAfter(expiration.get().plus(policy.leeway()))) {
            return Problem.of(DkimReason.EXPIRED, expiration.get().toString());
        }
        if (!signature.queries().isEmpty() && !signature.queries().contains(DkimSignature.DNS_TXT)) {
            return Problem.of(DkimReason.QUERY_METHOD, String.join(":", signature.queries()));
        }
        return acceptable(signature.algorithm(), signature.domain());
    }

    @Nullable
    Problem acceptable(String algorithm, DnsName domain) {
        if (policy.publicSuffix().test(domain)) {
            return Problem.of(DkimReason.PUBLIC_SUFFIX, domain.toString());
        }
        Optional<DkimAlgorithm> known = DkimAlgorithm.of(algorithm);
        if (known.isEmpty() || known.get() == DkimAlgorithm.RSA_SHA1 && !policy.sha1()) {
            return Problem.of(DkimReason.ALGORITHM, algorithm);
        }
        return null;
    }

    DkimKeyAnswer key(String selector, DnsName domain) throws InterruptedException {
        String name = selector + ' ' + domain.ascii();
        DkimKeyAnswer answer = seen.get(name);
        if (answer == null) {
            answer = keys.lookup(selector, domain);
            seen.put(name, answer);
        }
        return answer;
    }

    /** Whether the key may be used for such a signature on mail. */
    @Nullable
    Problem usable(DkimKeyRecord key, DkimAlgorithm algorithm) {
        if (!key.allowsHash(algorithm.hash())) {
            return Problem.of(DkimReason.HASH_NOT_ALLOWED, String.join(":", key.hashes()));
        }
        if (!key.keyType().equals(algorithm.keyType())) {
            return Problem.of(DkimReason.KEY_TYPE, key.keyType());
        }
        if (key.revoked()) {
            return Problem.of(DkimReason.KEY_REVOKED);
        }
        int bits = key.keyBits();
        if (algorithm != DkimAlgorithm.ED25519_SHA256 && bits < policy.rsaBits()) {
            return bits < DkimPolicy.LEAST_RSA_BITS
                    ? Problem.of(DkimReason.WEAK_KEY, bits + " bits")
                    : Problem.of(DkimReason.POLICY, "an RSA key of " + bits + " bits");
        }
        return key.forEmail() ? null : Problem.of(DkimReason.KEY_NOT_FOR_EMAIL, String.join(":", key.services()));
    }

    /** Whether there is a usable key, and the signature is one of these octets by it. */
    @Nullable
    Problem signature(String selector, DnsName domain, DkimAlgorithm algorithm, Bytes signature, HeaderHashInput input)
            throws InterruptedException {
        return switch (key(selector, domain)) {
            case DkimKeyAnswer.Missing missing -> Problem.of(missing.reason(), missing.detail());
            case DkimKeyAnswer.Found found -> {
                Problem problem = usable(found.record(), algorithm);
                if (problem != null) {
                    yield problem;
                }
                PublicKey key = found.record().publicKey().orElseThrow();
                yield matches(algorithm, key, signature, input) ? null : Problem.of(DkimReason.SIGNATURE);
            }
        };
    }

    /** Whether the signature is one of these octets by the key. */
    static boolean matches(DkimAlgorithm algorithm, PublicKey key, Bytes signature, HeaderHashInput input) {
        try {
            Signature verifier = engine(algorithm);
            verifier.initVerify(key);
            update(verifier, algorithm, input);
            return verifier.verify(signature.toByteArray());
        } catch (InvalidKeyException | SignatureException e) {
            // A signature of the wrong length, or a point that is on no curve: it matches nothing.
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static Signature engine(DkimAlgorithm algorithm) throws NoSuchAlgorithmException {
        return switch (algorithm) {
            case RSA_SHA256 -> Signature.getInstance("SHA256withRSA", RSA);
            case RSA_SHA1 -> Signature.getInstance("SHA1withRSA", RSA);
            case ED25519_SHA256 -> Signature.getInstance("Ed25519", ED25519);
        };
    }

    static void update(Signature engine, DkimAlgorithm algorithm, HeaderHashInput input) throws SignatureException {
        if (algorithm == DkimAlgorithm.ED25519_SHA256) {
            // RFC 8463 §3: what Ed25519 signs is the SHA-256 hash.
            var digest = BodyHashes.digest(algorithm);
            digest.update(input.array(), 0, input.length());
            engine.update(digest.digest());
        } else {
            engine.update(input.array(), 0, input.length());
        }
    }

    /** Whether the body is the one that was signed; its hashes are made. */
    @Nullable
    Problem body(SignedMessage message, DkimSignature signature, DkimAlgorithm algorithm) {
        byte[] hash = message.hashes().hash(BodyHashes.Wanted.of(signature, algorithm));
        if (hash == null) {
            return Problem.of(DkimReason.TOO_MANY);
        }
        if (!signature.bodyHash().contentEquals(hash)) {
            return Problem.of(DkimReason.BODY_HASH);
        }
        if (signature.length().isPresent()) {
            long signed = signature.length().getAsLong();
            long length = message.hashes().length(signature.body());
            if (signed > length) {
                return Problem.of(DkimReason.BODY_HASH, "l=" + signed + ", but there are " + length + " octets");
            }
            if (signed < length && policy.bodyLength() == DkimPolicy.BodyLength.WHOLE) {
                return Problem.of(
                        DkimReason.POLICY, "only " + signed + " of " + length + " octets of the body are signed");
            }
        }
        return null;
    }

    /** Whether the receiver takes a signature of such a part of the body. */
    @Nullable
    Problem lengthAllowed(DkimSignature signature) {
        return signature.length().isPresent() && policy.bodyLength() == DkimPolicy.BodyLength.REFUSE
                ? Problem.of(DkimReason.POLICY, "only part of the body is signed, l=")
                : null;
    }
}
