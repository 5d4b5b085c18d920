package org.moxmail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.message.mailbox.FlagEdit;
import org.moxmail.message.mailbox.Flags;

class ImapDecoderTest {
    private static final ImapDecoder DECODER = new ImapDecoder(ImapLimits.SERVER);

    private static ImapCommand decode(String command) throws ImapSyntaxException {
        return decode(command, MailboxEncoding.MODIFIED_UTF7);
    }

    private static ImapCommand decode(String command, MailboxEncoding encoding) throws ImapSyntaxException {
        Octets octets = Octets.of(("A1 " + command).getBytes(StandardCharsets.UTF_8));
        TaggedCommand tagged = DECODER.decode(octets, encoding);
        assertEquals("A1", tagged.tag().text());
        return tagged.command();
    }

    private static ImapSyntaxException refused(String command) {
        return assertThrows(ImapSyntaxException.class, () -> decode(command), command);
    }

    private static Arguments is(String text, ImapCommand command) {
        return Arguments.of(text, command);
    }

    private static ImapCommand.Fetch fetch(FetchItem... items) {
        return new ImapCommand.Fetch(false, SequenceSet.of(1), List.of(items));
    }

    private static ImapCommand.Search search(SearchKey key) {
        return new ImapCommand.Search(false, null, null, key);
    }

