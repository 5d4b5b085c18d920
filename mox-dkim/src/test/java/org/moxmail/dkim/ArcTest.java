package org.moxmail.dkim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.dns.DnsFailure;
import org.moxmail.dns.RecordType;
import org.moxmail.dns.SyntaxException;
import org.moxmail.dns.testing.ZoneResolver;

/** Sealing and validating, RFC 8617 §5. */
class ArcTest {
    private static final String RESULTS = "lists.example.org; spf=pass smtp.mailfrom=ann@example.org";
    private static final ArcSealer SEALER = new ArcSealer(Signed.DOMAIN, Signed.selector(Signed.RSA), Signed.CLOCK);

    private static ArcOutcome verify(String message, ZoneResolver dns) throws Exception {
        return new ArcVerifier(new DkimKeyLookup(dns), DkimPolicy.DEFAULT, Signed.CLOCK)
                .verify(Signed.message(message));
    }

    private static ArcOutcome verify(String message) throws Exception {
        return verify(message, Signed.dns());
    }

    private static String seal(String message, ArcStatus chain) throws Exception {
        return SEALER.seal(Signed.message(message), RESULTS, chain).orElseThrow() + message;
    }

    private static String sealed(int times) throws Exception {
        String message = Signed.MESSAGE;
        for (int i = 0; i < times; i++) {
            message = seal(message, i == 0 ? ArcStatus.NONE : ArcStatus.PASS);
        }
        return message;
    }

    @Test
    void chainsAreSealedAndValidated() throws Exception {
        assertEquals(ArcStatus.NONE, verify(Signed.MESSAGE).status());
        ArcOutcome outcome = verify(sealed(3));
        assertEquals(ArcStatus.PASS, outcome.status(), outcome::reason);
        assertEquals(0, outcome.oldestPass());
        assertEquals(
                List.of(1, 2, 3), outcome.sets().stream().map(ArcSet::instance).toList());
        for (ArcSet set : outcome.sets()) {
            assertEquals(RESULTS, set.results().results());
            assertEquals(set.seal(), ArcSeal.parse(set.seal().print()));
            assertEquals(
                    set.signature(), ArcMessageSignature.parse(set.signature().print()));
            assertEquals(
                    set.results(), ArcAuthenticationResults.parse(set.results().print()));
        }
    }

    @Test
    void fieldsOfArcAndResultsAreNotSigned() throws Exception {
        // RFC 8617 §4.1.2
        DkimSelector selector = new DkimSelector(
                "rsa",
                Signed.RSA.getPrivate(),
                Canonicalization.RELAXED,
                Canonicalization.RELAXED,
                List.of("From", "ARC-Seal", "Authentication-Results", "DKIM-Signature"),
                false,
                java.time.Duration.ZERO);
        String message = new ArcSealer(Signed.DOMAIN, selector, Signed.CLOCK)
                        .seal(Signed.message(Signed.MESSAGE), RESULTS, ArcStatus.NONE)
                        .orElseThrow()
                + Signed.MESSAGE;
        ArcOutcome outcome = verify(message);
        assertEquals(
                List.of("From", "DKIM-Signature"),
                outcome.sets().get(0).signature().signature().headers());
    }

    @Test
    void whoChangedTheMessageLastIsTold() throws Exception {
        String listed = sealed(2).replace("Subject: hello", "Subject: [list] hello");
        assertEquals(ArcStatus.FAIL, verify(listed).status());
        // The list that changed it seals what it found before; its seal and those behind are good.
        String message = seal(listed, ArcStatus.PASS);
        ArcOutcome outcome = verify(message);
        assertEquals(ArcStatus.PASS, outcome.status(), outcome::reason);
        assertEquals(3, outcome.oldestPass());
        assertEquals(3, verify(seal(message, ArcStatus.PASS)).oldestPass());
    }

