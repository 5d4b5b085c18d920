package org.moxmail.imap;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.mailbox.UidSet;

/**
 * Reads a server's responses, RFC 9051 §9, response: a pure function. Safe for many threads.
 *
 * <p>Strict, but lenient where servers are known to be: spaces at the end of lists of numbers or words, {@code +} without a
 * text, empty address lists, a missing transfer encoding. A response that it doesn't know, and a response code that doesn't
 * follow its grammar, is given as Other.
 */
public final class ResponseDecoder {
    private final ImapLimits limits;

    public ResponseDecoder(ImapLimits limits) {
        this.limits = limits;
    }

    /**
     * Reads one response.
     *
     * @param octets literals inline, without the last line end
     * @param encoding what mailbox names are in
     */
    public ImapResponse decode(Octets octets, MailboxEncoding encoding) throws ImapProtocolException {
        try {
            return decode(octets, encoding, Set.of());
        } catch (SyntaxException e) {
            throw new ImapProtocolException("response: " + e.getMessage());
        }
    }

    /**
     * The same.
     *
     * @param streamed offsets of announcements whose octets were streamed and aren't there
     */
    ImapResponse decode(Octets octets, MailboxEncoding encoding, Set<Integer> streamed) throws SyntaxException {
        Lexer in = new Lexer(octets.array(), 0, octets.length(), encoding, limits.depth());
        if (in.eat('+')) {
            in.eat(' ');
            return new ImapResponse.Continuation(rest(in));
        }
        if (!in.eat('*')) {
            Tag tag = new Tag(in.tag());
            in.sp();
            ImapResponse.Status status = status(in.word());
            if (status == null || status == ImapResponse.Status.BYE || status == ImapResponse.Status.PREAUTH) {
                throw in.error("OK, NO or BAD");
            }
            CodedText text = codedText(in);
            return new ImapResponse.Tagged(tag, status, text.code, text.text);
        }
        in.sp();
        int start = in.offset();
        ImapResponse response = in.peek() >= '0' && in.peek() <= '9' ? numbered(in, streamed) : untagged(in);
        if (response == null) {
            in.offset(start);
            return other(in, octets);
        }
        while (in.eat(' ')) {
            // Some servers end lists with a space.
        }
        in.end();
        return response;
    }

    /** Whether what octets start with is a status response or continuation: a literal announced there is just text. */
    static boolean isText(byte[] octets, int length) {
        if (length > 0 && octets[0] == '+') {
            return true;
        }
        Lexer in = new Lexer(octets, 0, length, MailboxEncoding.UTF8, 1);
        try {
            if (!in.eat('*')) {
                in.tag();
            }
            in.sp();
            return status(in.word()) != null;
        } catch (SyntaxException e) {
            // No response at all: whatever it announces is read on, and then refused as a whole.
            return false;
        }
    }

    private static ImapResponse.@Nullable Status status(String word) {
        for (ImapResponse.Status status : ImapResponse.Status.values()) {
            if (status.name().equals(word)) {
                return status;
            }
        }
        return null;
    }

    private static ImapResponse other(Lexer in, Octets octets) throws SyntaxException {
        int start = in.offset();
        while (in.peek() >= '0' && in.peek() <= '9' || in.peek() == ' ') {
            in.offset(in.offset() + 1);
        }
        String word = in.word();
        return new ImapResponse.Other(word, Octets.of(octets.array(), start, octets.length()));
    }

    private @Nullable ImapResponse numbered(Lexer in, Set<Integer> streamed) throws SyntaxException {
        long number = in.number();
        in.sp();
        switch (in.word()) {
            case "EXISTS":
                return new ImapResponse.Exists(number);
            case "RECENT":
                return new ImapResponse.Recent(number);
            case "EXPUNGE":
                return new ImapResponse.Expunge(nonZero(in, number));
            case "FETCH":
                in.sp();
                return new ImapResponse.Fetch(nonZero(in, number), new FetchResponseParser(in, streamed, -1).values());
            default:
                return null;
        }
    }

    private static long nonZero(Lexer in, long number) throws SyntaxException {
        if (number == 0) {
            throw in.error("a message number from 1");
        }
        return number;
    }

