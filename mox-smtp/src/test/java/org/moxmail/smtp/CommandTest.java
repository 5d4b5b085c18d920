package org.moxmail.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.dns.SyntaxException;

class CommandTest {
    /** Where the vectors' parser is laxer than RFC 5321, or knows more commands and parameters than we offer. */
    private static final Set<String> OTHERWISE = Set.of(
            // Commands and parameters of extensions that aren't offered.
            "LHLO bar.com",
            "ETRN Hello",
            "BURL imap:://test.example.org",
            "MAIL FROM:<> SMTPUTF8 REQUIRETLS CONPERM",
            "MAIL FROM:<> BY=120;R",
            "MAIL FROM:<> BY=-10;RT",
            "MAIL FROM:<> BY=+22;NT",
            "MAIL FROM:<> MTRK=my-ceritifier",
            "MAIL FROM:<> MTRK=other-certifier:1234",
            "MAIL FROM:<> MT-PRIORITY=3",
            // RFC 5321 §4.1.1.2: no space before the colon; §4.1.1.3: RCPT has no null path, MAIL no lone postmaster.
            "MAIL  FROM : <>",
            "MAIL  FROM : <postmaster>",
            "RCPT TO:<>",
            "RCPT TO:<> NOTIFY=SUCCESS,FAILURE,DELAY",
            "RCPT TO:<> ORCPT=rfc822;Bob@Example.COM",
            "RCPT TO:<> RRVS=1997-11-24T14:22:01-08:00;C",
            "RCPT TO:<> RRVS=2003-07-01T10:52:37+02:00;R",
            // RFC 4865 §4.2: one hold parameter only, with a date; RFC 5321 §4.1.1.11: no parameter twice.
            "MAIL FROM:<> HOLDUNTIL=12345 HOLDFOR=67890",
            "MAIL FROM:<> RET=HDRS RET=FULL");

    record Vector(String line, boolean ok) {}

