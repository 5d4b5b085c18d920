package org.moxmail.mtasts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;

class MtaStsPolicyTest {
    private static final String EXAMPLE = "version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\n"
            + "mx: *.example.net\r\nmx: backupmx.example.com\r\nmax_age: 604800\r\n";

    /** RFC 8461 §3.2 and appendix A. */
    @Test
    void theExampleOfTheStandardIsRead() throws Exception {
        MtaStsPolicy policy = MtaStsPolicy.parse(EXAMPLE);
        assertEquals(PolicyMode.ENFORCE, policy.mode());
        assertEquals(Duration.ofDays(7), policy.maxAge());
        assertEquals(
                List.of("mail.example.com", "*.example.net", "backupmx.example.com"),
                policy.mx().stream().map(MxPattern::print).toList());
        assertEquals(policy, MtaStsPolicy.parse(policy.print()));
    }

    /** RFC 8461 §4.1. */
    @ParameterizedTest
    @CsvSource({
        "mail.example.com, true",
        "MAIL.example.com, true",
        "a.example.net, true",
        "example.net, false",
        "foo.bar.example.net, false",
        "x.mail.example.com, false",
        "example.com, false"
    })
    void aWildcardStandsForOneLabel(String host, boolean matches) throws Exception {
        assertEquals(matches, MtaStsPolicy.parse(EXAMPLE).matches(DnsName.parse(host)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version:STSv1\nmode:none\nmax_age:0",
                "version:\tSTSv1 \nmode: none\t\nmax_age: 0\n",
                "mode: testing\r\nversion: STSv1\nmax_age: 1\r\nmx: xn--bcher-kva.example",
                "version: STSv1\nmode: none\nmax_age: 9999999999\nfuture: two words é\n",
                "version: STSv1\nversion: STSv2\nmode: none\nmode: bogus\nmax_age: 1\nmax_age: x\n"
            })
    void whatTheGrammarAllowsIsRead(String text) throws Exception {
        MtaStsPolicy policy = MtaStsPolicy.parse(text);
        assertEquals(policy, MtaStsPolicy.parse(policy.print()));
    }

    @Test
    void aPolicyIsKeptForAYearAtMost() throws Exception {
        assertEquals(
                MtaStsPolicy.MAX_AGE,
                MtaStsPolicy.parse("version: STSv1\nmode: none\nmax_age: 31557601")
                        .maxAge());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "version: STSv1",
                "mode: none\nmax_age: 1",
                "version: STSv1\nmode: none",
                "version: STSv1\nmax_age: 1",
                "version: STSv2\nmode: none\nmax_age: 1",
                "version: stsv1\nmode: none\nmax_age: 1",
                "version: STSv1\nmode: None\nmax_age: 1",
                "version: STSv1\nmode: none\nmax_age: -1",
                "version: STSv1\nmode: none\nmax_age: 1s",
                "version: STSv1\nmode: enforce\nmax_age: 1",
                "version: STSv1\nmode: none\nmax_age: 1\n\nx: y",
                "version: STSv1\nmode: none\nmax_age: 1\nno colon",
                "version : STSv1\nmode: none\nmax_age: 1",
                "version: STSv1\nmode: none\nmax_age: 1\nx: a\u0001b",
                "version: STSv1\nmode: enforce\nmax_age: 1\nmx: bücher.example",
                "version: STSv1\nmode: enforce\nmax_age: 1\nmx: *",
                "version: STSv1\nmode: enforce\nmax_age: 1\nmx: a.*.example",
                "version: STSv1\nmode: enforce\nmax_age: 1\nmx: 192.0.2.1",
                "version: STSv1\nmode: enforce\nmax_age: 1\nmx: example.org."
            })
    void whatItDoesNotIsRefused(String text) {
        assertThrows(SyntaxException.class, () -> MtaStsPolicy.parse(text));
    }

    @Test
    void anErrorSaysWhere() {
        String text = "version: STSv1\nmode: enforce\nmax_age: 1\nmx: a..b";
        SyntaxException e = assertThrows(SyntaxException.class, () -> MtaStsPolicy.parse(text));
        assertEquals(true, e.offset() >= text.indexOf("a..b"), e.getMessage());
    }

    @Property
    void anyTextIsAPolicyOrASyntaxError(@ForAll("noise") String text) {
        try {
            MtaStsPolicy policy = MtaStsPolicy.parse(text);
            assertEquals(policy, MtaStsPolicy.parse(policy.print()));
        } catch (SyntaxException e) {
            assertEquals(true, e.offset() >= 0 && e.offset() <= text.length());
        }
    }

    @Provide
    Arbitrary<String> noise() {
        return Arbitraries.of(
                        "version: STSv1\n",
                        "mode: none\r\n",
                        "mode: enforce\n",
                        "max_age: 5\n",
                        "mx: a.example\n",
                        "mx: *.b.example\n",
                        "x: y\n",
                        "\n",
                        "\r",
                        ":",
                        " ",
                        "é: é\n",
                        "\0")
                .list()
                .ofMaxSize(10)
                .map(parts -> String.join("", parts));
    }
}