    private @Nullable ImapResponse untagged(Lexer in) throws SyntaxException {
        String word = in.word();
        ImapResponse.Status status = status(word);
        if (status != null) {
            CodedText text = codedText(in);
            return new ImapResponse.Condition(status, text.code, text.text);
        }
        return switch (word) {
            case "CAPABILITY" -> new ImapResponse.Capability(atoms(in));
            case "ENABLED" -> new ImapResponse.Enabled(atoms(in));
            case "ID" -> {
                in.sp();
                yield new ImapResponse.Id(CommandParser.idFields(in));
            }
            case "FLAGS" -> {
                in.sp();
                yield new ImapResponse.FlagList(flagWords(in));
            }
            case "LIST" -> new ImapResponse.Listed(listEntry(in));
            case "LSUB" -> new ImapResponse.Lsub(listEntry(in));
            case "NAMESPACE" -> namespace(in);
            case "STATUS" -> mailboxStatus(in);
            case "SEARCH" -> search(in);
            case "ESEARCH" -> esearch(in);
            case "VANISHED" -> vanished(in);
            default -> null;
        };
    }

    private static String rest(Lexer in) throws SyntaxException {
        int start = in.offset();
        for (int c = in.peek(); c >= 0; c = in.peek()) {
            if (c == 0 || c == '\r' || c == '\n') {
                throw in.error("text");
            }
            in.offset(in.offset() + 1);
        }
        return Octets.of(in.array(), start, in.offset()).text();
    }

    /** What follows the word of a status response. */
    private record CodedText(@Nullable ResponseCode code, String text) {}

    private static CodedText codedText(Lexer in) throws SyntaxException {
        // RFC 9051 has a space here even when nothing follows; not every server has.
        in.eat(' ');
        ResponseCode code = in.peek() == '[' ? new ResponseCodeParser(in).code() : null;
        if (code != null) {
            in.eat(' ');
        }
        return new CodedText(code, rest(in));
    }

    private static List<String> atoms(Lexer in) throws SyntaxException {
        List<String> atoms = new ArrayList<>();
        while (in.eat(' ')) {
            if (!in.atEnd()) {
                atoms.add(in.atom());
            }
        }
        return atoms;
    }

    /** Flags in parentheses, as words. */
    static List<String> flagWords(Lexer in) throws SyntaxException {
        List<String> words = new ArrayList<>();
        in.expect('(');
        if (!in.eat(')')) {
            do {
                words.add(in.flagWord());
            } while (!in.listEnd());
        }
        return words;
    }

    private static ListEntry listEntry(Lexer in) throws SyntaxException {
        in.sp();
        List<String> attributes = flagWords(in);
        in.sp();
        String delimiter = delimiter(in);
        in.sp();
        String mailbox = in.mailbox();
        String oldName = null;
        List<String> childInfo = new ArrayList<>();
        if (in.eat(' ') && !in.atEnd()) {
            in.expect('(');
            if (!in.eat(')')) {
                do {
                    String label = Grammar.upper(in.text());
                    in.sp();
                    if (label.equals("OLDNAME")) {
                        in.expect('(');
                        oldName = in.mailbox();
                        in.expect(')');
                    } else if (label.equals("CHILDINFO")) {
                        childInfo.addAll(childInfo(in));
                    } else {
                        skip(in);
                    }
                } while (!in.listEnd());
            }
        }
        return new ListEntry(attributes, delimiter, mailbox, oldName, childInfo);
    }

    private static List<String> childInfo(Lexer in) throws SyntaxException {
        List<String> options = new ArrayList<>();
        in.expect('(');
        do {
            options.add(in.text());
        } while (!in.listEnd());
        return options;
    }

    private static @Nullable String delimiter(Lexer in) throws SyntaxException {
        int start = in.offset();
        String delimiter = in.nstring();
        if (delimiter != null
                && (delimiter.length() != 1 || delimiter.charAt(0) < 0x20 || delimiter.charAt(0) > 0x7e)) {
            in.offset(start);
            throw in.error("a hierarchy delimiter of one character");
        }
        return delimiter;
    }

    private static ImapResponse namespace(Lexer in) throws SyntaxException {
        in.sp();
        List<NamespaceEntry> personal = namespaces(in);
        in.sp();
        List<NamespaceEntry> others = namespaces(in);
        in.sp();
        return new ImapResponse.Namespace(personal, others, namespaces(in));
    }

    private static List<NamespaceEntry> namespaces(Lexer in) throws SyntaxException {
        List<NamespaceEntry> entries = new ArrayList<>();
        if (in.eatWord("NIL")) {
            return entries;
        }
        in.expect('(');
        while (!in.eat(')')) {
            in.eat(' ');
            in.expect('(');
            String prefix = in.mailbox();
            in.sp();
            entries.add(new NamespaceEntry(prefix, delimiter(in)));
            while (in.eat(' ')) {
                skip(in);
            }
            in.expect(')');
        }
        return entries;
    }

