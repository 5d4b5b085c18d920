package org.moxmail.dkim;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.moxmail.dns.Bytes;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;
import org.moxmail.dns.testing.ZoneResolver;

/** Keys and messages that tests sign with them. */
final class Signed {
    static final KeyPair RSA = DkimKeys.generateRsa(1024, new SecureRandom());
    static final KeyPair ED25519 = DkimKeys.generateEd25519(new SecureRandom());
    static final Instant TIME = Instant.parse("2026-06-01T00:00:00Z");
    static final InstantSource CLOCK = InstantSource.fixed(TIME);
    static final String MESSAGE =
            "From: Ann <ann@example.org>\r\nTo: bob@example.net\r\nSubject: hello\r\n\r\nFirst line.\r\nLast line.\r\n";
    static final DnsName DOMAIN = domain("example.org");
    static final Auid ANN = Auid.of(DOMAIN);

    private Signed() {}

    static DnsName domain(String text) {
        try {
            return DnsName.parse(text);
        } catch (SyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static ZoneResolver dns() {
        return new ZoneResolver()
                .txt(
                        "rsa._domainkey.example.org",
                        DkimKeyRecord.of(RSA.getPublic()).print())
                .txt(
                        "ed._domainkey.example.org",
                        DkimKeyRecord.of(ED25519.getPublic()).print());
    }

    static DkimSelector selector(KeyPair pair, Canonicalization header, Canonicalization body) {
        return new DkimSelector(
                pair == RSA ? "rsa" : "ed",
                pair.getPrivate(),
                header,
                body,
                List.of("From", "To", "Subject", "Date"),
                true,
                Duration.ZERO);
    }

    static DkimSelector selector(KeyPair pair) {
        return selector(pair, Canonicalization.RELAXED, Canonicalization.RELAXED);
    }

    /** The message with a signature by each selector in front. */
    static String sign(String message, DkimSelector... selectors) throws IOException, SyntaxException {
        return new DkimSigner(DOMAIN, List.of(selectors), CLOCK).sign(message(message), ANN, false) + message;
    }

    static SignedMessage message(String text) throws IOException {
        return Suites.message(text.getBytes(StandardCharsets.UTF_8));
    }

    static List<DkimOutcome> verify(String message, ZoneResolver dns, DkimPolicy policy)
            throws IOException, InterruptedException {
        return new DkimVerifier(new DkimKeyLookup(dns), policy, CLOCK).verify(message(message));
    }

    static DkimOutcome verifyOne(String message, ZoneResolver dns, DkimPolicy policy)
            throws IOException, InterruptedException {
        List<DkimOutcome> outcomes = verify(message, dns, policy);
        if (outcomes.size() != 1) {
            throw new AssertionError(outcomes);
        }
        return outcomes.get(0);
    }

    /** A message with a signature of tags as given, made with a key: its bh= is right, its b= is added. */
    static String signTags(String tags, Canonicalization canonicalization, KeyPair pair, String message)
            throws IOException {
        SignedMessage parsed = message(message);
        String field = DkimSignature.FIELD + ": " + tags + "; b=\r\n";
        int h = tags.indexOf("h=", tags.indexOf(" h="));
        String names = h < 0 ? "" : tags.substring(h + 2).split(";", 2)[0];
        HeaderHashInput input = parsed.signedHeader(List.of(names.split(":", -1)), canonicalization);
        DkimSigner.addOwn(field, canonicalization, input);
        String b = TagValues.printBase64(DkimSigner.sign(pair.getPrivate(), input));
        return field.substring(0, field.length() - 2) + b + "\r\n" + message;
    }

    static String bodyHash(String message, Canonicalization canonicalization, long limit) throws IOException {
        SignedMessage parsed = message(message);
        BodyHashes.Wanted wanted = new BodyHashes.Wanted(canonicalization, DkimAlgorithm.RSA_SHA256, limit);
        parsed.want(wanted);
        parsed.readBody();
        return TagValues.printBase64(
                Bytes.copyOf(Objects.requireNonNull(parsed.hashes().hash(wanted))));
    }
}
