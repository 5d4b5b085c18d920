package org.moxmail.spf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.dns.Addresses;
import org.moxmail.dns.SyntaxException;
import org.moxmail.dns.testing.ZoneResolver;
import org.moxmail.time.testing.FakeTiming;

class ReceivedSpfTest {
    private static String body(ReceivedSpf field) {
        return field.print().substring(ReceivedSpf.NAME.length() + 1);
    }

    private static ReceivedSpf field(String record, String helo, String sender) throws Exception {
        ZoneResolver zone = new ZoneResolver().txt("example.com", record);
        SpfRequest request =
                SpfRequest.mailFrom(Addresses.parse("192.0.2.1"), helo, sender).withReceiver("mybox.example.org");
        return ReceivedSpf.of(
                new SpfVerifier(zone, FakeTiming.at("2026-01-01T00:00:00Z"), SpfLimits.RFC7208).verify(request),
                request);
    }

    @Test
    void anOutcomeIsTold() throws Exception {
        assertEquals(
                "Received-SPF: pass\r\n (mybox.example.org: domain of myname@example.com designates 192.0.2.1 as permitted"
                        + " sender)\r\n client-ip=192.0.2.1; envelope-from=\"myname@example.com\";\r\n"
                        + " helo=foo.example.com; mechanism=\"ip4:192.0.2.1\";\r\n"
                        + " receiver=mybox.example.org; identity=mailfrom",
                field("v=spf1 ip4:192.0.2.1 -all", "foo.example.com", "myname@example.com")
                        .print());
    }

    @Test
    void whatMatchedIsToldAndDefaultWhenNothingDid() throws Exception {
        assertEquals(
                Optional.of("default"), field("v=spf1 a", "h", "a@example.com").value("mechanism"));
        assertEquals(
                Optional.of("all"), field("v=spf1 -all", "h", "a@example.com").value("mechanism"));
        assertEquals(Optional.empty(), field("v=spf1 moo", "h", "a@example.com").value("mechanism"));
    }

    @Test
    void problemsAreTold() throws Exception {
        assertEquals(
                Optional.of("record of example.com: a mechanism, or a modifier with = at offset 7 (RFC 7208 §12)"),
                field("v=spf1 moo", "h", "a@example.com").value("problem"));
    }

    @Test
    void theCheckedSenderIsTold() throws Exception { // RFC 7208 §9.1
        assertEquals(
                Optional.of("postmaster@example.com"),
                field("v=spf1", "example.com", "").value("envelope-from"));
        assertEquals(Optional.empty(), field("v=spf1", "[192.0.2.1]", "").value("envelope-from"));
    }

    @Test
    void whatTheClientSentCannotBreakTheField() throws Exception { // RFC 7208 §9.1
        ReceivedSpf field = field(
                "v=spf1 -all",
                "a\r\nX: y\u0000(\"\\" + "h".repeat(2000),
                "\"(\\\u0007" + "l".repeat(2000) + "@example.com");
        assertEquals(field, ReceivedSpf.parse(body(field)));
        for (String line : field.print().split("\r\n")) {
            assertTrue(line.length() <= 998, line);
            assertEquals(-1, line.chars().filter(c -> c < ' ').findFirst().orElse(-1));
        }
    }

    @ParameterizedTest(name = "\"{0}\" is refused")
    @ValueSource(
            strings = {
                "",
                "perhaps",
                "pass (",
                "pass (()",
                "pass key",
                "pass key=",
                "pass key=;",
                "pass =v",
                "pass k=\"",
                "pass k=\"\\",
                "pass k=a b",
                "pass k=a;;",
                "pass \r k=v",
                "pass\r\nk=v",
                "pass k=\u0000",
                "pass 1=v",
                "pass (\u0001)"
            })
    void badFieldsAreRefused(String body) {
        assertThrows(SyntaxException.class, () -> ReceivedSpf.parse(body));
    }

    @Test
    void spaceAndCommentsMayStandAnywhere() throws Exception {
        assertEquals(
                new ReceivedSpf(
                        SpfResult.SOFTFAIL,
                        "a (b) c)",
                        List.of(new ReceivedSpf.Pair("x", "1;2"), new ReceivedSpf.Pair("Y", "z"))),
                ReceivedSpf.parse("(c) SoftFail\n\t(a (b) c\\)) (d)x (e)= (f)\"1;2\"(g);(h) Y=z(i);\r\n"));
    }

    @Property
    void parseReadsWhatPrintWrites(
            @ForAll SpfResult result,
            @ForAll @StringLength(max = 30) @CharRange(from = ' ', to = '~') @CharRange(from = 'à', to = 'ÿ')
                    String comment,
            @ForAll @Size(max = 5)
                    List<
                                    @StringLength(max = 90) @CharRange(from = ' ', to = '~')
                                    @CharRange(from = 'à', to = 'ÿ') String>
                            values)
            throws Exception {
        List<ReceivedSpf.Pair> pairs = new ArrayList<>();
        for (String value : values) {
            pairs.add(new ReceivedSpf.Pair("key." + pairs.size(), value));
        }
        ReceivedSpf field = new ReceivedSpf(result, comment, pairs);
        assertEquals(field, ReceivedSpf.parse(body(field)), field::print);
    }

    @Test
    void anyTextIsReadOrRefused() {
        Random random = new Random(91);
        String alphabet = "pass fail()\\\"=;., \r\n\tkv\u00e4\u0000(";
        int read = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder("pass (c (d) \\)) a=b; c=\"d e\\\"\";\r\n f=g");
            for (int edits = random.nextInt(5); edits >= 0; edits--) {
                int at = random.nextInt(text.length() + 1);
                if (random.nextBoolean() || at == text.length()) {
                    text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
                } else {
                    text.deleteCharAt(at);
                }
            }
            try {
                ReceivedSpf field = ReceivedSpf.parse(text.toString());
                assertEquals(field, ReceivedSpf.parse(body(field)), text::toString);
                read++;
            } catch (SyntaxException e) {
                assertTrue(e.offset() >= 0 && e.offset() <= text.length());
            }
        }
        assertTrue(read > 1_000, "only " + read + " were read");
        assertThrows(SyntaxException.class, () -> ReceivedSpf.parse("pass " + "(".repeat(100_000)));
    }

    /** Erratum 5436: the grammar as printed wants white space behind a comment with which the field ends. */
    @ParameterizedTest
    @ValueSource(
            strings = {"pass", "pass (it is)", "pass (it is) ", "pass\r\n (it is)\r\n ", "pass client-ip=192.0.2.1"})
    void nothingNeedFollowTheResultOrItsComment(String body) throws SyntaxException {
        ReceivedSpf field = ReceivedSpf.parse(body);
        assertEquals(SpfResult.PASS, field.result());
        assertEquals(body.contains("(") ? "it is" : "", field.comment());
    }
}
