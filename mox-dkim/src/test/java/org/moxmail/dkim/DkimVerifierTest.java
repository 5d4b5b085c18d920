package org.moxmail.dkim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.moxmail.dns.DnsFailure;
import org.moxmail.dns.RecordType;
import org.moxmail.dns.testing.ZoneResolver;

class DkimVerifierTest {
    private static final String KEY =
            DkimKeyRecord.of(Signed.RSA.getPublic()).print().substring("v=DKIM1;".length());

    /** A signature of the message with tags as told; {@code $bh} is the hash of the body. */
    private static String signed(String tags) throws IOException {
        String bh = Signed.bodyHash(Signed.MESSAGE, Canonicalization.RELAXED, Long.MAX_VALUE);
        return Signed.signTags(
                "v=1; c=relaxed/relaxed; bh=" + bh + "; s=rsa; " + tags,
                Canonicalization.RELAXED,
                Signed.RSA,
                Signed.MESSAGE);
    }

    private static void check(DkimReason reason, DkimOutcome outcome) {
        assertEquals(reason, outcome.reason(), outcome::toString);
        assertEquals(reason.status(), outcome.status(), outcome::toString);
        assertTrue(outcome.detail().startsWith(reason.text()), outcome::detail);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "VERIFIED|a=rsa-sha256; d=example.org; h=From:Subject",
                "VERIFIED|a=rsa-sha256; d=example.org; h=from:subject; x=1780272001",
                "VERIFIED|a=rsa-sha256; d=example.org; h=From:Subject; q=other:dns/txt",
                "VERIFIED|a=rsa-sha256; d=example.org; h=From:Subject; t=99999999999",
                "SYNTAX|a=rsa-sha256; d=example.org; h=From:Subject; t=1; t=2",
                "FROM_NOT_SIGNED|a=rsa-sha256; d=example.org; h=To:Subject",
                "EXPIRED|a=rsa-sha256; d=example.org; h=From:Subject; x=1000000000",
                "PUBLIC_SUFFIX|a=rsa-sha256; d=org; h=From:Subject",
                "ALGORITHM|a=rsa-sha512; d=example.org; h=From:Subject",
                "ALGORITHM|a=dsa-sha256; d=example.org; h=From:Subject",
                "QUERY_METHOD|a=rsa-sha256; d=example.org; h=From:Subject; q=https/x",
                "NO_KEY|a=rsa-sha256; d=sub.example.org; h=From:Subject",
                "KEY_TYPE|a=ed25519-sha256; d=example.org; h=From:Subject",
                "POLICY|a=rsa-sha256; d=example.org; h=From",
                "POLICY|a=rsa-sha256; d=example.org; h=From:Subject; l=5",
            })
    void theFirstStepThatFailsDecides(DkimReason reason, String tags) throws Exception {
        check(reason, Signed.verifyOne(signed(tags), Signed.dns(), DkimPolicy.DEFAULT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "VERIFIED|v=DKIM1;",
                "VERIFIED|h=sha1:sha256;",
                "VERIFIED|s=email;",
                "VERIFIED|s=*;",
                "VERIFIED|t=s;",
                "VERIFIED|t=y;",
                "HASH_NOT_ALLOWED|h=sha1;",
                "KEY_NOT_FOR_EMAIL|s=tlsrpt;",
                "KEY_SYNTAX|v=DKIM2;",
                "KEY_SYNTAX|v=DKIM1; k=dsa;",
                "KEY_SYNTAX|v=DKIM1; x=1; x=1;",
            })
    void theKeyRecordMustAllowIt(DkimReason reason, String tags) throws Exception {
        ZoneResolver dns = new ZoneResolver().txt("rsa._domainkey.example.org", tags + KEY);
        String message = signed("a=rsa-sha256; d=example.org; h=From:Subject");
        check(reason, Signed.verifyOne(message, dns, DkimPolicy.DEFAULT));
    }

    @Test
    void keysMayBeMissingRevokedSeveralOrUnknown() throws Exception {
        String name = "rsa._domainkey.example.org";
        String message = signed("a=rsa-sha256; d=example.org; h=From:Subject");
        ZoneResolver dns = new ZoneResolver();
        check(DkimReason.NO_KEY, Signed.verifyOne(message, dns, DkimPolicy.DEFAULT));
        dns.address(name, "192.0.2.1");
        check(DkimReason.NO_KEY, Signed.verifyOne(message, dns, DkimPolicy.DEFAULT));
        dns.fail(name, RecordType.TXT, DnsFailure.BOGUS);
        check(DkimReason.DNS, Signed.verifyOne(message, dns, DkimPolicy.DEFAULT));
        check(
                DkimReason.KEY_REVOKED,
                Signed.verifyOne(message, new ZoneResolver().txt(name, "v=DKIM1; p="), DkimPolicy.DEFAULT));
        check(
                DkimReason.KEY_SYNTAX,
                Signed.verifyOne(message, new ZoneResolver().txt(name, "some text"), DkimPolicy.DEFAULT));
        check(
                DkimReason.VERIFIED,
                Signed.verifyOne(message, new ZoneResolver().txt(name, "some text", KEY), DkimPolicy.DEFAULT));
        check(
                DkimReason.SEVERAL_KEYS,
                Signed.verifyOne(message, new ZoneResolver().txt(name, "v=DKIM1;" + KEY, KEY), DkimPolicy.DEFAULT));
    }

    @Test
    void anAliasLeadsToTheKeyAndDnssecIsTold() throws Exception {
        ZoneResolver dns = new ZoneResolver()
                .cname("rsa._domainkey.example.org", "key.example.com")
                .txt("key.example.com", KEY)
                .signed("example.org");
        String message = signed("a=rsa-sha256; d=example.org; h=From:Subject");
        assertFalse(Signed.verifyOne(message, dns, DkimPolicy.DEFAULT).authentic());
        assertTrue(Signed.verifyOne(message, dns.signed("example.com"), DkimPolicy.DEFAULT)
                .authentic());
    }

    @Test
    void shortKeysAreRefusedAndThosePolicyWantsLonger() throws Exception {
        KeyPair small = new KeyPair(Signed.RSA.getPublic(), Signed.RSA.getPrivate());
        String message = Signed.sign(Signed.MESSAGE, new DkimSelector("rsa", small.getPrivate()));
        DkimPolicy strict = new DkimPolicy(
                DkimPolicy.BodyLength.REFUSE, List.of(), 2048, false, true, Duration.ZERO, name -> false);
        check(DkimReason.POLICY, Signed.verifyOne(message, Signed.dns(), strict));
        check(DkimReason.VERIFIED, Signed.verifyOne(message, Signed.dns(), DkimPolicy.DEFAULT));
        // RFC 8301 §3.2: below 1024 bits nobody accepts it.
        String weak = "v=DKIM1; p=MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBALgSoqXVSEmfcIsOzw7oRuCCOwsmtX/SJnTWxYyj2leFxfS/"
                + "AVJ+dYfY+hXqMsT7l+MZvvh/R1WzN4MO/kI/7XsCAwEAAQ==";
        ZoneResolver dns = new ZoneResolver().txt("rsa._domainkey.example.org", weak);
        check(DkimReason.WEAK_KEY, Signed.verifyOne(message, dns, DkimPolicy.DEFAULT));
        check(DkimReason.WEAK_KEY, Signed.verifyOne(message, dns, strict));
    }

    @Test
    void strictKeysWantTheIdentityInTheDomainItself() throws Exception {
        ZoneResolver dns = new ZoneResolver().txt("rsa._domainkey.example.org", "t=s;" + KEY);
        String rest = "a=rsa-sha256; d=example.org; h=From:Subject; i=";
        check(DkimReason.VERIFIED, Signed.verifyOne(signed(rest + "a@example.org"), dns, DkimPolicy.DEFAULT));
        check(DkimReason.IDENTITY, Signed.verifyOne(signed(rest + "a@x.example.org"), dns, DkimPolicy.DEFAULT));
        check(
                DkimReason.VERIFIED,
                Signed.verifyOne(signed(rest + "a@x.example.org"), Signed.dns(), DkimPolicy.DEFAULT));
    }

    @Test
    void changesAreNoticed() throws Exception {
        String message = Signed.sign(Signed.MESSAGE, Signed.selector(Signed.RSA));
        check(DkimReason.VERIFIED, Signed.verifyOne(message, Signed.dns(), DkimPolicy.DEFAULT));
        check(
                DkimReason.SIGNATURE,
                Signed.verifyOne(message.replace("hello", "hullo"), Signed.dns(), DkimPolicy.DEFAULT));
        check(
                DkimReason.BODY_HASH,
                Signed.verifyOne(message.replace("Last", "Best"), Signed.dns(), DkimPolicy.DEFAULT));
        // The sealed Subject admits no second one, wherever it is put.
        check(DkimReason.SIGNATURE, Signed.verifyOne("Subject: other\r\n" + message, Signed.dns(), DkimPolicy.DEFAULT));
        check(DkimReason.VERIFIED, Signed.verifyOne("X-Other: a\r\n" + message, Signed.dns(), DkimPolicy.DEFAULT));
    }

    @Test
    void aTestingDomainsBadSignaturesCountForNothing() throws Exception {
        ZoneResolver dns = new ZoneResolver().txt("rsa._domainkey.example.org", "t=y;" + KEY);
        String message =
                Signed.sign(Signed.MESSAGE, Signed.selector(Signed.RSA)).replace("hello", "hullo");
        DkimOutcome outcome = Signed.verifyOne(message, dns, DkimPolicy.DEFAULT);
        assertEquals(DkimStatus.NONE, outcome.status());
        assertEquals(DkimReason.SIGNATURE, outcome.reason());
        assertTrue(outcome.testing());
        DkimPolicy hard = new DkimPolicy(
                DkimPolicy.BodyLength.REFUSE, List.of(), 1024, false, false, Duration.ZERO, name -> false);
        check(DkimReason.SIGNATURE, Signed.verifyOne(message, dns, hard));
    }

    @Test
    void expirationHasALeeway() throws Exception {
        DkimSelector selector = new DkimSelector(
                "rsa",
                Signed.RSA.getPrivate(),
                Canonicalization.SIMPLE,
                Canonicalization.SIMPLE,
                List.of("Subject"),
                false,
                Duration.ofDays(1));
        SignedMessage message = Signed.message(Signed.sign(Signed.MESSAGE, selector));
        Instant end = Signed.TIME.plus(Duration.ofDays(1)).plus(DkimPolicy.DEFAULT.leeway());
        for (int late = 0; late < 2; late++) {
            InstantSource clock = InstantSource.fixed(end.plusSeconds(late));
            DkimVerifier verifier = new DkimVerifier(Signed.dns(), clock);
            check(
                    late == 0 ? DkimReason.VERIFIED : DkimReason.EXPIRED,
                    verifier.verify(message).get(0));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ACCEPT, 12, VERIFIED",
        "ACCEPT, 0, VERIFIED",
        "ACCEPT, 26, VERIFIED",
        "ACCEPT, 27, BODY_HASH",
        "WHOLE, 12, POLICY",
        "WHOLE, 26, VERIFIED",
        "REFUSE, 26, POLICY"
    })
    void partOfABodyIsAcceptedByPolicyOnly(DkimPolicy.BodyLength rule, long length, DkimReason reason)
            throws Exception {
        // The body has 26 octets.
        String message = Signed.MESSAGE.replace("Last line.", "Last line!!");
        String bh = Signed.bodyHash(message, Canonicalization.SIMPLE, length);
        String signed = Signed.signTags(
                "v=1; a=rsa-sha256; d=example.org; s=rsa; h=From; l=" + length + "; bh=" + bh,
                Canonicalization.SIMPLE,
                Signed.RSA,
                message);
        DkimPolicy policy =
                new DkimPolicy(rule, List.of(), 1024, false, true, Duration.ZERO, DkimPolicy.RFC.publicSuffix());
        check(reason, Signed.verifyOne(signed, Signed.dns(), policy));
        if (rule == DkimPolicy.BodyLength.ACCEPT && length < 20) {
            check(DkimReason.VERIFIED, Signed.verifyOne(signed + "appended\r\n", Signed.dns(), policy));
        }
    }

    @Test
    void outcomesComeInTheOrderOfTheHeader() throws Exception {
        String message = "DKIM-Signature: v=1\r\n"
                + Signed.sign(Signed.MESSAGE, Signed.selector(Signed.ED25519), Signed.selector(Signed.RSA));
        List<DkimOutcome> outcomes = Signed.verify(message, Signed.dns(), DkimPolicy.DEFAULT);
        assertEquals(
                List.of(DkimReason.SYNTAX, DkimReason.VERIFIED, DkimReason.VERIFIED),
                outcomes.stream().map(DkimOutcome::reason).toList());
        assertEquals(
                DkimAlgorithm.ED25519_SHA256,
                outcomes.get(1).signature().orElseThrow().knownAlgorithm().orElseThrow());
        assertEquals(Signed.DOMAIN, outcomes.get(2).domain().orElseThrow());
        assertEquals(List.of(), Signed.verify(Signed.MESSAGE, Signed.dns(), DkimPolicy.DEFAULT));
    }

    @Test
    void aKeyIsLookedUpOnceForAMessage() throws Exception {
        ZoneResolver dns = Signed.dns();
        String one = Signed.sign(Signed.MESSAGE, Signed.selector(Signed.RSA));
        String two = Signed.sign(one, Signed.selector(Signed.RSA));
        assertEquals(2, Signed.verify(two, dns, DkimPolicy.DEFAULT).size());
        assertEquals(List.of("TXT rsa._domainkey.example.org"), dns.asked());
    }

    @Test
    void aThousandSignaturesCostNoMoreThanTheLimit() throws Exception {
        StringBuilder many = new StringBuilder();
        String signature = Signed.sign(Signed.MESSAGE, Signed.selector(Signed.RSA));
        String field = signature.substring(0, signature.length() - Signed.MESSAGE.length());
        for (int i = 0; i < 1000; i++) {
            many.append(field.replace("s=rsa", "s=rsa" + i));
        }
        ZoneResolver dns = Signed.dns();
        List<DkimOutcome> outcomes = Signed.verify(many + Signed.MESSAGE, dns, DkimPolicy.DEFAULT);
        assertEquals(1000, outcomes.size());
        assertEquals(DkimLimits.DEFAULT.signatures(), dns.asked().size());
        check(DkimReason.TOO_MANY, outcomes.get(999));
        check(DkimReason.NO_KEY, outcomes.get(0));
    }

    @Test
    void moreBodyHashesThanTheLimitAreNotMade() throws Exception {
        List<String> fields = new ArrayList<>();
        for (int length = 0; length < 10; length++) {
            String bh = Signed.bodyHash(Signed.MESSAGE, Canonicalization.SIMPLE, length);
            String signed = Signed.signTags(
                    "v=1; a=rsa-sha256; d=example.org; s=rsa; h=From; l=" + length + "; bh=" + bh,
                    Canonicalization.SIMPLE,
                    Signed.RSA,
                    Signed.MESSAGE);
            fields.add(signed.substring(0, signed.length() - Signed.MESSAGE.length()));
        }
        String message = String.join("", fields) + Signed.MESSAGE;
        List<DkimOutcome> stored = Signed.verify(message, Signed.dns(), DkimPolicy.RFC);
        check(DkimReason.VERIFIED, stored.get(7));
        check(DkimReason.TOO_MANY, stored.get(8));
        SignedMessage streamed = Suites.streamed(message.getBytes(java.nio.charset.StandardCharsets.UTF_8), 100);
        assertEquals(
                stored,
                new DkimVerifier(new DkimKeyLookup(Signed.dns()), DkimPolicy.RFC, Signed.CLOCK).verify(streamed));
    }

    @Test
    void giantHeadersAndFieldsAreRefused() throws Exception {
        String message = Signed.sign(Signed.MESSAGE, Signed.selector(Signed.RSA));
        String giant = "X: " + "a".repeat(DkimLimits.DEFAULT.headerOctets()) + "\r\n" + message;
        check(DkimReason.HEADER_TOO_LARGE, Signed.verifyOne(giant, Signed.dns(), DkimPolicy.DEFAULT));
        SignedMessage streamed = Suites.streamed(giant.getBytes(java.nio.charset.StandardCharsets.UTF_8), 1000);
        check(
                DkimReason.HEADER_TOO_LARGE,
                new DkimVerifier(Signed.dns(), Signed.CLOCK).verify(streamed).get(0));
        String names = "from:".repeat(1100);
        check(
                DkimReason.SYNTAX,
                Signed.verifyOne(message.replace("h=From", "h=" + names + "From"), Signed.dns(), DkimPolicy.DEFAULT));
        String large = message.replace("v=1;", "v=1; x=" + "y".repeat(40_000) + ";");
        check(DkimReason.SYNTAX, Signed.verifyOne(large, Signed.dns(), DkimPolicy.DEFAULT));
    }

    @Test
    void signaturesOfAnotherLengthMatchNothing() throws Exception {
        String message = Signed.sign(Signed.MESSAGE, Signed.selector(Signed.RSA));
        int b = message.indexOf("b=", message.indexOf("bh=") + 3);
        for (String other : List.of("AAAA", "A".repeat(4000), "/".repeat(172))) {
            String changed = message.substring(0, b + 2) + other + "\r\n" + Signed.MESSAGE;
            check(DkimReason.SIGNATURE, Signed.verifyOne(changed, Signed.dns(), DkimPolicy.DEFAULT));
        }
    }

    @Test
    void aPublicSuffixListCanBeGiven() throws Exception {
        DkimPolicy policy = DkimPolicy.DEFAULT.withPublicSuffix(
                name -> Set.of("example.org").contains(name.ascii()));
        String message = Signed.sign(Signed.MESSAGE, new DkimSelector("rsa", Signed.RSA.getPrivate()));
        check(DkimReason.PUBLIC_SUFFIX, Signed.verifyOne(message, Signed.dns(), policy));
    }

    @Test
    void sha1CanBeAcceptedForOldMail() throws Exception {
        // RFC 8301 §3.1; the suites have messages.
        assertEquals(DkimStatus.PERMERROR, DkimReason.ALGORITHM.status());
        check(
                DkimReason.ALGORITHM,
                Signed.verifyOne(
                        "DKIM-Signature: v=1; a=rsa-sha1; d=example.org; s=rsa; h=From:Subject; b=AAAA;"
                                + " bh=rYdLRBGGXK4PCDh+3AbwGuV2OEU=\r\n" + Signed.MESSAGE,
                        Signed.dns(),
                        DkimPolicy.DEFAULT));
    }
}
