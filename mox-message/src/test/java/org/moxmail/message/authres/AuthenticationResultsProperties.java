package org.moxmail.message.authres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.HeaderText;
import org.moxmail.message.testing.Mutations;

/** What is written reads as it was, and nothing breaks the reader. */
final class AuthenticationResultsProperties {
    private static Arbitrary<String> keywords() {
        return Arbitraries.strings()
                .withChars("abz09-")
                .ofMinLength(1)
                .ofMaxLength(12)
                .map(s -> s + "x");
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("ab \t\"\\().;=@/\u00fc\u65e5").ofMaxLength(120),
                Arbitraries.of(
                        "a@example.org",
                        "\"a b\"@example.org",
                        "@b\u00fccher.example",
                        "jos\u00e9@example.org",
                        "\ud83d\ude00 and more"));
    }

    @Provide
    Arbitrary<AuthenticationResults> fields() {
        Arbitrary<AuthenticationProperty> properties =
                Combinators.combine(keywords(), keywords(), texts()).as(AuthenticationProperty::new);
        Arbitrary<AuthenticationResult> results = Combinators.combine(
                        keywords(),
                        Arbitraries.integers().between(0, 999_999_999),
                        keywords(),
                        texts().injectNull(0.5),
                        properties.list().ofMaxSize(4),
                        texts().list().ofMaxSize(3))
                .as(AuthenticationResult::new);
        return Combinators.combine(
                        texts(),
                        Arbitraries.integers().between(0, 999_999_999),
                        results.list().ofMaxSize(4),
                        texts().list().ofMaxSize(2))
                .as(AuthenticationResults::new);
    }

    @Property(tries = 1500)
    void whatIsPrintedReadsAsItWas(@ForAll("fields") AuthenticationResults field) throws SyntaxException {
        assertEquals(field, AuthenticationResults.parse(field.print()));
        check(field);
    }

    private static void check(AuthenticationResults field) throws SyntaxException {
        String folded = field.field();
        assertEquals(field, AuthenticationResults.parse(folded.substring(folded.indexOf(':') + 1)));
        for (String line : folded.split("\r\n")) {
            assertTrue(line.getBytes(StandardCharsets.UTF_8).length <= 998, line);
            assertTrue(!line.isBlank(), folded);
        }
    }

    @Test
    void noInputBreaksTheReader() {
        List<String> seeds = List.of(
                "example.com; dkim=pass reason=\"good signature\" header.i=@mail-router.example.net; dkim=fail",
                "foo.example.net (foobar) 1 (baz);\r\n dkim (I)"
                        + " / 1 (One) = (wait (for) it) fail policy . x = \"a b\"@x.de",
                "\"m\u00fcller.example\"; auth=pass (cram-md5) smtp.auth=jos\u00e9@b\u00fccher.example; none=x",
                "example.org 1; none");
        RandomGenerator random = Mutations.random(8601);
        int read = 0;
        for (int i = 0; i < 60_000; i++) {
            byte[] octets = seeds.get(i % seeds.size()).getBytes(StandardCharsets.UTF_8);
            byte[] bad = Mutations.mutate(octets, random);
            String value = HeaderText.decode(bad, 0, bad.length);
            try {
                AuthenticationResults field = AuthenticationResults.parse(value);
                read++;
                assertEquals(field, AuthenticationResults.parse(field.print()));
                check(field);
            } catch (SyntaxException e) {
                assertTrue(e.offset() >= 0 && e.offset() <= value.length(), e::getMessage);
                assertTrue(AuthservIds.of("example.org").removes(value), value);
            }
        }
        assertTrue(read > 1000, "read " + read);
    }
}
