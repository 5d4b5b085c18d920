package org.moxmail.bench.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.moxmail.dns.SyntaxException;
import org.moxmail.imap.AppendMessage;
import org.moxmail.imap.CommandEncoder;
import org.moxmail.imap.Fragmenter;
import org.moxmail.imap.Frame;
import org.moxmail.imap.ImapDecoder;
import org.moxmail.imap.ImapEncoder;
import org.moxmail.imap.ImapLimits;
import org.moxmail.imap.ImapProtocolException;
import org.moxmail.imap.ImapResponse;
import org.moxmail.imap.ImapSyntaxException;
import org.moxmail.imap.LiteralHeader;
import org.moxmail.imap.MailboxEncoding;
import org.moxmail.imap.Octets;
import org.moxmail.imap.ResponseDecoder;
import org.moxmail.imap.ResponseReader;
import org.moxmail.imap.SequenceSet;
import org.moxmail.imap.Tag;
import org.moxmail.imap.TaggedCommand;

/** The parsers of mox-imap. */
final class ImapTargets {
    private static final ImapLimits NARROW = new ImapLimits(200, 50, 300, 4, 10, 100);

    private static final String COMMAND_TOKENS = "( ) [ ] { } \" \\ * % + , : ; $ < > . ~ & - \\s \\r"
            + "\\n"
            + " \\0 {3}\\r"
            + "\\n"
            + "abc {2+}\\r"
            + "\\n"
            + "ab ~{2+}\\r"
            + "\\n"
            + "\\0a {99999999999} NIL INBOX 1:* 4294967295 0 LOGIN SELECT LIST STATUS APPEND FETCH STORE SEARCH"
            + " UID\\s MOVE COPY RETURN OR NOT SINCE 1-Feb-1994 CHARSET \\Seen $Junk FLAGS BODY[ BODY.PEEK["
            + " HEADER.FIELDS MODSEQ UNCHANGEDSINCE CHANGEDSINCE &AOk- &ZeVnLIqe- &- é \ud83d\ude00 UTF8\\s("
            + " CATENATE";

    private static final List<String> COMMANDS = List.of(
            "a LOGIN \"a\\\\b\" {3+}\r\nabc",
            "a ID (\"name\" NIL \"os\" \"x\")",
            "a AUTHENTICATE PLAIN AHRlc3QAdGVzdA==",
            "a SELECT &ZeVnLIqe- (CONDSTORE QRESYNC (1 2 3:4 (5 6)))",
            "a CREATE x (USE (\\Archive))",
            "a LIST (SUBSCRIBED RECURSIVEMATCH) \"\" (a% \"b*\") RETURN (CHILDREN STATUS (MESSAGES))",
            "a STATUS \"x y\" (MESSAGES UIDNEXT)",
            "a APPEND x (\\Seen work) \" 7-Feb-1994 21:52:25 -0800\" UTF8 (~{5+}",
            "a UID SEARCH RETURN (MIN) CHARSET UTF-8 OR (FROM {2}\r\nxy NOT SEEN) SINCE 1-Feb-1994 1:*,3",
            "a UID FETCH 1:* (FLAGS BODY.PEEK[1.HEADER.FIELDS (a \"b\")]<0.5> BINARY[1]) (CHANGEDSINCE 5 VANISHED)",
            "a STORE $ (UNCHANGEDSINCE 4) +FLAGS.SILENT (\\Deleted $Junk)",
            "a UID MOVE 1,2:3 \"é\"",
            "a RENAME &AOk- x",
            "a UID EXPUNGE 1:5",
            "a ENABLE CONDSTORE UTF8=ACCEPT");

    private static final String RESPONSE_TOKENS = COMMAND_TOKENS
            + " *\\s OK NO BAD [COPYUID [UIDVALIDITY ENVELOPE BODYSTRUCTURE BODY UID RFC822.SIZE INTERNALDATE PREVIEW"
            + " EXISTS EXPUNGE ESEARCH TAG VANISHED EARLIER NAMESPACE CAPABILITY EMAILID THREADID";

