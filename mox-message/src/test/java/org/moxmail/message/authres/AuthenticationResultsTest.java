package org.moxmail.message.authres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.HeaderFields;

final class AuthenticationResultsTest {
    private static AuthenticationResults parse(String value) throws SyntaxException {
        AuthenticationResults results = AuthenticationResults.parse(value);
        assertEquals(results, AuthenticationResults.parse(results.print()));
        String field = results.field();
        assertTrue(field.startsWith("Authentication-Results: ") && field.endsWith("\r\n"), field);
        assertEquals(results, AuthenticationResults.parse(field.substring(field.indexOf(':') + 1)));
        String read = HeaderFields.parse(field.getBytes(StandardCharsets.UTF_8))
                .first(AuthenticationResults.FIELD)
                .orElseThrow();
        assertEquals(results, AuthenticationResults.parse(read));
        return results;
    }

    private static AuthenticationResults only(String server, AuthenticationResult... results) {
        return new AuthenticationResults(server, 1, List.of(results), List.of());
    }

    @Test
    void exampleB2SaysThatNothingWasChecked() throws SyntaxException {
        assertEquals(only("example.org"), parse("example.org 1; none"));
        assertEquals("example.org; none", only("example.org").print());
    }

    @Test
    void exampleB3HasOneResult() throws SyntaxException {
        assertEquals(
                only("example.com", AuthenticationResult.of("spf", "pass").with("smtp", "mailfrom", "example.net")),
                parse(" example.com;\r\n          spf=pass smtp.mailfrom=example.net\r\n"));
    }

    @Test
    void exampleB4HasSeveralResultsOfOneServer() throws SyntaxException {
        assertEquals(
                only(
                        "example.com",
                        AuthenticationResult.of("auth", "pass")
                                .withComment("cram-md5")
                                .with("smtp", "auth", "sender@example.net"),
                        AuthenticationResult.of("spf", "pass").with("smtp", "mailfrom", "example.net")),
                parse("""
                        example.com;
                                  auth=pass (cram-md5) smtp.auth=sender@example.net;
                                  spf=pass smtp.mailfrom=example.net
                        """));
        assertEquals(
                only("example.com", AuthenticationResult.of("iprev", "pass").with("policy", "iprev", "192.0.2.200")),
                parse("example.com; iprev=pass\n          policy.iprev=192.0.2.200"));
    }

    @Test
    void exampleB5HasResultsOfTwoServers() throws SyntaxException {
        assertEquals(
                only(
                        "example.com",
                        AuthenticationResult.of("dkim", "pass")
                                .withComment("good signature")
                                .with("header", "d", "example.com")),
                parse("example.com;\n          dkim=pass (good signature) header.d=example.com"));
        assertEquals(
                only(
                        "example.com",
                        AuthenticationResult.of("auth", "pass")
                                .withComment("cram-md5")
                                .with("smtp", "auth", "sender@example.com"),
                        AuthenticationResult.of("spf", "fail").with("smtp", "mailfrom", "example.com")),
                parse("example.com;\n auth=pass (cram-md5) smtp.auth=sender@example.com;\n"
                        + " spf=fail smtp.mailfrom=example.com"));
    }

    @Test
    void exampleB6HasReasonsAndDomainsWithoutLocalpart() throws SyntaxException {
        AuthenticationResults results = parse("""
                example.com;
                      dkim=pass reason="good signature"
                        header.i=@mail-router.example.net;
                      dkim=fail reason="bad signature"
                        header.i=@newyork.example.com
                """);
        assertEquals(
                only(
                        "example.com",
                        AuthenticationResult.of("dkim", "pass")
                                .withReason("good signature")
                                .with("header", "i", "@mail-router.example.net"),
                        AuthenticationResult.of("dkim", "fail")
                                .withReason("bad signature")
                                .with("header", "i", "@newyork.example.com")),
                results);
        assertEquals(2, results.of("dkim").size());
        assertEquals(
                only(
                        "example.net",
                        AuthenticationResult.of("dkim", "pass")
                                .withComment("good signature")
                                .with("header", "i", "@newyork.example.com")),
                parse("example.net;\n      dkim=pass (good signature) header.i=@newyork.example.com"));
    }

    /** RFC 8601 §2.7.6. */
    @Test
    void aCommentTellsDetailsOfAnUnknownMethod() throws SyntaxException {
        assertEquals(
                AuthenticationResults.builder("example.com")
                        .add(AuthenticationResult.of("foo", "pass")
                                .with("bar", "baz", "blob")
                                .withComment("2 of 3 tests OK"))
                        .build(),
                parse("example.com;\n          foo=pass bar.baz=blob (2 of 3 tests OK)"));
    }