    @Test
    void thereAreFiftySetsAtMost() throws Exception {
        String message = sealed(50);
        ArcOutcome outcome = verify(message);
        assertEquals(ArcStatus.PASS, outcome.status(), outcome::reason);
        assertTrue(SEALER.seal(Signed.message(message), RESULTS, ArcStatus.PASS).isEmpty());
        String more = message.substring(0, message.indexOf("ARC-Message-Signature"));
        assertEquals(
                ArcStatus.FAIL, verify(more.replace("i=50", "i=51") + message).status());
    }

    @Test
    void aBrokenChainIsSealedOnceMoreAlone() throws Exception {
        // RFC 8617 §5.1.2 and §5.1.3
        String broken = sealed(2).replace("First", "Worst");
        assertEquals(ArcStatus.FAIL, verify(broken).status());
        String message = seal(broken, ArcStatus.FAIL);
        ArcOutcome outcome = verify(message);
        assertEquals(ArcStatus.FAIL, outcome.status());
        assertTrue(outcome.reason().contains("i=3"), outcome::reason);
        assertTrue(SEALER.seal(Signed.message(message), RESULTS, ArcStatus.FAIL).isEmpty());
        // The seal covers its own set as if there were no other.
        SignedMessage parsed = Signed.message(message);
        ArcChain.Link link = parsed.arc().links().get(2);
        HeaderHashInput input = new HeaderHashInput(message.length());
        ArcVerifier.canonicalize(parsed.header(), link, input, 2);
        parsed.header().canonicalizeOwn(link.fields[2], Canonicalization.RELAXED, input);
        assertNotNull(link.seal);
        assertTrue(SignatureChecker.matches(
                DkimAlgorithm.RSA_SHA256, Signed.RSA.getPublic(), link.seal.signature(), input));
    }

