package org.moxmail.dkim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.moxmail.message.MessageContent;

/** Canonicalization, RFC 6376 §3.4. */
class BodyCanonTest {
    private static String hash(Canonicalization canonicalization, String body, int piece, long limit) {
        BodyHashes hashes = new BodyHashes();
        BodyHashes.Wanted wanted = new BodyHashes.Wanted(canonicalization, DkimAlgorithm.RSA_SHA256, limit);
        hashes.add(wanted, 1);
        byte[] octets = body.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < octets.length; i += piece) {
            hashes.update(octets, i, Math.min(piece, octets.length - i));
        }
        hashes.finish();
        return Base64.getEncoder().encodeToString(Objects.requireNonNull(hashes.hash(wanted)));
    }

    private static String sha256(String text) throws Exception {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(octets));
    }

    /** The RFC's rules, one after the other over the whole body. */
    private static String canonical(Canonicalization canonicalization, String body) {
        String text = body;
        if (canonicalization == Canonicalization.SIMPLE) {
            return text.replaceAll("(\r\n)+\\z", "") + "\r\n";
        }
        text = text.replaceAll("[ \t]+(?=\r\n|\\z)", "")
                .replaceAll("[ \t]+", " ")
                .replaceAll("(\r\n)+\\z", "");
        return text.isEmpty() ? "" : text + "\r\n";
    }

    @Test
    void emptyBodiesHaveTheHashesOfTheRfc() {
        // RFC 6376 §3.4.3 and §3.4.4
        assertEquals("frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=", hash(Canonicalization.SIMPLE, "", 1, 9));
        assertEquals("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", hash(Canonicalization.RELAXED, "", 1, 9));
        assertEquals(
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", hash(Canonicalization.RELAXED, " \r\n\t\r\n", 1, 9));
    }

    @Test
    void theExamplesOfTheRfc() throws Exception {
        // RFC 6376 §3.4.5
        String header = "A: X\r\nB : Y\t\r\n\tZ  \r\n";
        String body = " C \r\nD \t E\r\n\r\n\r\n";
        SignedMessage message =
                SignedMessage.of(MessageContent.of((header + "\r\n" + body).getBytes(StandardCharsets.US_ASCII)));
        assertEquals("a:X\r\nb:Y Z\r\n", header(message, Canonicalization.RELAXED));
        assertEquals(header, header(message, Canonicalization.SIMPLE));
        assertEquals(sha256(" C\r\nD E\r\n"), hash(Canonicalization.RELAXED, body, 3, Long.MAX_VALUE));
        assertEquals(sha256(" C \r\nD \t E\r\n"), hash(Canonicalization.SIMPLE, body, 3, Long.MAX_VALUE));
    }

    private static String header(SignedMessage message, Canonicalization canonicalization) {
        HeaderHashInput input = message.signedHeader(List.of("a", "B"), canonicalization);
        return new String(input.array(), 0, input.length(), StandardCharsets.US_ASCII);
    }

    @Provide
    Arbitrary<String> bodies() {
        return Arbitraries.of("a", "bc", " ", "\t", "\r\n", "\r\n\r\n", "\r", "\n", "\u00e9", "\0", "some words here")
                .list()
                .ofMaxSize(30)
                .map(pieces -> String.join("", pieces));
    }

    @Property(tries = 3000)
    void bodiesAreCanonicalizedAsTheRulesSay(
            @ForAll("bodies") String body, @ForAll Canonicalization canonicalization, @ForAll Random random)
            throws Exception {
        String canonical = canonical(canonicalization, body);
        int piece = 1 + random.nextInt(6);
        assertEquals(sha256(canonical), hash(canonicalization, body, piece, Long.MAX_VALUE));
        assertEquals(sha256(canonical), hash(canonicalization, body, 1000, Long.MAX_VALUE));
        int limit = random.nextInt(canonical.length() + 1);
        assertEquals(sha256(canonical.substring(0, limit)), hash(canonicalization, body, piece, limit));
    }

    @ParameterizedTest
    @EnumSource
    void longBodiesToo(Canonicalization canonicalization) throws Exception {
        Random random = new Random(1);
        String[] pieces = {"word", " ", "  ", "\r\n", "\r\n\r\n\r\n", " \r\n", "x".repeat(5000), "\t"};
        StringBuilder body = new StringBuilder();
        while (body.length() < 300_000) {
            body.append(pieces[random.nextInt(pieces.length)]);
        }
        String expected = sha256(canonical(canonicalization, body.toString()));
        for (int piece : new int[] {1, 4096, 5000, 16384, 1 << 20}) {
            assertEquals(expected, hash(canonicalization, body.toString(), piece, Long.MAX_VALUE));
        }
    }

    @Test
    void fieldsAreTakenFromBelowAndMissingOnesAddNothing() throws IOException {
        byte[] octets =
                "To: one\r\nto: two\r\nnot a field\r\n x\r\nTO: three\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        HeaderHashInput input = SignedMessage.of(MessageContent.of(octets))
                .signedHeader(List.of("to", "From", "To", "TO", "to"), Canonicalization.RELAXED);
        assertEquals(
                "to:three\r\nto:two\r\nto:one\r\n",
                new String(input.array(), 0, input.length(), StandardCharsets.US_ASCII));
    }
}
