package org.moxmail.imap;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.moxmail.message.mailbox.Flags;

/** Writes search keys, RFC 9051 §9, search-key. */
final class SearchKeyPrinter {
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
    private static final List<String> FIELDS = List.of("From", "To", "Cc", "Bcc", "Subject");

    private final ImapOutput out;

    SearchKeyPrinter(ImapOutput out) {
        this.out = out;
    }

    /** Keys that stand side by side without parentheses. */
    void program(SearchKey key) throws IOException {
        if (key instanceof SearchKey.And and) {
            keys(and.keys());
        } else {
            key(key);
        }
    }

    private void keys(List<SearchKey> keys) throws IOException {
        for (int i = 0; i < keys.size(); i++) {
            if (i > 0) {
                out.sp();
            }
            key(keys.get(i));
        }
    }

    private void key(SearchKey key) throws IOException {
        switch (key) {
            case SearchKey.All all -> out.raw("ALL");
            case SearchKey.Recent recent -> out.raw("RECENT");
            case SearchKey.SaveDateSupported supported -> out.raw("SAVEDATESUPPORTED");
            case SearchKey.HasFlag has -> flag(has.flag());
            case SearchKey.Header header -> header(header);
            case SearchKey.Body body -> text("BODY ", body.value());
            case SearchKey.Text text -> text("TEXT ", text.value());
            case SearchKey.Dated dated -> dated(dated);
            case SearchKey.Larger larger -> number("LARGER ", larger.octets());
            case SearchKey.Smaller smaller -> number("SMALLER ", smaller.octets());
            case SearchKey.Older older -> number("OLDER ", older.seconds());
            case SearchKey.Younger younger -> number("YOUNGER ", younger.seconds());
            case SearchKey.ModSeq modSeq -> number("MODSEQ ", modSeq.modSeq());
            case SearchKey.Sequence sequence -> out.set(sequence.set());
            case SearchKey.Uid uid -> {
                out.raw("UID ");
                out.set(uid.set());
            }
            case SearchKey.EmailId id -> out.raw("EMAILID " + id.id());
            case SearchKey.ThreadId id -> out.raw("THREADID " + id.id());
            case SearchKey.Not not -> {
                out.raw("NOT ");
                key(not.key());
            }
            case SearchKey.Or or -> {
                out.raw("OR ");
                key(or.left());
                out.sp();
                key(or.right());
            }
            case SearchKey.And and -> {
                out.octet('(');
                keys(and.keys());
                out.octet(')');
            }
        }
    }

    private void flag(Flags flag) throws IOException {
        switch (flag.bits()) {
            case Flags.ANSWERED -> out.raw("ANSWERED");
            case Flags.DELETED -> out.raw("DELETED");
            case Flags.DRAFT -> out.raw("DRAFT");
            case Flags.FLAGGED -> out.raw("FLAGGED");
            case Flags.SEEN -> out.raw("SEEN");
            default -> {
                out.raw("KEYWORD ");
                out.words(flag.words());
            }
        }
    }

    private void header(SearchKey.Header header) throws IOException {
        if (FIELDS.contains(header.name())) {
            out.raw(Grammar.upper(header.name()));
        } else {
            out.raw("HEADER ");
            out.astring(header.name());
        }
        out.sp();
        out.astring(header.value());
    }

    private void text(String word, String value) throws IOException {
        out.raw(word);
        out.astring(value);
    }

    private void number(String word, long number) throws IOException {
        out.raw(word);
        out.number(number);
    }

    private void dated(SearchKey.Dated dated) throws IOException {
        LocalDate date = dated.date();
        out.raw(dated.field().prefix());
        out.raw(dated.relation().keyword());
        out.sp();
        out.number(date.getDayOfMonth());
        out.octet('-');
        out.raw(MONTHS.get(date.getMonthValue() - 1));
        out.octet('-');
        String year = Integer.toString(date.getYear());
        out.raw("0000".substring(year.length()));
        out.raw(year);
    }
}