    private static final List<String> RESPONSES = List.of(
            "* OK [COPYUID 1 2:3 4:5] x",
            "a NO [BADCHARSET (UTF-8)] x",
            "+ idling",
            "* CAPABILITY IMAP4rev1 X",
            "* 5 EXISTS",
            "* OK [INPROGRESS (\"a\" 1 2)] x",
            "* LIST (\\HasChildren) \"/\" &ZeVnLIqe- (\"OLDNAME\" (x) CHILDINFO (\"SUBSCRIBED\"))",
            "* NAMESPACE ((\"\" \"/\" \"X\" (\"a\"))) NIL NIL",
            "* STATUS x (MESSAGES 1 MAILBOXID (F1) FOO (1 (2)))",
            "* SEARCH 1 2 3 (MODSEQ 4)",
            "* ESEARCH (TAG \"a\") UID MIN 1 ALL 2:3 MODSEQ 4",
            "* VANISHED (EARLIER) 1:3,5",
            "* ID (\"a\" \"b\")",
            "* 1 FETCH (UID 1 FLAGS (\\Seen) BODY[1.TEXT]<5> {3}\r\nabc RFC822.SIZE 5 MODSEQ (5) PREVIEW NIL)",
            "* 1 FETCH (ENVELOPE (\"d\" {1}\r\ns ((NIL NIL \"a\" \"b\")) NIL NIL NIL NIL NIL NIL \"<x>\"))",
            "* 1 FETCH (BODYSTRUCTURE ((\"text\" \"plain\" (\"a\" \"b\") NIL NIL \"7bit\" 1 2)(\"message\" \"rfc822\""
                    + " NIL NIL NIL \"7bit\" 1 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) (\"a\" \"b\" NIL NIL NIL \"7bit\""
                    + " 1) 3) \"mixed\" NIL (\"x\" (\"a\" \"b\")) (\"en\") \"l\" (1 (2))) INTERNALDATE \"17-Jul-1996"
                    + " 02:44:25 -0700\" BINARY[1] ~{2}\r\n"
                    + "\0a)");

    private ImapTargets() {}

    static List<FuzzTarget> all() {
        List<String> streams = List.of(
                String.join("\r\n", COMMANDS.subList(0, 5)) + "\r\n",
                "a APPEND x {5}\r\nhello\r\nb NOOP\r\n",
                "a APPEND x (\\Seen) {3+}\r\nabc {2+}\r\nxy\r\nc LOGOUT\r\n",
                "a LOGIN {1+}\r\nx {2+}\r\nyz\nb NOOP\n");
        List<String> replies = List.of(
                String.join("\r\n", RESPONSES.subList(0, 8)) + "\r\n",
                String.join("\r\n", RESPONSES.subList(8, 14)) + "\r\n");
        return List.of(
                FuzzTarget.of("imap-command", COMMAND_TOKENS, COMMANDS, ImapTargets::command),
                FuzzTarget.of("imap-response", RESPONSE_TOKENS, RESPONSES, ImapTargets::response),
                FuzzTarget.of("imap-frames", COMMAND_TOKENS, streams, ImapTargets::frames),
                FuzzTarget.of("imap-replies", RESPONSE_TOKENS, replies, ImapTargets::replies),
                FuzzTarget.of(
                        "imap-mailbox",
                        "& - &- &AOk- &ZeVnLIqe- &2D3eAA- , + A / \\s é \ud83d\ude00 &Jjo! &U,BTFw- INBOX",
                        List.of("~peter/mail/&ZeVnLIqe-/&U,BTFw-", "&Jjo-!", "a&-b", "Entw&APw-rfe"),
                        ImapTargets::mailbox),
                FuzzTarget.of(
                        "imap-sequence-set",
                        ", : * $ 0 1 4294967295 4294967296 99 -",
                        List.of("1:*", "1,2:3,5:4", "$", "*", "*:4,7"),
                        ImapTargets::sequenceSet));
    }