    @Test
    void exampleB7HasCommentsAllOver() throws SyntaxException {
        assertEquals(
                new AuthenticationResults(
                        "foo.example.net",
                        1,
                        List.of(new AuthenticationResult(
                                "dkim",
                                1,
                                "fail",
                                null,
                                List.of(new AuthenticationProperty("policy", "expired", "1362471462")),
                                List.of(
                                        "Because I like it",
                                        "One yay",
                                        "wait for it",
                                        "A dot can go here",
                                        "like that",
                                        "this surprised me",
                                        "as I wasn't expecting it"))),
                        List.of("foobar", "baz")),
                parse("""
                        foo.example.net (foobar) 1 (baz);
                            dkim (Because I like it) / 1 (One yay) = (wait for it) fail
                              policy (A dot can go here) . (like that) expired
                              (this surprised me) = (as I wasn't expecting it) 1362471462
                        """));
    }

    @Test
    void valuesAreTokensQuotedStringsOrAddresses() throws SyntaxException {
        String[][] cases = {
            {"a", "a"},
            {"\"a b\"", "a b"},
            {"\"\"", ""},
            {"\"a\\\"b\\\\c\"", "a\"b\\c"},
            {"\"2001:db8::1\"", "2001:db8::1"},
            {"SRS0=x/y=example.org=u@example.net", "SRS0=x/y=example.org=u@example.net"},
            {"\"a b\"@example.org", "\"a b\"@example.org"},
            {"\"ab\"@example.org", "ab@example.org"},
            {"ab (c) @example.org", "ab@example.org"},
            {"@example.org", "@example.org"},
            {"\"user@example.org\"", "user@example.org"},
            {"jos\u00e9@b\u00fccher.example", "jos\u00e9@b\u00fccher.example"},
            {"b\u00fccher.example", "b\u00fccher.example"},
            {"\"na\u00efve text\"", "na\u00efve text"},
            {"_dmarc.example.org", "_dmarc.example.org"},
        };
        for (String[] pair : cases) {
            AuthenticationResults results = parse("h; m=r x.y=" + pair[0] + " z.z=1");
            assertEquals(pair[1], results.results().get(0).property("x", "y").orElseThrow(), pair[0]);
        }
    }

    @Test
    void keywordsAreInAnyCaseAndUnknownOnesAreKept() throws SyntaxException {
        AuthenticationResults results = parse("H;X-New-Check/3=Weird Reason=x Odd.Thing=Y");
        AuthenticationResult result = results.results().get(0);
        assertEquals("H", results.server());
        assertEquals("x-new-check", result.method());
        assertEquals(3, result.methodVersion());
        assertEquals("weird", result.result());
        assertEquals("x", result.reason());
        assertEquals("Y", result.property("odd", "thing").orElseThrow());
    }

    @Test
    void aMethodMayBeCalledNone() throws SyntaxException {
        assertEquals(only("h", AuthenticationResult.of("none", "pass")), parse("h; none=pass"));
        assertEquals(only("h", AuthenticationResult.of("none", "pass").withComment("c")), parse("h; none (c) = pass"));
        assertEquals(List.of("c"), parse("h; NONE (c)").comments());
    }

