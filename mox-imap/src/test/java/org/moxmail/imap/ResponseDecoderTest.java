package org.moxmail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.message.Envelope;
import org.moxmail.message.MailboxAddress;
import org.moxmail.message.Parameter;
import org.moxmail.message.mailbox.UidSet;

/** What servers say in the RFCs' examples, what real ones say, and what hostile ones might. */
class ResponseDecoderTest {
    private static final ResponseDecoder DECODER = new ResponseDecoder(ImapLimits.CLIENT);

    private static ImapResponse decode(String response) throws ImapProtocolException {
        return DECODER.decode(Octets.of(response.getBytes(StandardCharsets.UTF_8)), MailboxEncoding.MODIFIED_UTF7);
    }

    private static Arguments is(String text, ImapResponse response) {
        return Arguments.of(text, response);
    }

    private static ImapResponse.Condition ok(@Nullable ResponseCode code, String text) {
        return new ImapResponse.Condition(ImapResponse.Status.OK, code, text);
    }

    private static ImapResponse.Fetch fetch(long number, FetchValue... values) {
        return new ImapResponse.Fetch(number, List.of(values));
    }

    private static ImapResponse esearch(
            @Nullable String tag, boolean uid, long min, long max, long count, @Nullable String all, long mod) {
        return new ImapResponse.Esearch(new EsearchResult(
                tag == null ? null : new Tag(tag), uid, min, max, count, all == null ? null : set(all), mod));
    }

    private static SequenceSet set(String text) {
        try {
            return SequenceSet.parse(text);
        } catch (org.moxmail.dns.SyntaxException e) {
            throw new AssertionError(e);
        }
    }

