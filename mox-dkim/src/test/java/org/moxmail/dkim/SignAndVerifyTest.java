package org.moxmail.dkim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.dns.SyntaxException;
import org.moxmail.dns.testing.ZoneResolver;
import org.moxmail.message.Address;
import org.moxmail.message.MessageContent;

class SignAndVerifyTest {
    private static final ZoneResolver DNS = Signed.dns();

    @Provide
    Arbitrary<String> messages() {
        Arbitrary<String> values =
                Arbitraries.strings().withChars("ab \t;=\u00e9").ofMaxLength(20);
        Arbitrary<String> names = Arbitraries.of("To", "subject", "Date", "X-Other", "To ");
        Arbitrary<List<String>> fields = Combinators.combine(
                        names, values, Arbitraries.of("", "\r\n ", "\r\n\t"), values)
                .as((name, one, fold, two) -> name + ":" + one + fold + two + "\r\n")
                .list()
                .ofMaxSize(6);
        Arbitrary<String> bodies = Arbitraries.of("word", " ", "\t", "\r\n", "\r\n\r\n", "\r", "\u00fc")
                .list()
                .ofMaxSize(12)
                .map(pieces -> String.join("", pieces));
        return Combinators.combine(fields, bodies, Arbitraries.integers().between(0, 6))
                .as((list, body, at) -> {
                    List<String> all = new ArrayList<>(list);
                    all.add(Math.min(at, all.size()), "From: ann@example.org\r\n");
                    return String.join("", all) + "\r\n" + body;
                });
    }

    @Property(tries = 300)
    void whatIsSignedVerifiesHoweverItIsRead(
            @ForAll("messages") String message,
            @ForAll Canonicalization header,
            @ForAll Canonicalization body,
            @ForAll boolean rsa,
            @ForAll Random random)
            throws Exception {
        DkimSelector selector = Signed.selector(rsa ? Signed.RSA : Signed.ED25519, header, body);
        String signed = Signed.sign(message, selector);
        DkimOutcome outcome = Signed.verifyOne(signed, DNS, DkimPolicy.DEFAULT);
        assertEquals(DkimReason.VERIFIED, outcome.reason(), outcome::detail);
        byte[] octets = signed.getBytes(StandardCharsets.UTF_8);
        SignedMessage streamed = Suites.streamed(octets, 1 + random.nextInt(40));
        assertEquals(List.of(outcome), new DkimVerifier(DNS, Signed.CLOCK).verify(streamed));
    }

    @Property(tries = 300)
    void whatIsChangedVerifiesNoMore(
            @ForAll("messages") String message,
            @ForAll Canonicalization header,
            @ForAll Canonicalization body,
            @ForAll Random random)
            throws Exception {
        String signed = Signed.sign(message, Signed.selector(Signed.RSA, header, body));
        int start = signed.length() - message.length();
        List<Integer> places = new ArrayList<>();
        for (int i = start; i < signed.length(); i++) {
            char c = signed.charAt(i);
            if (c > ' ' && c != 'X' && c != 'T' && c != 'o' && !unsigned(signed, i)) {
                places.add(i);
            }
        }
        int place = places.get(random.nextInt(places.size()));
        String changed = signed.substring(0, place) + "~" + signed.substring(place + 1);
        assertFalse(Signed.verifyOne(changed, DNS, DkimPolicy.DEFAULT).reason() == DkimReason.VERIFIED, changed);
    }

    /** Whether a place is in a field that isn't signed. */
    private static boolean unsigned(String message, int place) {
        int line = message.lastIndexOf("\r\n", place) + 2;
        while (message.charAt(line) == ' ' || message.charAt(line) == '\t') {
            if (line < 4 || place > message.indexOf("\r\n\r\n")) {
                break;
            }
            line = message.lastIndexOf("\r\n", line - 3) + 2;
        }
        return place < message.indexOf("\r\n\r\n") && message.startsWith("X-", line);
    }

    @Test
    void sealedFieldsAreNamedOnceMoreThanTheyAreThere() throws Exception {
        String message = "To: a@b.example\r\n" + Signed.MESSAGE;
        String signed = Signed.sign(message, Signed.selector(Signed.RSA));
        DkimSignature signature = Signed.message(signed).signatures().get(0).signature();
        assertEquals(
                List.of("From", "From", "To", "To", "To", "Subject", "Subject", "Date"),
                java.util.Objects.requireNonNull(signature).headers());
    }

    @Test
    void withoutSealFieldsAreNamedAsOftenAsTheyAreThere() throws Exception {
        DkimSelector selector = new DkimSelector(
                "rsa",
                Signed.RSA.getPrivate(),
                Canonicalization.SIMPLE,
                Canonicalization.SIMPLE,
                List.of("To", "Date"),
                false,
                Duration.ofHours(1));
        String signed = Signed.sign("To: a@b.example\r\n" + Signed.MESSAGE, selector);
        DkimSignature signature = java.util.Objects.requireNonNull(
                Signed.message(signed).signatures().get(0).signature());
        assertEquals(List.of("From", "To", "To", "Date"), signature.headers());
        assertEquals(Signed.TIME, signature.time().orElseThrow());
        assertEquals(Signed.TIME.plusSeconds(3600), signature.expiration().orElseThrow());
        assertFalse(signed.contains("c="));
    }

