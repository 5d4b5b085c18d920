package org.moxmail.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.dns.SyntaxException;

/** Subjects, identifiers, dates and authors. */
final class ThreadingTest {
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "re: test|test|true",
                " a  b\\tc\\r\\n d\\t|a b c d|false",
                "[list] re: [list] fwd: a b c|a b c|true",
                "[fwd: [list] re: a b c]|a b c|true",
                "fwd [tag] Test|fwd [tag] test|false",
                "fwd [list]:|``|true",
                "test (fwd) (fwd) |test|true",
                "Re [x] : y|y|true",
                "RE: re[2]: FW: x|x|true",
                "[a] [b] c|c|false",
                "[a]|[a]|false",
                "reply: x|reply: x|false",
                "[unfinished x|[unfinished x|false",
                "[[x]] y|[[x]] y|false",
                "(fwd)|``|true",
                "``|``|false",
                "[fwd: ]|``|true",
                "x\\0y|``|false",
            })
    void theBaseOfASubjectIsWithoutWhatRepliesAdd(String subject, String base, boolean response) {
        String text = subject.replace("\\t", "\t")
                .replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\0", "\0");
        assertEquals(new BaseSubject(base, response), BaseSubject.of(text));
    }

    @Property(tries = 300)
    void theBaseOfABaseIsItself(@ForAll("subjects") String subject) {
        BaseSubject once = BaseSubject.of(subject);
        assertEquals(new BaseSubject(once.text(), false), BaseSubject.of(once.text()));
    }

    @net.jqwik.api.Provide
    net.jqwik.api.Arbitrary<String> subjects() {
        return net.jqwik.api.Arbitraries.of("re", "fw", "fwd", ":", "[", "]", " ", "(fwd)", "[fwd:", "x", "Ü", "[a]")
                .list()
                .ofMaxSize(12)
                .map(list -> String.join("", list));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "<USER@DOMAIN>, user@domain, false",
        "<user@[10.0.0.1]>, user@[10.0.0.1], true",
        "<User@Domain@Time>, user@domain@time, true",
        "<User>, user, true",
        "<\"user\"@domain>, user@domain, false",
        "<\"u ser\"@domain>, \"u ser\"@domain, false",
        "' <a@b> (comment)', a@b, false",
        "<a@b.>, a@b., true",
    })
    void identifiersHaveACanonicalForm(String text, String canonical, boolean raw) throws SyntaxException {
        assertEquals(new MessageId(canonical, raw), MessageId.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a@b", "<a@b", "a@b>", "<>", "x <a@b>"})
    void whatHasNoAngleBracketsIsNoIdentifier(String text) {
        assertThrows(SyntaxException.class, () -> MessageId.parse(text));
    }

    @Test
    void referencesAreAllIdentifiersThatArentCutOff() {
        assertEquals(
                List.of("user@host"),
                MessageId.referenced(List.of("<truncated@hos <user@host>"), List.of("<other@host>")));
        assertEquals(
                List.of("previouslywrapped@host", "missinghost"),
                MessageId.referenced(List.of("<previously wrapped@host>", "<missinghost> <> <cut"), List.of()));
        assertEquals(List.of("a@b"), MessageId.referenced(List.of("nothing"), List.of("x", "<A@B> <c@d>")));
        assertEquals(List.of(), MessageId.referenced(List.of(), List.of()));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Fri, 21 Nov 1997 09:55:06 -0600 | 1997-11-21T09:55:06-06:00",
                "21 Nov 97 09:55:06 GMT | 1997-11-21T09:55:06Z",
                "Fri, 21 Nov 1997 09(comment):   55  :  06 -0600 | 1997-11-21T09:55:06-06:00",
                "Thu, 13 Feb 1969 23:32 -0330 (Newfoundland Time) | 1969-02-13T23:32-03:30",
                "1 jan 49 0:0 EST | 2049-01-01T00:00-05:00",
                "1 Jan 50 0:0 PDT | 1950-01-01T00:00-07:00",
                "1 Jan 100 00:00:60 A | 2000-01-01T00:00:59Z",
                "1 Jan 2020 00:00:00 +2500 | 2020-01-01T00:00Z",
                "1-January-2020 00:00:00 | 2020-01-01T00:00Z",
                "29 Feb 2024 12:00:00 +0000 | 2024-02-29T12:00Z",
            })
    void datesAreReadInTheirObsoleteFormsToo(String text, String date) throws SyntaxException {
        assertEquals(OffsetDateTime.parse(date), MessageDate.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "1",
                "1 Jan",
                "1 Jan 2020",
                "1 Foo 2020 00:00 +0000",
                "30 Feb 2020 00:00 +0000",
                "1 Jan 12345 00:00 Z",
                "1 Jan 2020 25:00 Z",
                "Xyz, 1 Jan 2020 00:00 Z",
                "1 Jan 2020 00:00 +1"
            })
    void whatIsNoDateIsRefused(String text) {
        assertThrows(SyntaxException.class, () -> MessageDate.parse(text));
    }

    @Property(tries = 300)
    void datesComeBackFromPrint(
            @ForAll @LongRange(min = -62_000_000_000L / 2, max = 250_000_000_000L) long second,
            @ForAll @LongRange(min = -720, max = 720) long zoneMinutes)
            throws SyntaxException {
        OffsetDateTime date = java.time.Instant.ofEpochSecond(second)
                .atOffset(java.time.ZoneOffset.ofTotalSeconds((int) zoneMinutes * 60));
        assertEquals(date, MessageDate.parse(MessageDate.print(date)));
    }

    private static HeaderFields header(String text) {
        return HeaderFields.parse(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theAuthorIsTheOneAddressOfTheOneFromField() throws SyntaxException {
        assertEquals(
                "a@b.example",
                header("FROM: \"A, B\"\n (c) <a@b.example>\n\n").from().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "To: a@b.example",
                "From: a@b.example\nFrom: a@b.example",
                "From: a@b.example, c@d.example",
                "From: x",
                "From: g:;",
                "From: a@[192.0.2.1]",
                "From: <a@b.example> x"
            })
    void anyOtherFromIsRefused(String fields) {
        assertThrows(SyntaxException.class, () -> header(fields + "\n\n").from());
    }

    @Test
    void fieldsAreLookedUpInAnyCaseAndUnfolded() {
        HeaderFields fields = header("Subject : one\n\t two \n\nSubject: body\n");
        assertEquals("one two", fields.first("SUBJECT").orElse(""));
        assertEquals(1, fields.fields().size());
        assertEquals(" one\r\n\t two ", fields.fields().get(0).raw());
        assertEquals(List.of("1", "2"), header("A: 1\nb: x\na:2").all("A"));
        assertEquals(false, fields.needsSmtpUtf8());
        assertEquals(true, header("X: é\n\n").needsSmtpUtf8());
    }

    @Test
    void groupsRoutesAndCommentsOfAddressListsAreUnderstood() throws SyntaxException {
        AddressList list = AddressList.parse(
                "A Group (x):Ed <c@a.example>,joe@b.example ; , Mary <@x,@y:m@z.example>, \"Joe Q.\" . x@c . example (Joe)");
        assertEquals(
                List.of(
                        new MailboxAddress(null, null, "A Group", null),
                        new MailboxAddress("Ed", null, "c", "a.example"),
                        new MailboxAddress(null, null, "joe", "b.example"),
                        new MailboxAddress(null, null, null, null),
                        new MailboxAddress("Mary", "@x,@y", "m", "z.example"),
                        new MailboxAddress("Joe", null, "Joe Q..x", "c.example")),
                list.entries());
        for (String bad :
                List.of("a@b.example <c@d.example>", "g:a@b.example", "a@", "@b", "<a@b.example", "x y", "a@b@c")) {
            assertThrows(SyntaxException.class, () -> AddressList.parse(bad), bad);
        }
    }
}