    static Stream<Arguments> examples() {
        return Stream.of(
                is("+ Ready for literal data", new ImapResponse.Continuation("Ready for literal data")),
                is("+", new ImapResponse.Continuation("")),
                is("+ ", new ImapResponse.Continuation("")),
                is("* OK IMAP4rev2 Service Ready", ok(null, "IMAP4rev2 Service Ready")),
                is(
                        "* OK [CAPABILITY STARTTLS AUTH=GSSAPI IMAP4rev2] x",
                        ok(new ResponseCode.Capability(List.of("STARTTLS", "AUTH=GSSAPI", "IMAP4rev2")), "x")),
                is(
                        "* PREAUTH logged in as Smith",
                        new ImapResponse.Condition(ImapResponse.Status.PREAUTH, null, "logged in as Smith")),
                is(
                        "* BYE Autologout; idle for too long",
                        new ImapResponse.Condition(ImapResponse.Status.BYE, null, "Autologout; idle for too long")),
                is(
                        "a001 OK LOGIN completed",
                        new ImapResponse.Tagged(new Tag("a001"), ImapResponse.Status.OK, null, "LOGIN completed")),
                is(
                        "A432 NO [tryCreate]",
                        new ImapResponse.Tagged(
                                new Tag("A432"), ImapResponse.Status.NO, ResponseCode.Word.TRYCREATE, "")),
                is("* OK", ok(null, "")),
                is("* OK [ALERT]System shutdown", ok(ResponseCode.Word.ALERT, "System shutdown")),
                is("* OK [UIDVALIDITY 3857529045] ok", ok(new ResponseCode.UidValidity(3857529045L), "ok")),
                is(
                        "* OK [PERMANENTFLAGS (\\Deleted \\Seen \\*)] Limited",
                        ok(new ResponseCode.PermanentFlags(List.of("\\Deleted", "\\Seen", "\\*")), "Limited")),
                is("* OK [PERMANENTFLAGS ()] none", ok(new ResponseCode.PermanentFlags(List.of()), "none")),
                is("* OK [HIGHESTMODSEQ 715194045007]", ok(new ResponseCode.HighestModSeq(715194045007L), "")),
                is(
                        "A003 OK [APPENDUID 38505 3955] APPEND completed",
                        new ImapResponse.Tagged(
                                new Tag("A003"),
                                ImapResponse.Status.OK,
                                new ResponseCode.AppendUid(38505, set("3955")),
                                "APPEND completed")),
                is(
                        "A004 OK [COPYUID 38505 304,319:320 3956:3958] Done",
                        new ImapResponse.Tagged(
                                new Tag("A004"),
                                ImapResponse.Status.OK,
                                new ResponseCode.CopyUid(38505, set("304,319:320"), set("3956:3958")),
                                "Done")),
                is(
                        "d105 OK [MODIFIED 7,9] Conditional STORE failed",
                        new ImapResponse.Tagged(
                                new Tag("d105"),
                                ImapResponse.Status.OK,
                                new ResponseCode.Modified(set("7,9")),
                                "Conditional STORE failed")),
                is(
                        "* OK [BADCHARSET (UTF-8 \"x y\")] x",
                        ok(new ResponseCode.BadCharset(List.of("UTF-8", "x y")), "x")),
                is(
                        "* OK [INPROGRESS (\"A001\" 454 1000)] Still working",
                        ok(new ResponseCode.InProgress(new Tag("A001"), 454, 1000), "Still working")),
                is("* OK [INPROGRESS (NIL NIL NIL)] x", ok(new ResponseCode.InProgress(null, -1, -1), "x")),
                is("* OK [X-Foo (bar) 7] x", ok(new ResponseCode.Other("X-FOO", "(bar) 7"), "x")),
                // A known word with something else than it promises.
                is("* OK [UIDNEXT x] y", ok(new ResponseCode.Other("UIDNEXT", "x"), "y")),
                is("* OK [UIDNEXT 0] y", ok(new ResponseCode.Other("UIDNEXT", "0"), "y")),
                is("* OK [ALERT", ok(null, "[ALERT")),
                is("* OK []", ok(null, "[]")),
                is("* OK text {5}", ok(null, "text {5}")),
                is("* CAPABILITY IMAP4rev1 ", new ImapResponse.Capability(List.of("IMAP4rev1"))),
                is("* ENABLED CONDSTORE", new ImapResponse.Enabled(List.of("CONDSTORE"))),
                is("* ENABLED", new ImapResponse.Enabled(List.of())),
                is("* ID NIL", new ImapResponse.Id(List.of())),
                is("* FLAGS (\\Answered NonJunk)", new ImapResponse.FlagList(List.of("\\Answered", "NonJunk"))),
                is(
                        "* LIST (\\NoSelect) \"/\" ~/Mail/foo",
                        new ImapResponse.Listed(
                                new ListEntry(List.of("\\NoSelect"), "/", "~/Mail/foo", null, List.of()))),
                is(
                        "* LIST () NIL {3}\r\na b",
                        new ImapResponse.Listed(new ListEntry(List.of(), null, "a b", null, List.of()))),
                is(
                        "* LIST () \"\\\\\" &ZeVnLIqe-",
                        new ImapResponse.Listed(new ListEntry(List.of(), "\\", "日本語", null, List.of()))),
                is(
                        "* LIST (\\Subscribed) \"/\" \"x\" (\"OLDNAME\" (\"y z\") \"CHILDINFO\" (\"SUBSCRIBED\") V-X ((a) b))",
                        new ImapResponse.Listed(
                                new ListEntry(List.of("\\Subscribed"), "/", "x", "y z", List.of("SUBSCRIBED")))),
                is(
                        "* LSUB () \".\" #news.comp",
                        new ImapResponse.Lsub(new ListEntry(List.of(), ".", "#news.comp", null, List.of()))),
                is(
                        "* NAMESPACE ((\"\" \"/\")(\"#mh/\" \"/\" \"X-PARAM\" (\"FLAG1\" \"FLAG2\"))) NIL ((\"#s\" NIL))",
                        new ImapResponse.Namespace(
                                List.of(new NamespaceEntry("", "/"), new NamespaceEntry("#mh/", "/")),
                                List.of(),
                                List.of(new NamespaceEntry("#s", null)))),
                is(
                        "* STATUS blurdybloop (MESSAGES 231 UIDNEXT 44292 X-Y (1 2) MAILBOXID (F1) APPENDLIMIT NIL)",
                        new ImapResponse.MailboxStatus(
                                "blurdybloop",
                                Map.of(
                                        StatusItem.MESSAGES,
                                        231L,
                                        StatusItem.UIDNEXT,
                                        44292L,
                                        StatusItem.APPENDLIMIT,
                                        -1L),
                                "F1")),
                is("* SEARCH", new ImapResponse.Search(UidSet.EMPTY, -1)),
                is("* SEARCH ", new ImapResponse.Search(UidSet.EMPTY, -1)),
                is("* SEARCH 84 2 882", new ImapResponse.Search(UidSet.of(2, 84, 882), -1)),
                is("* SEARCH 2 5 (MODSEQ 917162500)", new ImapResponse.Search(UidSet.of(2, 5), 917162500)),
                is("* ESEARCH (TAG \"A283\") ALL 2,10:11", esearch("A283", false, -1, -1, -1, "2,10:11", -1)),
                is("* ESEARCH (TAG \"A284\") UID MIN 4", esearch("A284", true, 4, -1, -1, null, -1)),
                is("* ESEARCH COUNT 0 MODSEQ 7 X-Y (a b)", esearch(null, false, -1, -1, 0, null, 7)),
                is("* 23 EXISTS", new ImapResponse.Exists(23)),
                is("* 0 RECENT", new ImapResponse.Recent(0)),
                is("* 44 EXPUNGE", new ImapResponse.Expunge(44)),
                is(
                        "* VANISHED (EARLIER) 300:310,405",
                        new ImapResponse.Vanished(true, UidSet.range(300, 310).union(UidSet.of(405)))),
                is("* VANISHED 405,300", new ImapResponse.Vanished(false, UidSet.of(300, 405))),
                is("* XFOO bar", new ImapResponse.Other("XFOO", Octets.ofText("XFOO bar"))),
                is("* 5 XFOO bar", new ImapResponse.Other("XFOO", Octets.ofText("5 XFOO bar"))));
    }