    static Stream<Arguments> commands() {
        return Stream.of(
                is("capability", new ImapCommand.Capability()),
                is("NoOp", new ImapCommand.Noop()),
                is("LOGOUT", new ImapCommand.Logout()),
                is("ID NIL", new ImapCommand.Id(List.of())),
                is("ID ()", new ImapCommand.Id(List.of())),
                is(
                        "ID (\"name\" \"x\" \"os\" NIL)",
                        new ImapCommand.Id(List.of(new IdField("name", "x"), new IdField("os", null)))),
                is("LOGIN mrc secret", new ImapCommand.Login("mrc", "secret")),
                is("LOGIN \"a\\\\b\\\"\" {3}\r\nx y", new ImapCommand.Login("a\\b\"", "x y")),
                is("LOGIN {2+}\r\nab \"\"", new ImapCommand.Login("ab", "")),
                is("login é@x y".replace("é@x", "\"é@x\""), new ImapCommand.Login("é@x", "y")),
                is("AUTHENTICATE plain", new ImapCommand.Authenticate("PLAIN", null)),
                is("AUTHENTICATE PLAIN =", new ImapCommand.Authenticate("PLAIN", Octets.EMPTY)),
                is(
                        "AUTHENTICATE PLAIN AHRlc3QAdGVzdA==",
                        new ImapCommand.Authenticate("PLAIN", Octets.ofText("\0test\0test"))),
                is("ENABLE condstore X-y", new ImapCommand.Enable(List.of("condstore", "X-y"))),
                is("SELECT inbox", new ImapCommand.Select("inbox", false, false, null)),
                is("EXAMINE \"a b\" (CONDSTORE)", new ImapCommand.Select("a b", true, true, null)),
                is(
                        "SELECT INBOX (QRESYNC (67890007 90060115194045000 41,43:211,214:541))",
                        new ImapCommand.Select(
                                "INBOX",
                                false,
                                false,
                                new QresyncParameter(
                                        67890007L, 90060115194045000L, set("41,43:211,214:541"), null, null))),
                is(
                        "SELECT a (QRESYNC (1 2 (1,3 5,6)) condstore)",
                        new ImapCommand.Select(
                                "a", false, true, new QresyncParameter(1, 2, null, set("1,3"), set("5,6")))),
                is("CREATE owatagusiam/", new ImapCommand.Create("owatagusiam/", List.of())),
                is(
                        "CREATE x (USE (\\Archive \\Foo) USE (\\Sent))",
                        new ImapCommand.Create("x", List.of("\\Archive", "\\Foo", "\\Sent"))),
                is("DELETE &ZeVnLIqe-", new ImapCommand.Delete("日本語")),
                is("DELETE \"日本語\"", new ImapCommand.Delete("日本語")),
                is("RENAME a {3}\r\nb c", new ImapCommand.Rename("a", "b c")),
                is("SUBSCRIBE x", new ImapCommand.Subscribe("x")),
                is("UNSUBSCRIBE x]", new ImapCommand.Unsubscribe("x]")),
                is("LIST \"\" \"\"", new ImapCommand.ListMailboxes("", "")),
                is("LIST ~/Mail/ %", new ImapCommand.ListMailboxes("~/Mail/", "%")),
                is("LIST \"\" a%b*c]", new ImapCommand.ListMailboxes("", "a%b*c]")),
                is(
                        "LIST () \"\" x",
                        new ImapCommand.ListMailboxes(true, Set.of(), "", List.of(new ListPattern("x")), List.of())),
                is(
                        "LIST (SUBSCRIBED RECURSIVEMATCH) \"\" (a \"b c\") RETURN (CHILDREN children"
                                + " STATUS (MESSAGES UIDNEXT MESSAGES) SPECIAL-USE)",
                        new ImapCommand.ListMailboxes(
                                true,
                                Set.of(ListSelection.SUBSCRIBED, ListSelection.RECURSIVEMATCH),
                                "",
                                List.of(new ListPattern("a"), new ListPattern("b c")),
                                List.of(
                                        ListReturn.Option.CHILDREN,
                                        new ListReturn.Status(List.of(StatusItem.MESSAGES, StatusItem.UIDNEXT)),
                                        ListReturn.Option.SPECIAL_USE))),
                is("LSUB \"#news.\" \"comp.mail.*\"", new ImapCommand.Lsub("#news.", new ListPattern("comp.mail.*"))),
                is("NAMESPACE", new ImapCommand.Namespace()),
                is(
                        "STATUS blurdybloop (UIDNEXT messages)",
                        new ImapCommand.Status("blurdybloop", List.of(StatusItem.UIDNEXT, StatusItem.MESSAGES))),
                is(
                        "APPEND saved-messages (\\Seen) {326}",
                        new ImapCommand.Append(
                                "saved-messages",
                                new AppendMessage(
                                        Flags.of(Flags.SEEN), null, new LiteralHeader(326, true, false, false)))),
                is(
                        "APPEND x () \" 7-Feb-1994 21:52:25 -0800\" UTF8 (~{5+}",
                        new ImapCommand.Append(
                                "x",
                                new AppendMessage(
                                        Flags.NONE,
                                        OffsetDateTime.parse("1994-02-07T21:52:25-08:00"),
                                        new LiteralHeader(5, false, true, true)))),
                is("IDLE", new ImapCommand.Idle()),
                is("UID EXPUNGE 3000:3002", new ImapCommand.UidExpunge(SequenceSet.range(3000, 3002))),
                is("FETCH 1 (FLAGS)", fetch(FetchItem.Attribute.FLAGS)),
                is("FETCH 1 full", new ImapCommand.Fetch(false, SequenceSet.of(1), FetchItem.FULL)),
                is("FETCH 1 Body", fetch(FetchItem.Attribute.BODY)),
                is("FETCH 1 BODY[]", fetch(new FetchItem.Section(SectionSpec.MESSAGE, null, false))),
                is(
                        "FETCH 1 body.peek[1.2.HEADER.FIELDS.NOT (date \"from\")]<0.100>",
                        fetch(new FetchItem.Section(
                                new SectionSpec(
                                        List.of(1, 2), SectionSpec.Kind.HEADER_FIELDS_NOT, List.of("date", "from")),
                                new Partial(0, 100),
                                true))),
                is(
                        "FETCH 1 (BINARY[1]<5.6> BINARY.PEEK[] BINARY.SIZE[2.3])",
                        fetch(
                                new FetchItem.Binary(List.of(1), new Partial(5, 6), false),
                                new FetchItem.Binary(List.of(), null, true),
                                new FetchItem.BinarySize(List.of(2, 3)))),
                is(
                        "FETCH 1 (PREVIEW PREVIEW (LAZY) SAVEDATE)",
                        fetch(new FetchItem.Preview(false), new FetchItem.Preview(true), FetchItem.Attribute.SAVEDATE)),
                is("FETCH 1 PREVIEW", fetch(new FetchItem.Preview(false))),
                is(
                        "UID FETCH 300:500 (FLAGS) (CHANGEDSINCE 12345 VANISHED)",
                        new ImapCommand.Fetch(
                                true, SequenceSet.range(300, 500), List.of(FetchItem.Attribute.FLAGS), 12345, true)),
                is(
                        "FETCH 1 PREVIEW (CHANGEDSINCE 0)",
                        new ImapCommand.Fetch(
                                false, SequenceSet.of(1), List.of(new FetchItem.Preview(false)), 0, false)),
                is(
                        "STORE 2:4 +FLAGS (\\Deleted)",
                        new ImapCommand.Store(
                                false,
                                SequenceSet.range(2, 4),
                                new FlagEdit(FlagEdit.Mode.ADD, Flags.of(Flags.DELETED)),
                                false)),
                is(
                        "UID STORE $ (UNCHANGEDSINCE 0) -flags.silent \\seen $FORWARDED Work",
                        new ImapCommand.Store(
                                true,
                                SequenceSet.SAVED,
                                new FlagEdit(
                                        FlagEdit.Mode.REMOVE, Flags.of(Flags.SEEN | Flags.FORWARDED, List.of("work"))),
                                true,
                                0)),
                is(
                        "STORE 1 FLAGS ()",
                        new ImapCommand.Store(
                                false, SequenceSet.of(1), new FlagEdit(FlagEdit.Mode.REPLACE, Flags.NONE), false)),
                is("COPY 2:4 MEETING", new ImapCommand.Copy(false, SequenceSet.range(2, 4), "MEETING")),
                is("UID MOVE * x", new ImapCommand.Move(true, SequenceSet.of(SequenceSet.STAR), "x")));
    }

