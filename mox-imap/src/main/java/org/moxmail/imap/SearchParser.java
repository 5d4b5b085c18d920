package org.moxmail.imap;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.mailbox.Flags;

/** Reads SEARCH, RFC 9051 §9, search. */
final class SearchParser {
    private static final String RFC = "RFC 9051 §6.4.4";

    private final Lexer in;

    SearchParser(Lexer in) {
        this.in = in;
    }

    /** What follows the command's word. */
    ImapCommand.Search search(boolean uid) throws SyntaxException {
        in.sp();
        Set<SearchReturn> returns = null;
        if (in.eatWord("RETURN")) {
            in.sp();
            returns = returns();
            in.sp();
        }
        String charset = null;
        if (in.eatWord("CHARSET")) {
            in.sp();
            charset = in.text();
            in.sp();
        }
        return new ImapCommand.Search(uid, returns, charset, program());
    }

    private Set<SearchReturn> returns() throws SyntaxException {
        in.expect('(');
        if (in.eat(')')) {
            // RFC 9051 §6.4.4: an empty list is the same as ALL.
            return EnumSet.of(SearchReturn.ALL);
        }
        Set<SearchReturn> returns = EnumSet.noneOf(SearchReturn.class);
        do {
            returns.add(option());
        } while (!in.listEnd());
        return returns;
    }

    private SearchReturn option() throws SyntaxException {
        int start = in.offset();
        String word = in.word();
        for (SearchReturn option : SearchReturn.values()) {
            if (option.keyword().equals(word)) {
                return option;
            }
        }
        in.offset(start);
        throw in.error("MIN, MAX, ALL, COUNT or SAVE", RFC);
    }

    private SearchKey program() throws SyntaxException {
        List<SearchKey> keys = new ArrayList<>();
        do {
            keys.add(key());
        } while (in.eat(' '));
        return all(keys);
    }

    private static SearchKey all(List<SearchKey> keys) {
        return keys.size() == 1 ? keys.get(0) : new SearchKey.And(keys);
    }

    private SearchKey key() throws SyntaxException {
        in.enter();
        int c = in.peek();
        SearchKey key;
        if (c == '(') {
            key = list();
        } else if (c == '*' || c == '$' || c >= '0' && c <= '9') {
            key = new SearchKey.Sequence(in.sequenceSet());
        } else {
            int start = in.offset();
            key = named(in.word(), start);
        }
        in.leave();
        return key;
    }

    private SearchKey list() throws SyntaxException {
        in.expect('(');
        List<SearchKey> keys = new ArrayList<>();
        do {
            keys.add(key());
        } while (!in.listEnd());
        return all(keys);
    }

    private SearchKey named(String word, int start) throws SyntaxException {
        SearchKey flag = flag(word);
        if (flag != null) {
            return flag;
        }
        switch (word) {
            case "ALL":
                return new SearchKey.All();
            case "SAVEDATESUPPORTED":
                return new SearchKey.SaveDateSupported();
            default:
                in.sp();
                return withArgument(word, start);
        }
    }

    private static @Nullable SearchKey flag(String word) {
        return switch (word) {
            case "ANSWERED" -> has(Flags.ANSWERED);
            case "DELETED" -> has(Flags.DELETED);
            case "DRAFT" -> has(Flags.DRAFT);
            case "FLAGGED" -> has(Flags.FLAGGED);
            case "SEEN" -> has(Flags.SEEN);
            case "UNANSWERED" -> new SearchKey.Not(has(Flags.ANSWERED));
            case "UNDELETED" -> new SearchKey.Not(has(Flags.DELETED));
            case "UNDRAFT" -> new SearchKey.Not(has(Flags.DRAFT));
            case "UNFLAGGED" -> new SearchKey.Not(has(Flags.FLAGGED));
            case "UNSEEN" -> new SearchKey.Not(has(Flags.SEEN));
            case "RECENT" -> new SearchKey.Recent();
            case "OLD" -> new SearchKey.Not(new SearchKey.Recent());
            case "NEW" -> new SearchKey.And(List.of(new SearchKey.Recent(), new SearchKey.Not(has(Flags.SEEN))));
            default -> null;
        };
    }

    private static SearchKey has(int bit) {
        return new SearchKey.HasFlag(Flags.of(bit));
    }

    private SearchKey withArgument(String word, int start) throws SyntaxException {
        return switch (word) {
            case "BCC" -> new SearchKey.Header("Bcc", in.text());
            case "CC" -> new SearchKey.Header("Cc", in.text());
            case "FROM" -> new SearchKey.Header("From", in.text());
            case "SUBJECT" -> new SearchKey.Header("Subject", in.text());
            case "TO" -> new SearchKey.Header("To", in.text());
            case "HEADER" -> header();
            case "BODY" -> new SearchKey.Body(in.text());
            case "TEXT" -> new SearchKey.Text(in.text());
            case "KEYWORD" -> keyword();
            case "UNKEYWORD" -> new SearchKey.Not(keyword());
            case "LARGER" -> new SearchKey.Larger(in.number64());
            case "SMALLER" -> new SearchKey.Smaller(in.number64());
            case "OLDER" -> new SearchKey.Older(in.nzNumber());
            case "YOUNGER" -> new SearchKey.Younger(in.nzNumber());
            case "MODSEQ" -> modSeq();
            case "UID" -> new SearchKey.Uid(in.sequenceSet());
            case "EMAILID" -> new SearchKey.EmailId(objectId());
            case "THREADID" -> new SearchKey.ThreadId(objectId());
            case "NOT" -> new SearchKey.Not(key());
            case "OR" -> or();
            default -> dated(word, start);
        };
    }

    private SearchKey header() throws SyntaxException {
        String name = in.text();
        in.sp();
        return new SearchKey.Header(name, in.text());
    }

    private SearchKey keyword() throws SyntaxException {
        int start = in.offset();
        String word = in.atom();
        if (!Flags.isKeyword(word)) {
            in.offset(start);
            throw in.error("a keyword of at most " + Flags.MAX_KEYWORD + " characters");
        }
        return new SearchKey.HasFlag(Flags.of(0, List.of(word)));
    }

    private SearchKey or() throws SyntaxException {
        SearchKey left = key();
        in.sp();
        return new SearchKey.Or(left, key());
    }

    /** RFC 7162 §3.1.5: an entry's name and type may come first. */
    private SearchKey modSeq() throws SyntaxException {
        if (in.peek() == '"') {
            String entry = in.text();
            in.sp();
            String type = in.word();
            if (!Grammar.upper(entry).startsWith("/FLAGS/")
                    || !Set.of("PRIV", "SHARED", "ALL").contains(type)) {
                throw in.error("an entry's name and type", "RFC 7162 §7");
            }
            in.sp();
        }
        return new SearchKey.ModSeq(in.number64());
    }

    private String objectId() throws SyntaxException {
        int start = in.offset();
        String id = in.atom();
        if (!Grammar.isObjectId(id)) {
            in.offset(start);
            throw in.error("an object identifier", "RFC 8474 §7");
        }
        return id;
    }

    private SearchKey dated(String word, int start) throws SyntaxException {
        for (SearchKey.DateField field : SearchKey.DateField.values()) {
            for (SearchKey.DateRelation relation : SearchKey.DateRelation.values()) {
                if (word.equals(field.prefix() + relation.keyword())) {
                    return new SearchKey.Dated(field, relation, in.date());
                }
            }
        }
        in.offset(start);
        throw in.error("a search key", RFC);
    }
}