    @Test
    void identitiesMayBeInternational() throws Exception {
        // RFC 8616 §5
        Auid auid = Auid.of(Address.parse("\u00e4nn@b\u00fccher.example"));
        ZoneResolver dns = new ZoneResolver()
                .txt(
                        "rsa._domainkey.xn--bcher-kva.example",
                        DkimKeyRecord.of(Signed.RSA.getPublic()).print());
        DkimSigner signer = new DkimSigner(auid.domain(), List.of(Signed.selector(Signed.RSA)), Signed.CLOCK);
        for (boolean smtpUtf8 : new boolean[] {true, false}) {
            String field = signer.sign(Signed.message(Signed.MESSAGE), auid, smtpUtf8);
            assertEquals(smtpUtf8, field.contains("i=\u00e4nn@b\u00fccher.example;"), field);
            assertEquals(!smtpUtf8, field.contains("i==C3=A4nn@xn--bcher-kva.example;"), field);
            DkimOutcome outcome = Signed.verifyOne(field + Signed.MESSAGE, dns, DkimPolicy.DEFAULT);
            assertEquals(DkimReason.VERIFIED, outcome.reason(), outcome::detail);
            assertEquals(auid, outcome.signature().orElseThrow().auid());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "To: a@b.example\r\n\r\nno From",
                "From: a@b.example\r\nFrom: a@b.example\r\n\r\ntwo From",
                "From: a@b.example\r\nno field\r\n\r\n",
                " From: a@b.example\r\n\r\n",
                "From: a@b.example\r\nX Y: z\r\n\r\n",
                ""
            })
    void whatNoMailProgramReadsAlikeIsNotSigned(String message) {
        assertThrows(SyntaxException.class, () -> Signed.sign(message, Signed.selector(Signed.RSA)));
    }

    @Test
    void whatHasStreamedByIsNotSigned() {
        SignedMessage streamed = Suites.streamed(Signed.MESSAGE.getBytes(StandardCharsets.UTF_8), 50);
        DkimSigner signer = new DkimSigner(Signed.DOMAIN, List.of(Signed.selector(Signed.RSA)), Signed.CLOCK);
        assertThrows(IllegalStateException.class, () -> signer.sign(streamed, Signed.ANN, false));
    }

    @Test
    void aLargeBodyIsHashedOnceAndNotKept() throws Exception {
        // RFC 6376 §3.4; 20 MiB that are never in memory, four signatures of two canonicalizations.
        Large large = new Large(Signed.MESSAGE, 20 << 20);
        DkimSigner signer = new DkimSigner(
                Signed.DOMAIN,
                List.of(
                        Signed.selector(Signed.RSA),
                        Signed.selector(Signed.ED25519),
                        Signed.selector(Signed.RSA, Canonicalization.SIMPLE, Canonicalization.SIMPLE),
                        Signed.selector(Signed.ED25519, Canonicalization.SIMPLE, Canonicalization.RELAXED)),
                Signed.CLOCK);
        String fields = signer.sign(SignedMessage.of(large), Signed.ANN, false);
        assertTrue(large.read <= large.size() + 8192, () -> large.read + " octets read");
        Large signed = new Large(fields + Signed.MESSAGE, 20 << 20);
        List<DkimOutcome> outcomes = new DkimVerifier(DNS, Signed.CLOCK).verify(SignedMessage.of(signed));
        assertEquals(
                Collections.nCopies(4, DkimStatus.PASS),
                outcomes.stream().map(DkimOutcome::status).toList());
        assertTrue(signed.read <= signed.size() + 8192, () -> signed.read + " octets read");
    }

    /** A message whose body goes on with the same line. */
    private static final class Large implements MessageContent {
        private static final byte[] LINE = "All work and no play.\r\n".getBytes(StandardCharsets.US_ASCII);

        private final byte[] start;
        private final long size;
        private long read;

        Large(String start, long more) {
            this.start = start.getBytes(StandardCharsets.UTF_8);
            this.size = this.start.length + more / LINE.length * LINE.length;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public int read(long position, byte[] into, int offset, int length) {
            int count = (int) Math.min(length, size - position);
            for (int i = 0; i < count; i++) {
                long at = position + i;
                into[offset + i] =
                        at < start.length ? start[(int) at] : LINE[(int) ((at - start.length) % LINE.length)];
            }
            read += count;
            return count == 0 && length > 0 ? -1 : count;
        }

        @Override
        public void writeTo(OutputStream out, long position, long length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }

    @Test
    void anyOctetsAreAMessageWithOutcomes() throws Exception {
        Random random = new Random(6376);
        byte[] good = Signed.sign(Signed.MESSAGE, Signed.selector(Signed.RSA), Signed.selector(Signed.ED25519))
                .getBytes(StandardCharsets.UTF_8);
        DkimVerifier verifier = new DkimVerifier(DNS, Signed.CLOCK);
        byte[] spice = "\r\n :;=\tb\0\u00ff".getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < 1000; i++) {
            byte[] octets = Arrays.copyOf(good, random.nextInt(4) == 0 ? random.nextInt(good.length) : good.length);
            for (int edits = random.nextInt(5); edits > 0 && octets.length > 0; edits--) {
                octets[random.nextInt(octets.length)] = spice[random.nextInt(spice.length)];
            }
            List<DkimOutcome> stored = verifier.verify(Suites.message(octets));
            assertEquals(stored, verifier.verify(Suites.streamed(octets, 1 + random.nextInt(200))));
        }
    }
}