    static Stream<Arguments> fetches() {
        List<MailboxAddress> gray = List.of(new MailboxAddress("Terry Gray", null, "gray", "cac.washington.example"));
        return Stream.of(
                is(
                        "* 23 FETCH (FLAGS (\\Seen) RFC822.SIZE 44827)",
                        fetch(23, new FetchValue.FlagWords(List.of("\\Seen")), new FetchValue.Size(44827))),
                is(
                        "* 1 FETCH (UID 4 MODSEQ (624140003) X-NEW (a (b)) FLAGS (\\Recent))",
                        fetch(
                                1,
                                new FetchValue.Uid(4),
                                new FetchValue.ModSeq(624140003),
                                new FetchValue.FlagWords(List.of("\\Recent")))),
                is(
                        "* 12 FETCH (INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" SAVEDATE NIL)",
                        fetch(
                                12,
                                new FetchValue.InternalDate(OffsetDateTime.parse("1996-07-17T02:44:25-07:00")),
                                new FetchValue.SaveDate(null))),
                is(
                        "* 12 FETCH (ENVELOPE (\"Wed, 17 Jul 1996 02:23:25 -0700 (PDT)\" \"IMAP4rev2 WG mtg\""
                                + " ((\"Terry Gray\" NIL \"gray\" \"cac.washington.example\"))"
                                + " ((\"Terry Gray\" NIL \"gray\" \"cac.washington.example\"))"
                                + " ((\"Terry Gray\" NIL \"gray\" \"cac.washington.example\"))"
                                + " ((NIL NIL \"imap\" \"x.example\") (NIL NIL \"y\" NIL)) () NIL NIL {3}\r\n<a>))",
                        fetch(
                                12,
                                new FetchValue.Envelope(new Envelope(
                                        "Wed, 17 Jul 1996 02:23:25 -0700 (PDT)",
                                        "IMAP4rev2 WG mtg",
                                        gray,
                                        gray,
                                        gray,
                                        List.of(
                                                new MailboxAddress(null, null, "imap", "x.example"),
                                                new MailboxAddress(null, null, "y", null)),
                                        List.of(),
                                        List.of(),
                                        null,
                                        "<a>")))),
                is(
                        "* 12 FETCH (BODY ((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" 1152 23)"
                                + "(\"IMAGE\" \"GIF\" NIL \"<960723163407.20117h@x>\" \"c\" NIL 4554) \"MIXED\"))",
                        fetch(
                                12,
                                new FetchValue.Structure(
                                        new BodyStructure.Multipart(
                                                List.of(
                                                        single("text", "plain", "US-ASCII", null, null, 1152, 23),
                                                        single(
                                                                "image",
                                                                "gif",
                                                                null,
                                                                "<960723163407.20117h@x>",
                                                                "c",
                                                                4554,
                                                                -1)),
                                                "mixed",
                                                List.of(),
                                                null),
                                        false))),
                is(
                        "* 1 FETCH (BODYSTRUCTURE (\"text\" \"x\" NIL NIL NIL \"8bit\" 1 2 NIL (\"INLINE\" NIL) \"en\" NIL \"future\" (1 (2))))",
                        fetch(
                                1,
                                new FetchValue.Structure(
                                        new BodyStructure.Single(
                                                "text",
                                                "x",
                                                List.of(),
                                                null,
                                                null,
                                                "8bit",
                                                1,
                                                2,
                                                null,
                                                null,
                                                new BodyStructure.Extension(
                                                        null, "inline", List.of(), List.of("en"), null)),
                                        true))),
                is(
                        "* 1 FETCH (BODY[HEADER.FIELDS (DATE \"From\")]<10> {4}\r\nabcd BODY[1.MIME] NIL BODY[TEXT] \"\")",
                        fetch(
                                1,
                                new FetchValue.Section(
                                        SectionSpec.headerFields("DATE", "From"), 10, Octets.ofText("abcd")),
                                new FetchValue.Section(
                                        new SectionSpec(List.of(1), SectionSpec.Kind.MIME, List.of()), -1, null),
                                new FetchValue.Section(SectionSpec.TEXT, -1, Octets.EMPTY))),
                is(
                        "* 1 FETCH (BINARY[1.2] ~{2}\r\n\0a BINARY.SIZE[1] 7 RFC822 {1}\r\nx PREVIEW \"p\" EMAILID (M1) THREADID NIL)",
                        fetch(
                                1,
                                new FetchValue.Binary(List.of(1, 2), -1, Octets.ofText("\0a")),
                                new FetchValue.BinarySize(List.of(1), 7),
                                new FetchValue.Rfc822(FetchItem.Attribute.RFC822, Octets.ofText("x")),
                                new FetchValue.Preview("p"),
                                new FetchValue.EmailId("M1"),
                                new FetchValue.ThreadId(null))));
    }

    private static BodyStructure single(
            String type,
            String subtype,
            @Nullable String charset,
            @Nullable String id,
            @Nullable String description,
            long size,
            long lines) {
        List<Parameter> parameters = charset == null ? List.of() : List.of(new Parameter("charset", charset));
        return new BodyStructure.Single(
                type, subtype, parameters, id, description, "7bit", size, lines, null, null, null);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"examples", "fetches"})
    void responsesAreRead(String text, ImapResponse expected) throws ImapProtocolException {
        assertEquals(expected, decode(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "* ",
                " * OK",
                "a",
                "a ",
                "a BYE x",
                "a PREAUTH x",
                "a FOO",
                "a+b OK",
                "* OK a\rb",
                "* OK a\0b",
                "* 1",
                "* 1 ",
                "* 4294967296 EXISTS",
                "* 0 EXPUNGE",
                "* 0 FETCH ()",
                "* 1 EXISTS x",
                "* 1 FETCH",
                "* 1 FETCH (",
                "* 1 FETCH (UID)",
                "* 1 FETCH (UID 0)",
                "* 1 FETCH (FLAGS \\Seen)",
                "* 1 FETCH (BODY[1.] NIL)",
                "* 1 FETCH (FOO[] x)",
                "* 1 FETCH (BODY[] {5}\r\nab)",
                "* 1 FETCH (MODSEQ 1)",
                "* 1 FETCH (RFC822.SIZE 9223372036854775808)",
                "* 1 FETCH (ENVELOPE NIL)",
                "* 1 FETCH (BODY ())",
                "* 1 FETCH (EMAILID (a.b))",
                "* 1 FETCH (UID 1) x",
                "* 1 FETCH (BODY[99999999999] NIL)",
                "* LIST (\\Seen \"/\" x",
                "* LIST () \"//\" x",
                "* LIST () \"\" x",
                "* LIST () / x",
                "* LIST () \"/\" &",
                "* LIST () \"/\" x (OLDNAME y)",
                "* SEARCH 0",
                "* SEARCH x",
                "* SEARCH 1 (FOO 1)",
                "* ESEARCH (TAG \"a b\")",
                "* ESEARCH ALL 1:*",
                "* ESEARCH ALL $",
                "* ESEARCH (FOO \"a\")",
                "* VANISHED 1:*",
                "* VANISHED (LATER) 1",
                "* STATUS x MESSAGES 1",
                "* STATUS x (MESSAGES -1)",
                "* NAMESPACE NIL NIL",
                "* NAMESPACE ((\"\" \"ab\")) NIL NIL",
                "* FLAGS \\Seen",
                "* FLAGS (\\)",
                "* ID (\"a\" \"b\" \"a\" \"c\")"
            })
    void whatNoServerMaySayIsRefused(String text) {
        assertThrows(ImapProtocolException.class, () -> decode(text));
    }

    @Test
    void bodiesNestToTheLimitAndNoFurther() throws ImapProtocolException {
        String leaf = "(\"a\" \"b\" NIL NIL NIL \"7bit\" 1)";
        int limit = ImapLimits.CLIENT.depth();
        decode("* 1 FETCH (BODY " + "(".repeat(limit - 1) + leaf + " \"m\")".repeat(limit - 1) + ")");
        assertThrows(
                ImapProtocolException.class,
                () -> decode("* 1 FETCH (BODY " + "(".repeat(limit) + leaf + " \"m\")".repeat(limit) + ")"));
        assertThrows(ImapProtocolException.class, () -> decode("* 1 FETCH (X " + "(".repeat(100_000)));
    }

    // The reader's limits

    private static final ImapLimits SMALL = new ImapLimits(64, 20, 128, 2, 10, 0);

    private static ImapResponse read(String stream) throws IOException {
        return new ResponseReader(new ByteArrayInputStream(stream.getBytes(StandardCharsets.US_ASCII)), SMALL)
                .read(MailboxEncoding.UTF8, null);
    }

    @Test
    void aLineAtTheLimitIsReadAndOneBeyondIsRefused() throws IOException {
        assertInstanceOf(ImapResponse.Condition.class, read("* OK " + "x".repeat(57) + "\r\n"));
        assertThrows(ImapProtocolException.class, () -> read("* OK " + "x".repeat(58) + "\r\n"));
    }

    @Test
    void aLiteralAtTheLimitIsReadAndOneBeyondIsRefused() throws IOException {
        assertInstanceOf(ImapResponse.Listed.class, read("* LIST () NIL {20}\r\n" + "x".repeat(20) + "\r\n"));
        assertThrows(ImapProtocolException.class, () -> read("* LIST () NIL {21}\r\n" + "x".repeat(21) + "\r\n"));
        assertThrows(ImapProtocolException.class, () -> read("* LIST () NIL {99999999999999999999}\r\n"));
    }

    @Test
    void literalsAndAllOfAResponseAreBounded() throws IOException {
        String piece = " {1}\r\nx";
        assertInstanceOf(ImapResponse.Other.class, read("* X" + piece.repeat(2) + "\r\n"));
        assertThrows(ImapProtocolException.class, () -> read("* X" + piece.repeat(3) + "\r\n"));
        String large = " {20}\r\n" + "x".repeat(20);
        assertInstanceOf(ImapResponse.Other.class, read("* X" + large.repeat(2) + "y".repeat(60) + "\r\n"));
        assertThrows(
                ImapProtocolException.class,
                () -> read("* X" + "y".repeat(50) + large + "y".repeat(50) + large + "\r\n"));
    }

    @Test
    void anEndWithinAResponseIsTold() {
        assertThrows(EOFException.class, () -> read("* OK"));
        assertThrows(EOFException.class, () -> read("* LIST () NIL {5}\r\nab"));
    }
}
