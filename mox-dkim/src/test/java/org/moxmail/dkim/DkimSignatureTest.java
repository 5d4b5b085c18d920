package org.moxmail.dkim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.dns.Bytes;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.HeaderField;
import org.moxmail.message.Localpart;

class DkimSignatureTest {
    private static final String HASH = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    private static final String REST = "a=rsa-sha256; d=example.org; s=sel; h=From; b=AAAA; bh=" + HASH;

    private static DkimSignature parse(String tags) throws SyntaxException {
        return DkimSignature.parse("DKIM-Signature: " + tags + "\r\n");
    }

    @Test
    void tagsThatAreLeftOutHaveTheirDefaults() throws Exception {
        DkimSignature signature = parse("v=1; " + REST);
        assertEquals(Canonicalization.SIMPLE, signature.header());
        assertEquals(Canonicalization.SIMPLE, signature.body());
        assertEquals("@example.org", signature.auid().toString());
        assertEquals(OptionalLong.empty(), signature.length());
        assertEquals(Optional.of(DkimAlgorithm.RSA_SHA256), signature.knownAlgorithm());
    }

    @Test
    void theExampleOfTheRfcIsRead() throws Exception {
        // RFC 6376 §3.5
        DkimSignature signature = DkimSignature.parse("""
            DKIM-Signature: v=1; a=rsa-sha256; d=example.net; s=brisbane;
               c=simple; q=dns/txt; i=@eng.example.net;
               t=1117574938; x=1118006938;
               h=from:to:subject:date;
               z=From:foo@eng.example.net|To:joe@example.com|
                Subject:demo=20run|Date:July=205,=202005=203:44:08=20PM=20-0700;
               bh=MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=;
               b=dzdVyOfAKCdLXdJOc9G2q8LoXSlEniSbav+yuU4zGeeruD00lszZVoG4ZHRNiYzR
            """.replace("\n", "\r\n"));
        assertEquals("example.net", signature.domain().ascii());
        assertEquals("brisbane", signature.selector());
        assertEquals("@eng.example.net", signature.auid().toString());
        assertEquals(List.of("dns/txt"), signature.queries());
        assertEquals(List.of("from", "to", "subject", "date"), signature.headers());
        assertEquals(Optional.of(Instant.ofEpochSecond(1117574938)), signature.time());
        assertEquals(Optional.of(Instant.ofEpochSecond(1118006938)), signature.expiration());
        assertEquals(
                List.of(
                        new HeaderField("From", "foo@eng.example.net"),
                        new HeaderField("To", "joe@example.com"),
                        new HeaderField("Subject", "demo run"),
                        new HeaderField("Date", "July 5, 2005 3:44:08 PM -0700")),
                signature.copied());
        assertEquals(signature, DkimSignature.parse(signature.print(false)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v=1; c=relaxed/simple; ",
                "v=1; c=relaxed; ",
                "v=1; unknown=x y z; ",
                "v=1; l=0; ",
                "v=1;\tt\t=\t10\t;x = 11;",
                "v=1; t=999999999999; ",
                "v=1; i=ann@example.org; ",
                "v=1; i=ann=2Bbob@mail.example.org; ",
                "v=1; i=\u00e4nn@example.org; ",
                "v=1; q=dns/txt:other/x; ",
                "v=1; z=From:a|To:b; ",
                "V=7; v=1; ",
                "v=1; l=9999999999999999999999999999999999999999999999999999999999999999999999999999; "
            })
    void acceptedTagsAreAlsoPrinted(String tags) throws Exception {
        DkimSignature signature = parse(tags + REST);
        assertEquals(signature, DkimSignature.parse(signature.print(false)));
        assertEquals(signature, DkimSignature.parse(signature.print(true)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v=1",
                "v=2; " + REST,
                "v=1.0; " + REST,
                "v=; " + REST,
                REST,
                "v=1; v=1; " + REST,
                "v=1; b=AAAA; " + REST,
                "v=1; i=@unrelated; " + REST,
                "v=1; i=@notexample.org; " + REST,
                "v=1; i=@org; " + REST,
                "v=1; i=example.org; " + REST,
                "v=1; i=a=4@example.org; " + REST,
                "v=1; i=a=ZZ@example.org; " + REST,
                "v=1; t=10; x=9; " + REST,
                "v=1; t=10; x=10; " + REST,
                "v=1; t=1234567890123; " + REST,
                "v=1; t=-1; " + REST,
                "v=1; t=1 2; " + REST,
                "v=1; x=; " + REST,
                "v=1; l=; " + REST,
                "v=1; l=-1; " + REST,
                "v=1; l=0x10; " + REST,
                "v=1; l=99999999999999999999999999999999999999999999999999999999999999999999999999999; " + REST,
                "v=1;; " + REST,
                ";v=1; " + REST,
                "v=1; =x; " + REST,
                "v=1; 1=x; " + REST,
                "v=1; x " + REST,
                "v=1; c=; " + REST,
                "v=1; c=strict; " + REST,
                "v=1; c=SIMPLE; " + REST,
                "v=1; c=relaxed/simple/x; " + REST,
                "v=1; q=; " + REST,
                "v=1; z=nocolon; " + REST,
                "v=1; n=a\u007fb; " + REST,
                "v=1; n=a\u0001b; " + REST,
                "v=1; n=a\rb; " + REST,
                "v=1; n=a\r\nb; " + REST,
                "v=1; a=rsa-sha256; d=example.org; s=sel; h=From; b=AAAA; bh=AAAA",
                "v=1; a=rsa-sha1; d=example.org; s=sel; h=From; b=AAAA; bh=" + HASH,
                "v=1; a=rsa; d=example.org; s=sel; h=From; b=AAAA; bh=" + HASH,
                "v=1; a=-sha256; d=example.org; s=sel; h=From; b=AAAA; bh=" + HASH,
                "v=1; a=rsa-sha256; d=; s=sel; h=From; b=AAAA; bh=" + HASH,
                "v=1; a=rsa-sha256; d=a..b; s=sel; h=From; b=AAAA; bh=" + HASH,
                "v=1; a=rsa-sha256; d=example.org.; s=sel; h=From; b=AAAA; bh=" + HASH,
                "v=1; a=rsa-sha256; d=[192.0.2.1]; s=sel; h=From; b=AAAA; bh=" + HASH,
                "v=1; a=rsa-sha256; d=example.org; s=; h=From; b=AAAA; bh=" + HASH,
                "v=1; a=rsa-sha256; d=example.org; s=a b; h=From; b=AAAA; bh=" + HASH,
                "v=1; a=rsa-sha256; d=example.org; s=sel; h=; b=AAAA; bh=" + HASH,
                "v=1; a=rsa-sha256; d=example.org; s=sel; h=From:; b=AAAA; bh=" + HASH,
                "v=1; a=rsa-sha256; d=example.org; s=sel; h=Fr om; b=AAAA; bh=" + HASH,
                "v=1; a=rsa-sha256; d=example.org; s=sel; h=From; b=; bh=" + HASH,
                "v=1; a=rsa-sha256; d=example.org; s=sel; h=From; b=A; bh=" + HASH,
                "v=1; a=rsa-sha256; d=example.org; s=sel; h=From; b=AA*A; bh=" + HASH,
                "v=1; a=rsa-sha256; d=example.org; s=sel; h=From; b=\u0141\u0141\u0141\u0141; bh=" + HASH,
                ""
            })
    void whatIsNoSignatureIsRefused(String tags) {
        assertThrows(SyntaxException.class, () -> parse(tags));
    }

    @Test
    void theLineEndAndTheNameAreRequired() throws Exception {
        assertThrows(SyntaxException.class, () -> DkimSignature.parse("DKIM-Signature: v=1; " + REST));
        assertThrows(SyntaxException.class, () -> DkimSignature.parse("X-DKIM-Signature: v=1; " + REST + "\r\n"));
        assertThrows(SyntaxException.class, () -> DkimSignature.parse("v=1; " + REST + "\r\n"));
        assertEquals(
                "sel",
                DkimSignature.parse("dkim-signature :v=1; " + REST + "\r\n").selector());
    }

    @ParameterizedTest
    @CsvSource({
        "xn--bcher-kva.example, xn--bcher-kva.example",
        "B\u00fccher.Example, xn--bcher-kva.example",
        "EXAMPLE.ORG, example.org",
        "with_underscore.example, with_underscore.example"
    })
    void domainsMayBeInternational(String written, String ascii) throws Exception {
        // RFC 8616 §5: U-labels may stand in header fields with UTF-8.
        DkimSignature signature = parse("v=1; a=rsa-sha256; d=" + written + "; s=sel; h=From; b=AAAA; bh=" + HASH);
        assertEquals(ascii, signature.domain().ascii());
    }

    @Test
    void linesAreFoldedInTime() throws Exception {
        DkimSignature signature = parse("v=1; i=someone-with-a-name@example.org; a=rsa-sha256; d=example.org; s=sel; h="
                + "From:To:Subject:Date:Message-ID:".repeat(10) + "Cc; bh=" + HASH + "; b=" + "AAAA".repeat(200));
        String printed = signature.print(false);
        for (String line : printed.split("\r\n", -1)) {
            assertTrue(line.length() <= 76, line);
        }
        assertEquals(signature, DkimSignature.parse(printed));
    }

    @Provide
    Arbitrary<DkimSignature> signatures() {
        Arbitrary<Canonicalization> canon = Arbitraries.of(Canonicalization.class);
        Arbitrary<String> names = Arbitraries.of("From", "to", "X-Very-Long-Name-Of-A-Header-Field", "Subject");
        Arbitrary<Optional<Auid>> auids = Arbitraries.strings()
                .withChars("ab \u00fc=;|\"\\.\u20ac@:")
                .ofMaxLength(12)
                .map(DkimSignatureTest::auid)
                .optional();
        Arbitrary<HeaderField> copies = Combinators.combine(
                        names,
                        Arbitraries.strings()
                                .withChars("a |:;=\r\n\t\u00fc\udc80")
                                .ofMaxLength(30))
                .as(HeaderField::new);
        return Combinators.combine(
                        Arbitraries.of("rsa-sha256", "ed25519-sha256", "rsa-sha512", "x1-y2"),
                        Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(300),
                        canon.tuple2(),
                        names.list().ofMinSize(1).ofMaxSize(12),
                        auids,
                        Arbitraries.longs().between(0, Long.MAX_VALUE).optional(),
                        Arbitraries.longs().between(0, 999_999_999_990L).optional(),
                        copies.list().ofMaxSize(3))
                .as((algorithm, b, canons, headers, auid, length, time, copied) -> new DkimSignature(
                        algorithm,
                        Bytes.copyOf(b),
                        Bytes.copyOf(new byte[32]),
                        canons.get1(),
                        canons.get2(),
                        name("b\u00fccher.example"),
                        "sel._x",
                        headers,
                        auid,
                        length.map(OptionalLong::of).orElse(OptionalLong.empty()),
                        time.isPresent() ? List.of("dns/txt") : List.of(),
                        time.map(Instant::ofEpochSecond),
                        time.map(seconds -> Instant.ofEpochSecond(seconds + 1)),
                        copied));
    }

    private static DnsName name(String text) {
        try {
            return DnsName.parse(text);
        } catch (SyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Auid auid(String localpart) {
        try {
            return new Auid(Localpart.ofDecoded(localpart), name("sub.b\u00fccher.example"));
        } catch (SyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Property(tries = 500)
    void whatIsPrintedIsRead(@ForAll("signatures") DkimSignature signature, @ForAll boolean smtpUtf8) throws Exception {
        String printed = signature.print(smtpUtf8);
        assertEquals(signature, DkimSignature.parse(printed));
        if (!smtpUtf8) {
            assertTrue(printed.chars().allMatch(c -> c < 0x80), printed);
        }
    }

    @Test
    void anyTextIsReadOrRefused() {
        String pieces = "v=1;a=rsa-sha256;d=x.y;s=s;h=From;b=AAAA;bh=i=@z=|:=3D \r\n\t\u00fc\ud800;;==";
        Random random = new Random(20261124);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder("v=1; " + REST + "; i=a@example.org; z=From:x; t=1; x=2; l=3");
            for (int edits = random.nextInt(4); edits >= 0; edits--) {
                int at = random.nextInt(text.length());
                int from = random.nextInt(pieces.length());
                String piece = pieces.substring(from, Math.min(pieces.length(), from + 1 + random.nextInt(3)));
                text.replace(at, Math.min(text.length(), at + random.nextInt(3)), piece);
            }
            String field = "DKIM-Signature:" + text + "\r\n";
            try {
                DkimSignature signature = DkimSignature.parse(field);
                assertEquals(signature, DkimSignature.parse(signature.print(false)), field);
            } catch (SyntaxException e) {
                assertTrue(e.offset() >= 0 && e.offset() <= field.length(), e::getMessage);
            }
        }
    }
}
