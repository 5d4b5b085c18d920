package org.moxmail.imap;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;

/** Reads a response code, RFC 9051 §9, resp-text-code. */
final class ResponseCodeParser {
    private final Lexer in;

    ResponseCodeParser(Lexer in) {
        this.in = in;
    }

    /** The code and its brackets; null, with nothing consumed, when the bracket doesn't start one. */
    @Nullable
    ResponseCode code() {
        int start = in.offset();
        try {
            in.expect('[');
            ResponseCode code = known(Grammar.upper(in.atom()));
            in.expect(']');
            return code;
        } catch (SyntaxException e) {
            // It isn't what its word promises; what a human can make of it is kept.
            in.offset(start);
            return other();
        }
    }

    private @Nullable ResponseCode other() {
        int start = in.offset();
        try {
            in.expect('[');
            String word = in.atom();
            String text = in.eat(' ') ? toBracket() : null;
            in.expect(']');
            return new ResponseCode.Other(word, text);
        } catch (SyntaxException e) {
            in.offset(start);
            return null;
        }
    }

    private String toBracket() throws SyntaxException {
        int start = in.offset();
        for (int c = in.peek(); c != ']'; c = in.peek()) {
            if (c <= 0 || c == '\r' || c == '\n') {
                throw in.error("]");
            }
            in.offset(in.offset() + 1);
        }
        return Octets.of(in.array(), start, in.offset()).text();
    }

    private ResponseCode known(String word) throws SyntaxException {
        switch (word) {
            case "BADCHARSET":
                return new ResponseCode.BadCharset(in.eat(' ') ? astrings() : List.of());
            case "CAPABILITY":
                return new ResponseCode.Capability(capabilities());
            default:
        }
        if (in.peek() == ']') {
            return ResponseCode.of(word);
        }
        in.sp();
        return switch (word) {
            case "PERMANENTFLAGS" -> new ResponseCode.PermanentFlags(permanentFlags());
            case "UIDNEXT" -> new ResponseCode.UidNext(in.nzNumber());
            case "UIDVALIDITY" -> new ResponseCode.UidValidity(in.nzNumber());
            case "UNSEEN" -> new ResponseCode.Unseen(in.nzNumber());
            case "HIGHESTMODSEQ" -> new ResponseCode.HighestModSeq(in.number64());
            case "MODIFIED" -> new ResponseCode.Modified(in.numberSet());
            case "APPENDUID" -> {
                long uidValidity = in.nzNumber();
                in.sp();
                yield new ResponseCode.AppendUid(uidValidity, in.numberSet());
            }
            case "COPYUID" -> {
                long uidValidity = in.nzNumber();
                in.sp();
                SequenceSet source = in.numberSet();
                in.sp();
                yield new ResponseCode.CopyUid(uidValidity, source, in.numberSet());
            }
            case "INPROGRESS" -> inProgress();
            case "MAILBOXID" -> new ResponseCode.MailboxId(ResponseDecoder.objectIdInList(in));
            default -> new ResponseCode.Other(word, toBracket());
        };
    }

    private List<String> astrings() throws SyntaxException {
        List<String> strings = new ArrayList<>();
        in.expect('(');
        do {
            strings.add(in.text());
        } while (!in.listEnd());
        return strings;
    }

    private List<String> capabilities() throws SyntaxException {
        List<String> capabilities = new ArrayList<>();
        while (in.eat(' ')) {
            if (in.peek() != ']') {
                capabilities.add(in.atom());
            }
        }
        return capabilities;
    }

    private List<String> permanentFlags() throws SyntaxException {
        List<String> flags = new ArrayList<>();
        in.expect('(');
        if (!in.eat(')')) {
            do {
                int start = in.offset();
                if (in.eat('\\') && in.eat('*')) {
                    flags.add("\\*");
                } else {
                    in.offset(start);
                    flags.add(in.flagWord());
                }
            } while (!in.listEnd());
        }
        return flags;
    }

    private ResponseCode inProgress() throws SyntaxException {
        in.expect('(');
        String tag = in.nstring();
        if (tag != null && !Grammar.isTag(tag)) {
            throw in.error("a tag");
        }
        in.sp();
        long progress = numberOrNil();
        in.sp();
        long goal = numberOrNil();
        in.expect(')');
        return new ResponseCode.InProgress(tag == null ? null : new Tag(tag), progress, goal);
    }

    private long numberOrNil() throws SyntaxException {
        return in.eatWord("NIL") ? ImapCommand.ABSENT : in.number();
    }
}