    private static int command(byte[] input, RandomGenerator random) throws IOException {
        ImapDecoder decoder = new ImapDecoder(ImapLimits.SERVER);
        MailboxEncoding encoding = random.nextBoolean() ? MailboxEncoding.MODIFIED_UTF7 : MailboxEncoding.UTF8;
        TaggedCommand command;
        try {
            command = decoder.decode(Octets.of(input), encoding);
        } catch (ImapSyntaxException e) {
            if (e.offset() < 0 || e.offset() > input.length) {
                throw new AssertionError("offset " + e.offset());
            }
            return Texts.kind(e.expected()) + e.kind().name().hashCode();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CommandEncoder encoder = new CommandEncoder(out, () -> {});
        encoder.encoding(encoding);
        encoder.write(command);
        encoder.flush();
        byte[] written = out.toByteArray();
        try {
            Texts.same(
                    "a command is written and read",
                    command,
                    decoder.decode(Octets.of(written, 0, written.length - 2), encoding));
        } catch (ImapSyntaxException e) {
            throw new AssertionError(
                    "written as " + new String(written, java.nio.charset.StandardCharsets.ISO_8859_1), e);
        }
        return command.command().getClass().hashCode() + written.length / 20;
    }

    private static int response(byte[] input, RandomGenerator random) throws IOException {
        ResponseDecoder decoder = new ResponseDecoder(ImapLimits.SERVER);
        MailboxEncoding encoding = random.nextBoolean() ? MailboxEncoding.MODIFIED_UTF7 : MailboxEncoding.UTF8;
        ImapResponse response;
        try {
            response = decoder.decode(Octets.of(input), encoding);
        } catch (ImapProtocolException e) {
            return Texts.kind(String.valueOf(e.getMessage()));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImapEncoder encoder = new ImapEncoder(out);
        encoder.encoding(encoding);
        encoder.write(response);
        encoder.flush();
        return response.getClass().hashCode() + out.size() / 20;
    }

    private static int frames(byte[] input, RandomGenerator random) throws IOException {
        long choices = random.nextLong();
        ImapLimits limits = random.nextBoolean() ? NARROW : ImapLimits.SERVER;
        String whole = framed(new ByteArrayInputStream(input), limits, choices, input.length);
        Texts.same("pieces make no difference", whole, framed(Texts.cut(input, random), limits, choices, input.length));
        return Texts.kind(whole.replaceAll("(?s)<.*?>", ""));
    }

    private static String framed(InputStream in, ImapLimits limits, long choices, int octets) throws IOException {
        StringBuilder seen = new StringBuilder();
        int[] asked = {0};
        Fragmenter fragmenter = new Fragmenter(in, limits, () -> asked[0]++);
        ImapDecoder decoder = new ImapDecoder(limits);
        Tag tag = new Tag("a");
        LiteralHeader before = null;
        try {
            for (int frames = 0; ; frames++) {
                if (frames > octets + 1) {
                    throw new AssertionError("no end");
                }
                Frame frame = fragmenter.read();
                switch (frame) {
                    case Frame.End end -> {
                        return seen.append("end ")
                                .append(end.within())
                                .append(asked[0])
                                .toString();
                    }
                    case Frame.TooBig big -> {
                        seen.append("big ").append(big.what()).append(big.inStep());
                        before = null;
                        if (!big.inStep()) {
                            return seen.toString();
                        }
                    }
                    case Frame.Whole whole -> {
                        seen.append("whole <")
                                .append(whole.octets().text())
                                .append('>')
                                .append(whole.bareLf());
                        if (before != null) {
                            rest(decoder, whole.octets(), tag, before);
                        }
                        before = null;
                    }
                    case Frame.Message message -> {
                        seen.append("message <")
                                .append(message.octets().text())
                                .append('>')
                                .append(message.bareLf());
                        before = message.literal();
                        if ((choices >>> frames % 64 & 1) == 0
                                || message.literal().size() > 100_000) {
                            seen.append("refused");
                            before = null;
                            if (!fragmenter.refuse()) {
                                return seen.toString();
                            }
                        } else {
                            seen.append(Arrays.hashCode(fragmenter.literal().readAllBytes()));
                        }
                    }
                }
            }
        } catch (EOFException e) {
            return seen.append("closed").toString();
        }
    }

    private static void rest(ImapDecoder decoder, Octets octets, Tag tag, LiteralHeader before) {
        try {
            AppendMessage next = decoder.decodeAppendRest(octets, tag, before).orElse(null);
            Texts.same("the end of an APPEND has no message", null, next);
        } catch (ImapSyntaxException e) {
            if (e.offset() < 0 || e.offset() > octets.length()) {
                throw new AssertionError("offset " + e.offset());
            }
        }
    }

    private static int replies(byte[] input, RandomGenerator random) throws IOException {
        boolean streamed = random.nextBoolean();
        String whole = replies(new ByteArrayInputStream(input), streamed, input.length);
        Texts.same("pieces make no difference", whole, replies(Texts.cut(input, random), streamed, input.length));
        return Texts.kind(whole.substring(whole.lastIndexOf('|')));
    }

    private static String replies(InputStream in, boolean streamed, int octets) throws IOException {
        StringBuilder seen = new StringBuilder("|");
        ResponseReader reader = new ResponseReader(in, new ImapLimits(2000, 50, 3000, 4, 10, 100));
        try {
            for (int count = 0; count <= octets; count++) {
                ImapResponse response = reader.read(
                        MailboxEncoding.UTF8,
                        streamed
                                ? (number, before, value, size, octetsIn) ->
                                        seen.append(size).append(Arrays.hashCode(octetsIn.readNBytes(20)))
                                : null);
                seen.append(response).append('|');
            }
            throw new AssertionError("no end");
        } catch (EOFException e) {
            return seen.append("closed").toString();
        } catch (ImapProtocolException e) {
            return seen.append(e.getMessage()).toString();
        }
    }

    /** Names as a CREATE has them, in modified UTF-7. */
    private static int mailbox(byte[] input, RandomGenerator random) throws IOException {
        byte[] line = Arrays.copyOf(Texts.octets("a CREATE \""), 10 + input.length + 1);
        System.arraycopy(input, 0, line, 10, input.length);
        line[line.length - 1] = '"';
        return command(line, random);
    }

    private static int sequenceSet(byte[] input, RandomGenerator random) throws SyntaxException {
        SequenceSet set;
        try {
            set = SequenceSet.parse(Texts.text(input, random));
        } catch (SyntaxException e) {
            return Texts.kind(e.expected());
        }
        Texts.same("a set is printed and read", set, SequenceSet.parse(set.toString()));
        if (!set.isSaved()) {
            set.resolve(random.nextInt(5));
        }
        return set.ranges();
    }
}
