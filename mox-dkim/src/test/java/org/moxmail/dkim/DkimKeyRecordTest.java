package org.moxmail.dkim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
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
import org.moxmail.dns.SyntaxException;

class DkimKeyRecordTest {
    private static final PublicKey RSA =
            DkimKeys.generateRsa(1024, new SecureRandom()).getPublic();
    private static final PublicKey ED25519 =
            DkimKeys.generateEd25519(new SecureRandom()).getPublic();
    private static final String P = Base64.getEncoder().encodeToString(RSA.getEncoded());

    @Test
    void theRecordsOfTheRfcsAreRead() throws Exception {
        // RFC 6376 appendix C
        DkimKeyRecord rsa = DkimKeyRecord.parse("v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQ"
                + "KBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYt"
                + "IxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v"
                + "/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhi"
                + "tdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB");
        assertEquals(1024, rsa.keyBits());
        assertEquals("rsa", rsa.keyType());
        // RFC 8463 appendix A.2
        DkimKeyRecord ed25519 =
                DkimKeyRecord.parse("v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
        assertEquals(256, ed25519.keyBits());
        assertEquals("v=DKIM1;k=ed25519;p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", ed25519.print());
    }

    @Test
    void tagsThatAreLeftOutHaveTheirDefaults() throws Exception {
        DkimKeyRecord record = DkimKeyRecord.parse("p=" + P);
        assertEquals(DkimKeyRecord.of(RSA), record);
        assertTrue(record.forEmail() && record.allowsHash("sha256"));
        assertFalse(record.revoked() || record.testing() || record.strictIdentity());
    }

    @Test
    void allTagsAreRead() throws Exception {
        DkimKeyRecord record = DkimKeyRecord.parse(
                "v=DKIM1; h=sha1:sha256:other; k=rsa; n=some=20notes=3B; s=email:other; t=y:s:z; new=thing; p=" + P
                        + "; ");
        assertEquals(
                new DkimKeyRecord(
                        "rsa",
                        Optional.of(RSA),
                        List.of("sha1", "sha256", "other"),
                        List.of("email", "other"),
                        List.of("y", "s", "z"),
                        "some notes;"),
                record);
        assertTrue(record.testing() && record.strictIdentity() && record.forEmail());
        assertFalse(record.allowsHash("md5"));
    }

    @Test
    void anEmptyKeyIsRevoked() throws Exception {
        DkimKeyRecord record = DkimKeyRecord.parse("v=DKIM1; p=");
        assertTrue(record.revoked());
        assertEquals(record, DkimKeyRecord.parse(record.print()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v=DKIM1|true",
                "v = DKIM1 ; p=|true",
                "p=; v=DKIM1|false",
                "v=dkim1; p=|false",
                "V=DKIM1|false",
                "v=DKIM11|false",
                "v=spf1 -all|false"
            })
    void aRecordClaimsToBeOneByItsFirstTag(String text, boolean claims) {
        assertEquals(claims, DkimKeyRecord.claims(text));
    }

    @Test
    void explicitDefaultsAndTagsOfAnotherCaseAreAccepted() throws Exception {
        assertTrue(DkimKeyRecord.parse("V=DKIM2; p=;").revoked());
        assertTrue(DkimKeyRecord.parse("v=DKIM1; s=*; p=").forEmail());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v=DKIM1",
                "p=; v=DKIM1",
                "v=dkim1; p=",
                "v=DKIM2; p=",
                "v=DKIM1; p=; p=",
                "v=DKIM1; k=unknown; p=AAAA",
                "v=DKIM1; k=; p=AAAA",
                "v=DKIM1; p=!!!",
                "v=DKIM1; p=AAAA",
                "v=DKIM1; k=ed25519; p=AAAA",
                "v=DKIM1; k=ed25519; p=MCowBQYDK2VwAyEAFZbXJA3tE2BL+qL4D9Ykn//cX75dNJ7pdlvEh1cBtrI=",
                "v=DKIM1; k=rsa; p=MCowBQYDK2VwAyEAFZbXJA3tE2BL+qL4D9Ykn//cX75dNJ7pdlvEh1cBtrI=",
                "v=DKIM1; h=; p=",
                "v=DKIM1; s=; p=",
                "v=DKIM1; t; p=",
                "v=DKIM1; n==; p=",
                "v=DKIM1;; p=",
                "v=spf1 -all",
                ""
            })
    void whatIsNoKeyRecordIsRefused(String text) {
        assertThrows(SyntaxException.class, () -> DkimKeyRecord.parse(text));
    }

    private static byte[] der(int type, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(type);
        out.writeBytes(new byte[] {
            (byte) 0x83, (byte) (content.size() >> 16), (byte) (content.size() >> 8), (byte) content.size()
        });
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    private static String rsaRecord(BigInteger modulus, BigInteger exponent) {
        byte[] key = der(0x30, der(2, modulus.toByteArray()), der(2, exponent.toByteArray()));
        return "v=DKIM1; p=" + Base64.getEncoder().encodeToString(key);
    }

    @Test
    void numbersThatWouldKeepAVerifierBusyAreRefused() throws Exception {
        BigInteger odd = BigInteger.ONE.shiftLeft(2047).add(BigInteger.ONE);
        BigInteger f4 = BigInteger.valueOf(65537);
        assertEquals(2048, DkimKeyRecord.parse(rsaRecord(odd, f4)).keyBits());
        assertEquals(
                2048, DkimKeyRecord.parse(rsaRecord(odd, BigInteger.valueOf(3))).keyBits());
        BigInteger largest = BigInteger.ONE.shiftLeft(16383).add(BigInteger.ONE);
        assertEquals(16384, DkimKeyRecord.parse(rsaRecord(largest, f4)).keyBits());
        for (BigInteger modulus : List.of(
                largest.shiftLeft(1).add(BigInteger.ONE),
                odd.subtract(BigInteger.ONE),
                BigInteger.ZERO,
                odd.negate())) {
            assertThrows(SyntaxException.class, () -> DkimKeyRecord.parse(rsaRecord(modulus, f4)));
        }
        for (BigInteger exponent : List.of(
                BigInteger.ONE,
                BigInteger.ZERO,
                BigInteger.TWO,
                f4.negate(),
                odd.subtract(BigInteger.TWO),
                BigInteger.ONE.shiftLeft(40).add(BigInteger.ONE))) {
            assertThrows(SyntaxException.class, () -> DkimKeyRecord.parse(rsaRecord(odd, exponent)));
        }
    }

    @Test
    void aRecordOf64KibibytesIsRefused() {
        assertThrows(SyntaxException.class, () -> DkimKeyRecord.parse("v=DKIM1; n=" + "x".repeat(1 << 16) + "; p="));
    }

    @Provide
    Arbitrary<DkimKeyRecord> records() {
        Arbitrary<List<String>> words =
                Arbitraries.of("sha256", "y", "s", "email", "x-1").list().ofMaxSize(3);
        return Combinators.combine(
                        Arbitraries.of(RSA, ED25519),
                        Arbitraries.of(true, false),
                        words,
                        words.filter(list -> !list.isEmpty()),
                        words,
                        Arbitraries.strings().withChars("ab =;\t\u007f\u20ac~").ofMaxLength(10))
                .as((key, there, hashes, services, flags, notes) -> new DkimKeyRecord(
                        KeyCodec.typeOf(key),
                        there ? Optional.of(key) : Optional.empty(),
                        hashes,
                        services,
                        flags,
                        notes));
    }

    @Property(tries = 500)
    void whatIsPrintedIsRead(@ForAll("records") DkimKeyRecord record) throws Exception {
        assertEquals(record, DkimKeyRecord.parse(record.print()));
    }

    @Test
    void anyTextIsReadOrRefused() throws Exception {
        Random random = new Random(8463);
        byte[] der = RSA.getEncoded();
        for (int i = 0; i < 20_000; i++) {
            byte[] broken = der.clone();
            for (int edits = random.nextInt(3); edits >= 0; edits--) {
                broken[random.nextInt(edits == 0 ? broken.length : 40)] = (byte) random.nextInt();
            }
            StringBuilder text = new StringBuilder(
                    "v=DKIM1; k=rsa; n=a; p=" + Base64.getEncoder().encodeToString(broken));
            if (i % 2 == 0) {
                text.setCharAt(random.nextInt(30), (char) random.nextInt(0x100));
            }
            try {
                DkimKeyRecord record = DkimKeyRecord.parse(text.toString());
                assertEquals(record, DkimKeyRecord.parse(record.print()));
            } catch (SyntaxException e) {
                assertTrue(e.offset() >= 0 && e.offset() <= text.length());
            }
        }
    }
}