    @Test
    void aSealerMustKnowTheChain() throws Exception {
        SignedMessage sealed = Signed.message(sealed(1));
        assertThrows(IllegalArgumentException.class, () -> SEALER.seal(sealed, RESULTS, ArcStatus.NONE));
        SignedMessage plain = Signed.message(Signed.MESSAGE);
        assertThrows(IllegalArgumentException.class, () -> SEALER.seal(plain, RESULTS, ArcStatus.PASS));
        SignedMessage half = Signed.message("ARC-Seal: i=1\r\n" + Signed.MESSAGE);
        assertThrows(IllegalArgumentException.class, () -> SEALER.seal(half, RESULTS, ArcStatus.PASS));
        assertTrue(SEALER.seal(half, RESULTS, ArcStatus.FAIL).isPresent());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cv=pass|cv=none|seal with i=2 lacks cv=pass",
                "cv=none|cv=pass|seal with i=1 lacks cv=none",
                "cv=pass|cv=fail|chain was broken when it came to the handler with i=2",
                "ARC-Seal: i=1|X: i=1|no ARC-Seal with i=1",
                "ARC-Message-Signature: i=2|X: i=2|no ARC-Message-Signature with i=2",
                "ARC-Authentication-Results: i=1|ARC-Authentication-Results: i=3|no ARC-Authentication-Results with"
                        + " i=1",
                "ARC-Seal: i=2|ARC-Seal: i=1|two fields ARC-Seal with i=1",
                "ARC-Seal: i=2|ARC-Seal: i=0|ARC-Seal: an instance from 1 to 50",
                "ARC-Seal: i=2|ARC-Seal: i=2; h=From|ARC-Seal: no h= tag",
                "spf=pass|spf=fail|seal with i=",
                "Subject: hello|Subject: hullo|message signature with i=2: signature doesn't match",
                "First|Worst|message signature with i=2: body was changed",
                "s=rsa|s=no|message signature with i=2: no key in the DNS",
            })
    void brokenChainsFailForAReason(String from, String to, String reason) throws Exception {
        ArcOutcome outcome = verify(sealed(2).replaceAll(from, to));
        assertEquals(ArcStatus.FAIL, outcome.status());
        assertTrue(outcome.reason().startsWith(reason), outcome::reason);
        assertEquals(List.of(), outcome.sets());
    }

    @Test
    void troubleOfTheDnsIsPermanentToo() throws Exception {
        // RFC 8617 §5.2.1
        ZoneResolver dns = Signed.dns().fail("rsa._domainkey.example.org", RecordType.TXT, DnsFailure.SERVFAIL);
        assertEquals(ArcStatus.FAIL, verify(sealed(1), dns).status());
    }

    @Test
    void aKeyIsLookedUpOnceForAChain() throws Exception {
        ZoneResolver dns = Signed.dns();
        assertEquals(ArcStatus.PASS, verify(sealed(4), dns).status());
        assertEquals(1, dns.asked().size());
    }

    @Test
    void aSignatureAmongManyOfDkimIsStillCheckedWhenStreamed() throws Exception {
        String message = Signed.sign(sealed(2), Signed.selector(Signed.ED25519));
        SignedMessage streamed = Suites.streamed(message.getBytes(StandardCharsets.UTF_8), 33);
        DkimKeyLookup keys = new DkimKeyLookup(Signed.dns());
        assertEquals(
                ArcStatus.PASS,
                new ArcVerifier(keys, DkimPolicy.DEFAULT, Signed.CLOCK)
                        .verify(streamed)
                        .status());
        assertEquals(
                DkimStatus.PASS,
                new DkimVerifier(keys, DkimPolicy.DEFAULT, Signed.CLOCK)
                        .verify(streamed)
                        .get(0)
                        .status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ARC-Authentication-Results: lists.example.org; spf=pass\r\n",
                "ARC-Authentication-Results: i=1 lists.example.org; spf=pass\r\n",
                "ARC-Authentication-Results: i=1\r\n",
                "ARC-Authentication-Results: i=51; x\r\n",
                "ARC-Authentication-Results: i=1; x",
                "Authentication-Results: i=1; x\r\n"
            })
    void resultsNeedAnInstance(String field) {
        assertThrows(SyntaxException.class, () -> ArcAuthenticationResults.parse(field));
    }

    @Test
    void resultsStayWithinTheirField() throws Exception {
        SignedMessage message = Signed.message(Signed.MESSAGE);
        for (String results : List.of("a; b\r\nBcc: x", "a; b\nBcc: x", "a; b\rc")) {
            assertThrows(IllegalArgumentException.class, () -> SEALER.seal(message, results, ArcStatus.NONE), results);
        }
        assertTrue(SEALER.seal(message, "a;\r\n\tb=c", ArcStatus.NONE).isPresent());
        assertThrows(
                SyntaxException.class,
                () -> ArcAuthenticationResults.parse("ARC-Authentication-Results: i=1; a\rb\r\n"));
    }

    @Test
    void anyOctetsHaveAStatus() throws Exception {
        Random random = new Random(8617);
        byte[] good = sealed(3).getBytes(StandardCharsets.UTF_8);
        ArcVerifier verifier = new ArcVerifier(new DkimKeyLookup(Signed.dns()), DkimPolicy.DEFAULT, Signed.CLOCK);
        byte[] spice = "\r\n :;=\tib123\0\u00ff".getBytes(StandardCharsets.ISO_8859_1);
        int passes = 0;
        for (int i = 0; i < 800; i++) {
            byte[] octets = Arrays.copyOf(good, random.nextInt(4) == 0 ? random.nextInt(good.length) : good.length);
            for (int edits = random.nextInt(4); edits > 0 && octets.length > 0; edits--) {
                octets[random.nextInt(octets.length)] = spice[random.nextInt(spice.length)];
            }
            ArcOutcome stored = verifier.verify(Suites.message(octets));
            assertEquals(stored, verifier.verify(Suites.streamed(octets, 1 + random.nextInt(200))));
            passes += stored.status() == ArcStatus.PASS ? 1 : 0;
        }
        assertTrue(passes > 0);
    }
}