    @Test
    void commentsNestAndEscape() throws SyntaxException {
        assertEquals(
                List.of("a (b) c", ")"),
                parse("h; m=r (a (b) c) (\\))").results().get(0).comments());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "h",
                "h;",
                "h 1",
                "h x; none",
                "h 1 1; none",
                "h1(c)x; none",
                "h; none; none",
                "h; none; m=r",
                "h; m=r; none",
                "h; m=r;",
                "h; m",
                "h; m=",
                "h; m=r x",
                "h; m=r x.y",
                "h; m=r x.y=",
                "h; m=r x.y=;",
                "h; m=r x.y=a/b",
                "h; m=r x.y=<a@example.org>",
                "h; m=r x.y=2001:db8::1",
                "h; m=r x.y=a@",
                "h; m=r x.y=a@[192.0.2.1]",
                "h; m=r x.y=.a@example.org",
                "h; m=r x.y=1 reason=late",
                "h; m=r reason=a reason=b",
                "h; m=r reason=\"a\"x.y=1",
                "h; m=r (unclosed",
                "h; m=r x.y=\"unclosed",
                "h; m=r (\\",
                "h; m-=r",
                "h; m/x=r",
                "h; m/12345678901=r",
                "h\r\n; m=r",
                "h;\r m=r",
                "h; m=r (\u0000)",
                "h; m=r (\ud800)",
                "b\u00fc..example; m=r",
                "h; m=r x.y=b\u00fc..example",
            })
    void whatStraysFromTheGrammarIsRefused(String value) {
        SyntaxException e = assertThrows(SyntaxException.class, () -> AuthenticationResults.parse(value));
        assertTrue(e.offset() >= 0 && e.offset() <= value.length(), e::getMessage);
    }

    @Test
    void limitsHold() {
        AuthresLimits limits = new AuthresLimits(40, 1, 1, 1);
        for (String value :
                List.of("h; m=r; m=r", "h; m=r a.b=1 a.b=1", "h (a) (b); none", "h; none" + " ".repeat(40))) {
            assertThrows(SyntaxException.class, () -> AuthenticationResults.parse(value, limits), value);
        }
        assertThrows(SyntaxException.class, () -> parse("h; m=r (" + "x".repeat(401) + ")"));
        assertThrows(SyntaxException.class, () -> parse("h; m=r (" + "(".repeat(30_000) + ")".repeat(30_000) + ")"));
        assertThrows(IllegalArgumentException.class, () -> AuthenticationResult.of("a b", "pass"));
        assertThrows(
                IllegalArgumentException.class,
                () -> AuthenticationResult.of("spf", "pass").withComment("a\r\nX: y"));
        assertThrows(
                IllegalArgumentException.class,
                () -> AuthenticationResult.of("spf", "pass").with("smtp", "mailfrom", "a\nb"));
    }

    @Test
    void fieldsAreFoldedAtResultsAndWithin78Octets() {
        AuthenticationResults results = AuthenticationResults.builder("mx.example.org")
                .add(AuthenticationResult.of("dkim", "pass")
                        .withReason("a reason that is rather long, so that it doesn't fit on one line of"
                                + " a message at all")
                        .with("header", "d", "example.org")
                        .with("header", "s", "selector-of-2026")
                        .with("header", "b", "abcd/efg"))
                .add(AuthenticationResult.of("spf", "softfail").with("smtp", "mailfrom", "joe@example.net"))
                .build();
        assertEquals("""
                Authentication-Results: mx.example.org;
                \tdkim=pass
                \treason="a reason that is rather long, so that it doesn't fit on one line of
                 a message at all" header.d=example.org header.s=selector-of-2026
                \theader.b="abcd/efg";
                \tspf=softfail smtp.mailfrom=joe@example.net
                """, results.field().replace("\r\n", "\n"));
        assertTrue(results.field().lines().allMatch(line -> line.length() <= 78));
    }

    @Test
    void domainsBecomeALabelsForMessagesInAscii() throws SyntaxException {
        AuthenticationResults results =
                parse("\"m\u00fcller.example\"; dkim=pass header.i=@b\u00fccher.example header.d=b\u00fccher.example");
        assertTrue(results.international());
        AuthenticationResults ascii = results.withAsciiDomains();
        assertEquals(
                "xn--mller-kva.example; dkim=pass header.i=@xn--bcher-kva.example header.d=xn--bcher-kva.example",
                ascii.print());
        assertFalse(ascii.international());
        AuthenticationResults text = parse("h; x=pass x.y=\"gr\u00fc\u00dfe\"");
        assertEquals(text, text.withAsciiDomains());
        assertTrue(parse("h; spf=pass smtp.mailfrom=jos\u00e9@b\u00fccher.example")
                .withAsciiDomains()
                .international());
    }

    @Test
    void fieldsThatClaimOurNameAreRemoved() {
        AuthservIds own = AuthservIds.of("Example.com", "xn--mller-kva.example", "mail relay");
        for (String value : List.of(
                "example.com; spf=pass",
                " (x) EXAMPLE.COM 1; none",
                "\"example.com\"; none",
                "\"example\\.com\"; none",
                "example.com.; none",
                "m\u00fcller.example; none",
                "\"M\u00dcLLER.example\"; none",
                "\"Mail Relay\"; none",
                "example.com 1 garbage",
                "example.com 2; none",
                "other.example 2; none",
                "other.example; broken",
                "")) {
            assertTrue(own.removes(value), value);
        }
        for (String value : List.of("example.org; none", "mx.example.com; spf=pass", "example.com.example; none")) {
            assertFalse(own.removes(value), value);
        }
    }

    @Test
    void fieldsOfTrustedServersAreFound() {
        HeaderFields header = HeaderFields.parse("""
                Authentication-Results: example.com; spf=pass
                authentication-results: evil.example; spf=pass
                Authentication-Results: EXAMPLE.com;
                 dkim=fail
                Authentication-Results: example.com; broken
                Authentication-Results: example.com 2; none
                Subject: x

                """.getBytes(StandardCharsets.UTF_8));
        List<AuthenticationResults> trusted = AuthservIds.of("example.com").trusted(header);
        assertEquals(
                List.of("spf", "dkim"),
                trusted.stream().map(r -> r.results().get(0).method()).toList());
    }

    @Test
    void theExampleWorksAndIsInTheDocuments() throws Exception {
        // begin
        AuthenticationResults field = AuthenticationResults.builder("mx.example.org")
                .add(AuthenticationResult.of("spf", "pass").with("smtp", "mailfrom", "joe@example.net"))
                .build();
        String line = field.field();
        // end
        assertEquals("Authentication-Results: mx.example.org;\r\n\tspf=pass smtp.mailfrom=joe@example.net\r\n", line);
        Path test = Path.of("src/test/java/org/moxmail/message/authres/AuthenticationResultsTest.java");
        String code = Files.readString(test)
                .split("        // begin\n")[1]
                .split("        // end\n")[0]
                .stripTrailing()
                .stripIndent()
                .concat("\n");
        assertTrue(Files.readString(Path.of("README.md")).contains("```java\n" + code + "```"));
        String documentation = Files.readString(Path.of("src/main/java/org/moxmail/message/authres/package-info.java"));
        assertTrue(documentation.replaceAll("(?m)^ \\* ?", "").contains("<pre>{@code\n" + code + "}</pre>"));
    }
}
