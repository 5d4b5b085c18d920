package org.moxmail.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;

/** Reads the values of a FETCH response, RFC 9051 §9, msg-att. */
final class FetchResponseParser {
    private final Lexer in;
    private final Set<Integer> streamed;
    private final int pending;
    private final List<FetchValue> values = new ArrayList<>();
    private @Nullable FetchValue found;

    /**
     * @param streamed offsets of announcements whose octets aren't there
     * @param pending offset of the announcement behind which nothing was read yet, or -1
     */
    FetchResponseParser(Lexer in, Set<Integer> streamed, int pending) {
        this.in = in;
        this.streamed = streamed;
        this.pending = pending;
    }

    List<FetchValue> values() throws SyntaxException {
        in.expect('(');
        if (!in.eat(')')) {
            do {
                FetchValue value = value();
                if (value != null) {
                    values.add(value);
                }
            } while (!in.listEnd());
        }
        return values;
    }

    /** What the pending announcement is for, when it is a section's octets; the values before it are in {@link #before}. */
    @Nullable
    FetchValue pendingValue() {
        try {
            values();
        } catch (SyntaxException e) {
            // The response isn't complete: what was found up to there counts.
            return found;
        }
        return null;
    }

    List<FetchValue> before() {
        return values;
    }

    private @Nullable FetchValue value() throws SyntaxException {
        String word = in.word();
        if (in.peek() == '[') {
            return bracketed(word);
        }
        in.sp();
        return switch (word) {
            case "FLAGS" -> new FetchValue.FlagWords(ResponseDecoder.flagWords(in));
            case "UID" -> new FetchValue.Uid(in.nzNumber());
            case "MODSEQ" -> {
                in.expect('(');
                long modSeq = in.number64();
                in.expect(')');
                yield new FetchValue.ModSeq(modSeq);
            }
            case "INTERNALDATE" -> new FetchValue.InternalDate(in.dateTime());
            case "SAVEDATE" -> new FetchValue.SaveDate(in.eatWord("NIL") ? null : in.dateTime());
            case "RFC822.SIZE" -> new FetchValue.Size(in.number64());
            case "ENVELOPE" -> new FetchValue.Envelope(new StructureParser(in).envelope());
            case "BODYSTRUCTURE" -> new FetchValue.Structure(new StructureParser(in).body(), true);
            case "BODY" -> new FetchValue.Structure(new StructureParser(in).body(), false);
            case "PREVIEW" -> new FetchValue.Preview(in.nstring());
            case "EMAILID" -> new FetchValue.EmailId(ResponseDecoder.objectIdInList(in));
            case "THREADID" -> new FetchValue.ThreadId(in.eatWord("NIL") ? null : ResponseDecoder.objectIdInList(in));
            case "RFC822" -> rfc822(FetchItem.Attribute.RFC822);
            case "RFC822.HEADER" -> rfc822(FetchItem.Attribute.RFC822_HEADER);
            case "RFC822.TEXT" -> rfc822(FetchItem.Attribute.RFC822_TEXT);
            default -> {
                ResponseDecoder.skip(in);
                yield null;
            }
        };
    }

    private FetchValue rfc822(FetchItem.Attribute item) throws SyntaxException {
        return new FetchValue.Rfc822(item, octets(new FetchValue.Rfc822(item, null)));
    }

    private @Nullable FetchValue bracketed(String word) throws SyntaxException {
        FetchItemParser items = new FetchItemParser(in);
        switch (word) {
            case "BODY": {
                SectionSpec section = items.section();
                long offset = offset();
                in.sp();
                Octets octets = octets(new FetchValue.Section(section, offset, null));
                return new FetchValue.Section(section, offset, octets);
            }
            case "BINARY": {
                List<Integer> part = items.binarySection();
                long offset = offset();
                in.sp();
                return new FetchValue.Binary(part, offset, octets(new FetchValue.Binary(part, offset, null)));
            }
            case "BINARY.SIZE": {
                List<Integer> part = items.binarySection();
                in.sp();
                return new FetchValue.BinarySize(part, in.number64());
            }
            default:
                throw in.error("BODY, BINARY or BINARY.SIZE before a section");
        }
    }

    private long offset() throws SyntaxException {
        if (!in.eat('<')) {
            return ImapCommand.ABSENT;
        }
        long offset = in.number64();
        in.expect('>');
        return offset;
    }

    /** A section's octets; null for NIL and when they were streamed. */
    private @Nullable Octets octets(FetchValue value) throws SyntaxException {
        int start = in.offset();
        if (start == pending) {
            found = value;
            throw in.error("the octets of a literal");
        }
        if (streamed.contains(start)) {
            while (!in.eat('\n')) {
                in.offset(in.offset() + 1);
            }
            return null;
        }
        if (in.eatWord("NIL")) {
            return null;
        }
        Lexer.Span span = in.peek() == '"' ? in.string() : in.literal8();
        return Octets.of(span.octets(), span.from(), span.to());
    }
}