    private static SequenceSet set(String text) {
        try {
            return SequenceSet.parse(text);
        } catch (org.moxmail.dns.SyntaxException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("commands")
    void commandsAreRead(String text, ImapCommand expected) throws ImapSyntaxException {
        assertEquals(expected, decode(text));
    }

    static Stream<Arguments> searches() {
        SearchKey seen = new SearchKey.HasFlag(Flags.of(Flags.SEEN));
        return Stream.of(
                is("SEARCH ALL", search(new SearchKey.All())),
                is("SEARCH unseen", search(new SearchKey.Not(seen))),
                is("SEARCH NEW", search(new SearchKey.And(List.of(new SearchKey.Recent(), new SearchKey.Not(seen))))),
                is(
                        "SEARCH FLAGGED SINCE 1-Feb-1994 NOT FROM \"Smith\"",
                        search(new SearchKey.And(List.of(
                                new SearchKey.HasFlag(Flags.of(Flags.FLAGGED)),
                                new SearchKey.Dated(
                                        SearchKey.DateField.INTERNAL,
                                        SearchKey.DateRelation.SINCE,
                                        LocalDate.of(1994, 2, 1)),
                                new SearchKey.Not(new SearchKey.Header("From", "Smith")))))),
                is(
                        "UID SEARCH RETURN (MIN count) CHARSET UTF-8 TEXT {6+}\r\nмат",
                        new ImapCommand.Search(
                                true,
                                EnumSet.of(SearchReturn.MIN, SearchReturn.COUNT),
                                "UTF-8",
                                new SearchKey.Text("мат"))),
                is(
                        "SEARCH RETURN () 1",
                        new ImapCommand.Search(
                                false, EnumSet.of(SearchReturn.ALL), null, new SearchKey.Sequence(SequenceSet.of(1)))),
                is("SEARCH (ALL)", search(new SearchKey.All())),
                is(
                        "SEARCH OR (1 2:*) UID $",
                        search(new SearchKey.Or(
                                new SearchKey.And(List.of(
                                        new SearchKey.Sequence(SequenceSet.of(1)),
                                        new SearchKey.Sequence(SequenceSet.range(2, SequenceSet.STAR)))),
                                new SearchKey.Uid(SequenceSet.SAVED)))),
                is("SEARCH UNKEYWORD $Junk", search(SearchKey.hasNot(Flags.of(Flags.JUNK)))),
                is(
                        "SEARCH SENTON \"07-dec-2020\"",
                        search(new SearchKey.Dated(
                                SearchKey.DateField.SENT, SearchKey.DateRelation.ON, LocalDate.of(2020, 12, 7)))),
                is(
                        "SEARCH SAVEDBEFORE 7-Dec-2020",
                        search(new SearchKey.Dated(
                                SearchKey.DateField.SAVED, SearchKey.DateRelation.BEFORE, LocalDate.of(2020, 12, 7)))),
                is("SEARCH HEADER X-a \"\"", search(new SearchKey.Header("X-a", ""))),
                is("SEARCH MODSEQ \"/flags/\\\\draft\" all 620162338", search(new SearchKey.ModSeq(620162338))),
                is("SEARCH YOUNGER 259200", search(new SearchKey.Younger(259200))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("searches")
    void searchesAreRead(String text, ImapCommand expected) throws ImapSyntaxException {
        assertEquals(expected, decode(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOOP ",
                "NOOP x",
                " NOOP",
                "LOGIN",
                "LOGIN a",
                "LOGIN a b ",
                "LOGIN a b c",
                "LOGIN  a b",
                "LOGIN a \"b",
                "LOGIN a \"b\\c\"",
                "LOGIN a \"b\rc\"",
                "LOGIN a \"b\nc\"",
                "LOGIN a \"b\0\"",
                "LOGIN é b",
                "LOGIN a {5}\r\nabc",
                "LOGIN a {1}\r\n\0",
                "LOGIN a {-1}\r\n",
                "LOGIN a b\0",
                "LOGIN a\u007f b",
                "ID",
                "ID (a b)",
                "ID (\"a\")",
                "ID (\"a\" \"b\" \"A\" \"c\")",
                "AUTHENTICATE",
                "AUTHENTICATE PLAIN AHR",
                "AUTHENTICATE PLAIN =x",
                "AUTHENTICATE PLAIN  =",
                "ENABLE",
                "ENABLE ",
                "ENABLE (x)",
                "SELECT",
                "SELECT a b",
                "SELECT a ()",
                "SELECT a (FOO)",
                "SELECT a (CONDSTORE CONDSTORE)",
                "SELECT a (QRESYNC (0 1))",
                "SELECT a (QRESYNC (1 0))",
                "SELECT a (QRESYNC (1 1 1:*))",
                "SELECT a (QRESYNC (1 1 $))",
                "SELECT a (QRESYNC (1 1 (1)))",
                "SELECT a (QRESYNC (1))",
                "CREATE a (USE)",
                "CREATE a (FOO (\\Sent))",
                "DELETE &",
                "DELETE &AGE-",
                "DELETE a&Jjo",
                "LIST",
                "LIST a",
                "LIST a ()",
                "LIST (RECURSIVEMATCH) a b",
                "LIST (RECURSIVEMATCH REMOTE) a b",
                "LIST (FOO) a b",
                "LIST a b RETURN (FOO)",
                "LIST a b RETURN",
                "LIST a b (CHILDREN)",
                "LIST % a",
                "LSUB a",
                "STATUS a",
                "STATUS a ()",
                "STATUS a (FOO)",
                "STATUS a MESSAGES",
                "APPEND",
                "APPEND a",
                "APPEND a x",
                "APPEND a (\\Seen)",
                "APPEND a (\\Recent) {1}",
                "APPEND a (\\Foo) {1}",
                "APPEND a \"1-Feb-2020 00:00:00 +0000\" {1}",
                "APPEND a \"01-Feb-2020 24:00:00 +0000\" {1}",
                "APPEND a \"30-Feb-2020 00:00:00 +0000\" {1}",
                "APPEND a \"01-Feb-2020 00:00:00 +00\" {1}",
                "APPEND a \"01-Feb-2020 00:00:00 +9000\" {1}",
                "APPEND a UTF8 ({1}",
                "APPEND a {1} x",
                "APPEND a {1",
                "FETCH",
                "FETCH 1",
                "FETCH 1 ()",
                "FETCH 1 FOO",
                "FETCH 1 (ALL)",
                "FETCH 1 (FLAGS ALL)",
                "FETCH 0 FLAGS",
                "FETCH 1 BODY[",
                "FETCH 1 BODY[]<0>",
                "FETCH 1 BODY[]<0.0>",
                "FETCH 1 BODY[MIME]",
                "FETCH 1 BODY[0]",
                "FETCH 1 BODY[1.]",
                "FETCH 1 BODY[.1]",
                "FETCH 1 BODY[1 2]",
                "FETCH 1 BODY[HEADER.FIELDS]",
                "FETCH 1 BODY[HEADER.FIELDS ()]",
                "FETCH 1 BODY[FOO]",
                "FETCH 1 BINARY[HEADER]",
                "FETCH 1 BINARY",
                "FETCH 1 BODY[99999999999]",
                "FETCH 1 BODYSTRUCTURE[]",
                "FETCH 1 FLAGS[]",
                "FETCH 1 PREVIEW ()",
                "FETCH 1 PREVIEW (FOO)",
                "FETCH 1 FLAGS FLAGS",
                "FETCH 1 FLAGS (CHANGEDSINCE 1 CHANGEDSINCE 2)",
                "FETCH 1 FLAGS (VANISHED)",
                "FETCH 1 FLAGS (CHANGEDSINCE 1 VANISHED)",
                "UID FETCH 1 FLAGS (VANISHED)",
                "FETCH 1 FLAGS (CHANGEDSINCE 9223372036854775808)",
                "FETCH 1 FLAGS ()",
                "STORE 1 FLAGS",
                "STORE 1 FOO (\\Seen)",
                "STORE 1 FLAGS (\\Foo)",
                "STORE 1 FLAGS \\Recent",
                "STORE 1 (CHANGEDSINCE 1) FLAGS ()",
                "STORE 1 FLAGS (\\Seen",
                "STORE 1 FLAGS (\\Seen) x",
                "STORE 1 *FLAGS ()",
                "COPY 1",
                "COPY a b",
                "MOVE 1: b",
                "UID EXPUNGE",
                "UID",
                "SEARCH",
                "SEARCH ",
                "SEARCH ()",
                "SEARCH FOO",
                "SEARCH FROM",
                "SEARCH OR ALL",
                "SEARCH NOT",
                "SEARCH (ALL",
                "SEARCH ALL)",
                "SEARCH RETURN (FOO) ALL",
                "SEARCH RETURN ALL",
                "SEARCH RETURN (MIN)",
                "SEARCH ON 32-Jan-2020",
                "SEARCH ON 1-Foo-2020",
                "SEARCH ON 1-Jan-20",
                "SEARCH ON \"1-Jan-2020",
                "SEARCH ON 001-Jan-2020",
                "SEARCH LARGER -1",
                "SEARCH OLDER 0",
                "SEARCH KEYWORD \\Seen",
                "SEARCH 1:",
                "SEARCH $,1",
                "SEARCH MODSEQ",
                "SEARCH MODSEQ \"x\" all 1",
                "SEARCH CHARSET UTF-8",
                "SEARCH EMAILID a]"
            })
    void whatDoesNotFollowTheGrammarIsRefusedWithItsTag(String command) {
        ImapSyntaxException e = refused(command);
        assertEquals(Optional.of(new Tag("A1")), e.tag(), e.getMessage());
        assertTrue(e.offset() >= 3, e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "FOO, UNKNOWN_COMMAND",
        "'', UNKNOWN_COMMAND",
        "UID FOO, UNKNOWN_COMMAND",
        "(, UNKNOWN_COMMAND",
        "LOGIN, SYNTAX"
    })
    void unknownCommandsAreTold(String command, ImapSyntaxException.Kind kind) {
        assertEquals(kind, refused(command).kind());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "+ NOOP", "a+b NOOP", "* OK", "a(b", "\"a\" NOOP", "é NOOP", "a\rb NOOP"})
    void withoutATagNoneIsTold(String line) {
        ImapSyntaxException e = assertThrows(
                ImapSyntaxException.class, () -> DECODER.decode(Octets.ofText(line), MailboxEncoding.UTF8));
        assertEquals(ImapSyntaxException.Kind.NO_TAG, e.kind());
        assertEquals(Optional.empty(), e.tag());
        assertEquals(Optional.empty(), ImapDecoder.tag(Octets.ofText(line)));
    }

    @Test
    void anErrorSaysWhere() {
        ImapSyntaxException e = refused("FETCH 1 (FLAGS FOO)");
        assertEquals(18, e.offset());
        assertEquals("a data item", e.expected());
        assertEquals("RFC 9051 §6.4.5", e.rfc());
    }

    @Test
    void anErrorHoldsNothingOfTheInput() {
        ImapSyntaxException e = refused("LOGIN user sec\"ret");
        assertTrue(!String.valueOf(e.getMessage()).contains("ret"), e.getMessage());
    }

    @Test
    void inUtf8AnAmpersandIsAnAmpersand() throws ImapSyntaxException {
        assertEquals(new ImapCommand.Delete("&AOk-"), decode("DELETE &AOk-", MailboxEncoding.UTF8));
        assertEquals(new ImapCommand.Delete("é"), decode("DELETE &AOk-", MailboxEncoding.MODIFIED_UTF7));
        assertEquals(new ImapCommand.Delete("é"), decode("DELETE \"é\"", MailboxEncoding.UTF8));
    }

    @Test
    void aMailboxNameThatIsNoUtf8IsRefused() {
        byte[] octets = "a DELETE \"\u00e9\"".getBytes(StandardCharsets.ISO_8859_1);
        for (MailboxEncoding encoding : MailboxEncoding.values()) {
            assertThrows(ImapSyntaxException.class, () -> DECODER.decode(Octets.of(octets), encoding));
        }
    }

    @Test
    void octetsThatAreNoUtf8SurviveInSearchStrings() throws ImapSyntaxException {
        byte[] octets = "a SEARCH CHARSET ISO-8859-1 BODY {1+}\r\n\u00e9".getBytes(StandardCharsets.ISO_8859_1);
        ImapCommand.Search search = assertInstanceOf(
                ImapCommand.Search.class,
                DECODER.decode(Octets.of(octets), MailboxEncoding.MODIFIED_UTF7).command());
        SearchKey.Body body = assertInstanceOf(SearchKey.Body.class, search.key());
        assertEquals(0xe9, Octets.ofText(body.value()).at(0));
    }

    @Test
    void searchKeysNestToTheLimitAndNoFurther() throws ImapSyntaxException {
        int limit = ImapLimits.SERVER.depth();
        decode("SEARCH " + "NOT ".repeat(limit - 1) + "ALL");
        refused("SEARCH " + "NOT ".repeat(limit) + "ALL");
        refused("SEARCH " + "(".repeat(5000));
        refused("SEARCH " + "OR ALL ".repeat(limit) + "ALL");
    }

    @Test
    void anIdIsBounded() throws ImapSyntaxException {
        decode("ID (\"" + "n".repeat(30) + "\" \"" + "v".repeat(1024) + "\")");
        refused("ID (\"" + "n".repeat(31) + "\" \"v\")");
        refused("ID (\"n\" \"" + "v".repeat(1025) + "\")");
        StringBuilder thirty = new StringBuilder("ID (\"n0\" NIL");
        for (int i = 1; i < 30; i++) {
            thirty.append(" \"n").append(i).append("\" NIL");
        }
        decode(thirty + ")");
        refused(thirty + " \"n\" NIL)");
    }

    @Test
    void aKeywordIsBounded() throws ImapSyntaxException {
        decode("STORE 1 FLAGS (" + "k".repeat(Flags.MAX_KEYWORD) + ")");
        refused("STORE 1 FLAGS (" + "k".repeat(Flags.MAX_KEYWORD + 1) + ")");
        refused("SEARCH KEYWORD " + "k".repeat(Flags.MAX_KEYWORD + 1));
    }

    @Test
    void theRestOfAnAppendIsRead() throws ImapSyntaxException {
        Tag tag = new Tag("a");
        LiteralHeader plain = new LiteralHeader(1, true, false, false);
        LiteralHeader utf8 = new LiteralHeader(1, true, true, true);
        assertEquals(Optional.empty(), DECODER.decodeAppendRest(Octets.EMPTY, tag, plain));
        assertEquals(Optional.empty(), DECODER.decodeAppendRest(Octets.ofText(")"), tag, utf8));
        assertEquals(
                Optional.of(new AppendMessage(Flags.of(Flags.SEEN), null, new LiteralHeader(9, false, false, false))),
                DECODER.decodeAppendRest(Octets.ofText(" (\\Seen) {9+}"), tag, plain));
        for (String rest : List.of(" ", "x", ")", " (\\Seen)", " {9} ")) {
            ImapSyntaxException e = assertThrows(
                    ImapSyntaxException.class, () -> DECODER.decodeAppendRest(Octets.ofText(rest), tag, plain));
            assertEquals(Optional.of(tag), e.tag());
        }
        assertThrows(ImapSyntaxException.class, () -> DECODER.decodeAppendRest(Octets.EMPTY, tag, utf8));
    }

    @Test
    void textFormsLeaveCredentialsOut() throws ImapSyntaxException {
        assertEquals("Login[user=u]", decode("LOGIN u secret").toString());
        assertTrue(!decode("AUTHENTICATE PLAIN AHRlc3QAdGVzdA==").toString().contains("test"));
    }
}