    private static ImapResponse mailboxStatus(Lexer in) throws SyntaxException {
        in.sp();
        String mailbox = in.mailbox();
        in.sp();
        in.expect('(');
        Map<StatusItem, Long> numbers = new EnumMap<>(StatusItem.class);
        String mailboxId = null;
        if (!in.eat(')')) {
            do {
                StatusItem item = CommandParser.statusItem(in.word());
                in.sp();
                if (item == null) {
                    skip(in);
                } else if (item == StatusItem.MAILBOXID) {
                    mailboxId = objectIdInList(in);
                } else if (item == StatusItem.APPENDLIMIT && in.eatWord("NIL")) {
                    numbers.put(item, ImapCommand.ABSENT);
                } else {
                    numbers.put(item, in.number64());
                }
            } while (!in.listEnd());
        }
        return new ImapResponse.MailboxStatus(mailbox, numbers, mailboxId);
    }

    /** RFC 8474 §7: an identifier in parentheses. */
    static String objectIdInList(Lexer in) throws SyntaxException {
        in.expect('(');
        int start = in.offset();
        String id = in.atom();
        if (!Grammar.isObjectId(id)) {
            in.offset(start);
            throw in.error("an object identifier", "RFC 8474 §7");
        }
        in.expect(')');
        return id;
    }

    private static ImapResponse search(Lexer in) throws SyntaxException {
        long[] numbers = new long[16];
        int count = 0;
        long modSeq = ImapCommand.ABSENT;
        while (in.eat(' ') && !in.atEnd()) {
            if (in.eat('(')) {
                if (!in.eatWord("MODSEQ")) {
                    throw in.error("MODSEQ", "RFC 7162 §7");
                }
                in.sp();
                modSeq = in.number64();
                in.expect(')');
            } else {
                if (count == numbers.length) {
                    numbers = java.util.Arrays.copyOf(numbers, count * 2);
                }
                numbers[count++] = in.nzNumber();
            }
        }
        return new ImapResponse.Search(UidSet.of(java.util.Arrays.copyOf(numbers, count)), modSeq);
    }

    private static ImapResponse esearch(Lexer in) throws SyntaxException {
        Tag tag = null;
        boolean uid = false;
        long min = -1;
        long max = -1;
        long count = -1;
        long modSeq = -1;
        SequenceSet all = null;
        while (in.eat(' ') && !in.atEnd()) {
            if (in.peek() == '(') {
                tag = correlator(in);
                continue;
            }
            String word = in.word();
            if (word.equals("UID")) {
                uid = true;
                continue;
            }
            in.sp();
            switch (word) {
                case "MIN" -> min = in.nzNumber();
                case "MAX" -> max = in.nzNumber();
                case "COUNT" -> count = in.number();
                case "MODSEQ" -> modSeq = in.number64();
                case "ALL" -> all = in.numberSet();
                default -> skip(in);
            }
        }
        return new ImapResponse.Esearch(new EsearchResult(tag, uid, min, max, count, all, modSeq));
    }

    private static Tag correlator(Lexer in) throws SyntaxException {
        in.expect('(');
        Tag tag = null;
        do {
            String label = in.word();
            in.sp();
            int start = in.offset();
            String value = in.text();
            if (label.equals("TAG")) {
                if (!Grammar.isTag(value)) {
                    in.offset(start);
                    throw in.error("a tag");
                }
                tag = new Tag(value);
            }
        } while (!in.listEnd());
        if (tag == null) {
            throw in.error("TAG");
        }
        return tag;
    }

    private static ImapResponse vanished(Lexer in) throws SyntaxException {
        in.sp();
        boolean earlier = in.eat('(');
        if (earlier) {
            if (!in.eatWord("EARLIER")) {
                throw in.error("EARLIER", "RFC 7162 §7");
            }
            in.expect(')');
            in.sp();
        }
        return new ImapResponse.Vanished(earlier, in.numberSet().resolve(0));
    }

    /** Skips a value of an extension that isn't known: tagged-ext-val of RFC 9051 §9, and anything else that nests. */
    static void skip(Lexer in) throws SyntaxException {
        if (in.eat('(')) {
            in.enter();
            while (!in.eat(')')) {
                if (!in.eat(' ')) {
                    skip(in);
                }
            }
            in.leave();
        } else if (in.atString()) {
            in.string();
        } else {
            int start = in.offset();
            for (int c = in.peek(); c > ' ' && c < 0x7f && c != '(' && c != ')'; c = in.peek()) {
                in.offset(in.offset() + 1);
            }
            if (in.offset() == start) {
                throw in.error("a value");
            }
        }
    }
}