    static Stream<Vector> vectors() throws Exception {
        List<Vector> vectors = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(
                        CommandTest.class.getResourceAsStream("/smtp/command-vectors-smtp-proto.json"));
                JsonParser json = new JsonFactory().createParser(in)) {
            Map<String, String> row = new HashMap<>();
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    row.put(json.currentName(), json.getText());
                } else if (token == JsonToken.END_OBJECT) {
                    vectors.add(new Vector(Objects.requireNonNull(row.get("line")), "ok".equals(row.get("expected"))));
                }
            }
        }
        return vectors.stream();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void vectorsOfAnotherParserAgree(Vector vector) {
        assertEquals(vector.ok() && !OTHERWISE.contains(vector.line()), good(vector.line()), vector.line());
    }

    private static boolean good(String line) {
        try {
            return switch (SmtpSyntax.parse(line, Leniency.DELIVERY)) {
                case SmtpCommand.Unknown unknown -> false;
                case SmtpCommand.Mail mail -> MailParams.parse(mail.parameters()) instanceof ParamOutcome.Understood;
                case SmtpCommand.Rcpt rcpt -> RcptParams.parse(rcpt.parameters()) instanceof ParamOutcome.Understood;
                default -> true;
            };
        } catch (SyntaxException e) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ehlo A.Example | EHLO a.example",
                "EHLO [192.0.2.1] and more | EHLO [192.0.2.1]",
                "EHLO [ipv6:2001:DB8:0:0:0:0:0:1] | EHLO [IPv6:2001:db8::1]",
                "mail from: <A.b@Example.ORG> size=1 | MAIL FROM:<A.b@example.org> SIZE=1",
                "MAIL FROM:<@a,@b.example:\"a\\b c\"@d> | MAIL FROM:<\"ab c\"@d>",
                "RCPT TO:<POSTMASTER> | RCPT TO:<postmaster>",
                "RCPT TO:<\"abc\"@example.org> | RCPT TO:<abc@example.org>",
                "RCPT TO:<a@[IPv6:::1]> | RCPT TO:<a@[IPv6:::1]>",
                "RCPT TO:<a@bücher.example> | RCPT TO:<a@xn--bcher-kva.example>",
                "bdat 0099 last | BDAT 99 LAST",
                "auth plain = | AUTH PLAIN =",
                "noop  | NOOP",
                "vrfy  x | VRFY  x",
            })
    void printingNormalizes(String line, String printed) throws Exception {
        assertEquals(printed, SmtpSyntax.print(SmtpSyntax.parse(line, Leniency.DELIVERY)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EHLO",
                "EHLO ",
                "EHLO a_b",
                "EHLO -a.example",
                "EHLO [1.2.3]",
                "EHLO [1.2.3.4",
                "EHLO [1.2.3.256]",
                "EHLO [01.2.3.0004]",
                "EHLO [2001:db8::1]",
                "EHLO [IPv6:1:2:3:4:5:6:7]",
                "EHLO [IPv6:1::2::3]",
                "EHLO [IPv6:1:2:3:4:5:6:7:8:9]",
                "EHLO [IPv6:12345::]",
                "EHLO [IPv6:1.2.3.4::]",
                "EHLO [tag:x]",
                "EHLO [1.2.3.4]x",
                "EHLO a.example b",
                "HELO [192.0.2.1]",
                "MAIL FROM:a@b",
                "MAIL FROM:<a>",
                "MAIL FROM:<a@b",
                "MAIL FROM:<a@b>x",
                "MAIL FROM:<a@b> ",
                "MAIL FROM:<a@b>  SIZE=1",
                "MAIL FROM:<a@@b>",
                "MAIL FROM:<a b@c>",
                "MAIL FROM:<\"a@b>",
                "MAIL FROM:<a.@b>",
                "MAIL FROM:<.a@b>",
                "MAIL FROM:<a..b@c>",
                "MAIL FROM:<@a:>",
                "MAIL FROM:<@a@b:c@d>",
                "MAIL FROM:<a@b> =x",
                "MAIL FROM:<a@b> -x",
                "MAIL FROM:<a@b> x=",
                "MAIL FROM:<a@b> x=a=b",
                "MAIL FROM:<postmaster>",
                "MAILFROM:<a@b>",
                "MAIL\tFROM:<a@b>",
                "RCPT TO:<>",
                "RCPT TO:<a@1.2.3.4>",
                "DATA x",
                "QUIT now",
                "RSET x",
                "STARTTLS x",
                "BDAT -1",
                "BDAT 1 2",
                "BDAT 1 LAST x",
                "BDAT 1000000000000000000",
                "AUTH",
                "AUTH ",
                "AUTH PLAIN ",
                "AUTH PLAIN a b",
                "AUTH PL@IN",
                "AUTH ABCDEFGHIJKLMNOPQRSTU",
                "VRFY",
                "NOOP a\u0001",
                "RCPT TO:<a\u0000@b.example>"
            })
    void strictSyntaxErrorsAreErrors(String line) {
        if (line.startsWith("MAIL\t") || line.startsWith("MAILFROM")) {
            assertTrue(assertParses(line) instanceof SmtpCommand.Unknown);
        } else {
            assertThrows(SyntaxException.class, () -> SmtpSyntax.parse(line, Leniency.STRICT));
        }
    }

    private static SmtpCommand assertParses(String line) {
        try {
            return SmtpSyntax.parse(line, Leniency.STRICT);
        } catch (SyntaxException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void eachLeniencyForgivesOneThing() throws Exception {
        Map<String, Leniency> lines = Map.of(
                "MAIL FROM: <a@b.example>",
                Leniency.SPACE_AFTER_COLON,
                "NOOP ",
                Leniency.TRAILING_SPACE,
                "EHLO [192.0.2.1] x",
                Leniency.TEXT_AFTER_LITERAL,
                "EHLO my_host!",
                Leniency.ANY_HELLO_NAME,
                "AUTH PLAIN  abc",
                Leniency.AUTH_SPACES,
                "RCPT TO:<" + "a".repeat(128) + "@b.example>",
                Leniency.LONG_LOCALPART);
        for (Map.Entry<String, Leniency> row : lines.entrySet()) {
            assertThrows(SyntaxException.class, () -> SmtpSyntax.parse(row.getKey(), Leniency.STRICT));
            assertFalse(SmtpSyntax.parse(row.getKey(), Set.of(row.getValue())) instanceof SmtpCommand.Unknown);
        }
    }

    @Test
    void localpartsHaveTheirLimits() {
        assertTrue(good("RCPT TO:<" + "a".repeat(128) + "@b.example>"));
        assertFalse(good("RCPT TO:<" + "a".repeat(129) + "@b.example>"));
        assertParses("RCPT TO:<" + "a".repeat(64) + "@b.example>");
        assertThrows(
                SyntaxException.class,
                () -> SmtpSyntax.parse("RCPT TO:<" + "a".repeat(65) + "@b.example>", Leniency.STRICT));
    }

    @Test
    void aPathThatIsTooLongWithItsDomainInAsciiIsRefused() {
        // 175 octets in UTF-8, 247 in ASCII.
        String label = "\u00fc" + "a".repeat(11);
        String name = (label + ".").repeat(12) + "example";
        assertTrue(good("RCPT TO:<x@" + name + ">"));
        String localpart = "x".repeat(60);
        assertFalse(good("RCPT TO:<" + localpart + "@" + name + ">"));
    }

    @Test
    void pathsHaveAtMost256Octets() {
        // RFC 5321 §4.5.3.1.3, brackets and punctuation included
        String domain = "b".repeat(63) + "." + "c".repeat(63) + "." + "d".repeat(63);
        assertTrue(good("RCPT TO:<" + "a".repeat(256 - 3 - domain.length()) + "@" + domain + ">"));
        assertFalse(good("RCPT TO:<" + "a".repeat(257 - 3 - domain.length()) + "@" + domain + ">"));
    }

    @Test
    void credentialsDontGetIntoLogs() throws Exception {
        String text =
                SmtpSyntax.parse("AUTH PLAIN AGFubgBzZWNyZXQ=", Leniency.STRICT).toString();
        assertEquals("Auth[PLAIN ***]", text);
    }
}
