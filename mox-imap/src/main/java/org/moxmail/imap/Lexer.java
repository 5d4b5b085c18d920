package org.moxmail.imap;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.HeaderText;

/**
 * Reads the tokens of RFC 9051 §9 from octets in which literals stand inline, for both directions. Offsets of errors
 * count octets.
 */
final class Lexer {
    static final String RFC = "RFC 9051 §9";
    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

    private final byte[] octets;
    private final int end;
    private final MailboxEncoding encoding;
    private int at;
    private int depth;
    private final int maxDepth;

    Lexer(byte[] octets, int from, int end, MailboxEncoding encoding, int maxDepth) {
        this.octets = octets;
        this.at = from;
        this.end = end;
        this.encoding = encoding;
        this.maxDepth = maxDepth;
    }

    int offset() {
        return at;
    }

    void offset(int offset) {
        at = offset;
    }

    byte[] array() {
        return octets;
    }

    boolean atEnd() {
        return at == end;
    }

    /** The next octet, or -1 at the end. */
    int peek() {
        return at < end ? octets[at] & 0xff : -1;
    }

    SyntaxException error(String expected) {
        return new SyntaxException(at, expected, RFC);
    }

    SyntaxException error(String expected, String rfc) {
        return new SyntaxException(at, expected, rfc);
    }

    boolean eat(int octet) {
        if (peek() == octet) {
            at++;
            return true;
        }
        return false;
    }

    void expect(int octet) throws SyntaxException {
        if (!eat(octet)) {
            throw error(octet == ' ' ? "a space" : Character.toString(octet));
        }
    }

    void sp() throws SyntaxException {
        expect(' ');
    }

    void end() throws SyntaxException {
        if (at != end) {
            throw error("the end of the line");
        }
    }

    /** Counts a level of nesting; each is left again with {@link #leave}. */
    void enter() throws SyntaxException {
        if (++depth > maxDepth) {
            throw error("at most " + maxDepth + " levels of nesting");
        }
    }

    void leave() {
        depth--;
    }

    /** A space, or the list's end, which is also consumed: true then. */
    boolean listEnd() throws SyntaxException {
        if (eat(')')) {
            return true;
        }
        sp();
        return false;
    }

    // Words

    String tag() throws SyntaxException {
        int start = at;
        while (at < end && Grammar.tagChar(octets[at])) {
            at++;
        }
        return since(start, "a tag");
    }

    String atom() throws SyntaxException {
        int start = at;
        while (at < end && Grammar.atomChar(octets[at])) {
            at++;
        }
        return since(start, "an atom");
    }

    /** A word in upper case, of letters, digits, dots and hyphens: a command, an item, a key. */
    String word() throws SyntaxException {
        int start = at;
        while (at < end && wordChar(octets[at])) {
            at++;
        }
        return Grammar.upper(since(start, "a word"));
    }

    private static boolean wordChar(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_';
    }

    private String since(int start, String expected) throws SyntaxException {
        if (at == start) {
            throw error(expected);
        }
        return new String(octets, start, at - start, StandardCharsets.US_ASCII);
    }

    /** Consumes a word in any case if it is next and ends there. */
    boolean eatWord(String upper) {
        if (!nextIs(upper)) {
            return false;
        }
        at += upper.length();
        return true;
    }

    /** Whether a word in any case is next and ends there. */
    boolean nextIs(String upper) {
        int length = upper.length();
        if (end - at < length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            int c = octets[at + i];
            if ((c >= 'a' && c <= 'z' ? c - 32 : c) != upper.charAt(i)) {
                return false;
            }
        }
        return at + length == end || !Grammar.atomChar(octets[at + length]) || octets[at + length] == '[';
    }

    /** A flag's word as it is spelled: an atom, or a backslash and an atom. */
    String flagWord() throws SyntaxException {
        return eat('\\') ? "\\" + atom() : atom();
    }

    // Numbers

    long number64() throws SyntaxException {
        int start = at;
        long number = 0;
        while (at < end && octets[at] >= '0' && octets[at] <= '9') {
            int digit = octets[at] - '0';
            if (number > (Long.MAX_VALUE - digit) / 10) {
                throw error("a number below 2^63");
            }
            number = number * 10 + digit;
            at++;
        }
        if (at == start) {
            throw error("a number");
        }
        return number;
    }

    long number() throws SyntaxException {
        int start = at;
        long number = number64();
        if (number > 0xffff_ffffL) {
            at = start;
            throw error("a number below 2^32");
        }
        return number;
    }

    long nzNumber() throws SyntaxException {
        int start = at;
        long number = number();
        if (number == 0 || octets[start] == '0') {
            at = start;
            throw error("a number from 1");
        }
        return number;
    }

    SequenceSet sequenceSet() throws SyntaxException {
        if (eat('$')) {
            return SequenceSet.SAVED;
        }
        SequenceSet.Builder builder = new SequenceSet.Builder();
        do {
            long left = sequenceEnd();
            builder.add(left, eat(':') ? sequenceEnd() : left);
        } while (eat(','));
        return builder.build();
    }

    private long sequenceEnd() throws SyntaxException {
        return eat('*') ? SequenceSet.STAR : nzNumber();
    }

    /** A set of numbers alone. */
    SequenceSet numberSet() throws SyntaxException {
        int start = at;
        SequenceSet set = sequenceSet();
        if (set.isSaved() || set.hasStar()) {
            at = start;
            throw error("a set without * and $");
        }
        return set;
    }

    // Strings

    /** Where octets of a string are; a quoted string with escapes is copied out. */
    record Span(byte[] octets, int from, int to) {
        String text() {
            return HeaderText.decode(octets, from, to);
        }
    }

    boolean atString() {
        int c = peek();
        return c == '"' || c == '{';
    }

    Span string() throws SyntaxException {
        return switch (peek()) {
            case '"' -> quoted();
            case '{' -> literal();
            default -> throw error("a string");
        };
    }

    Span astring() throws SyntaxException {
        if (atString()) {
            return string();
        }
        int start = at;
        while (at < end && Grammar.astringChar(octets[at])) {
            at++;
        }
        if (at == start) {
            throw error("an atom or string");
        }
        return new Span(octets, start, at);
    }

    private Span quoted() throws SyntaxException {
        int start = ++at;
        boolean escaped = false;
        while (true) {
            int c = peek();
            if (c < 0 || c == 0 || c == '\r' || c == '\n') {
                throw error("a quote that ends the string");
            }
            if (c == '"') {
                break;
            }
            if (c == '\\') {
                escaped = true;
                at++;
                if (peek() != '"' && peek() != '\\') {
                    throw error("a quote or backslash after a backslash");
                }
            }
            at++;
        }
        Span span = escaped ? unescape(start) : new Span(octets, start, at);
        at++;
        return span;
    }

    private Span unescape(int start) {
        byte[] copy = new byte[at - start];
        int length = 0;
        for (int i = start; i < at; i++) {
            if (octets[i] == '\\') {
                i++;
            }
            copy[length++] = octets[i];
        }
        return new Span(copy, 0, length);
    }

    private Span literal() throws SyntaxException {
        Span span = literal8();
        for (int i = span.from(); i < span.to(); i++) {
            if (span.octets()[i] == 0) {
                at = i;
                throw error("no NUL in a literal");
            }
        }
        return span;
    }

    /** A literal with or without a tilde in front, in which there may be NUL. */
    Span literal8() throws SyntaxException {
        eat('~');
        expect('{');
        long size = number64();
        eat('+');
        expect('}');
        eat('\r');
        expect('\n');
        if (size > end - at) {
            throw error("the octets of a literal");
        }
        int start = at;
        at += (int) size;
        return new Span(octets, start, at);
    }

    /** Text of an astring. */
    String text() throws SyntaxException {
        return astring().text();
    }

    /** Text of a string, or null for NIL. */
    @Nullable
    String nstring() throws SyntaxException {
        return eatWord("NIL") ? null : string().text();
    }

    String mailbox() throws SyntaxException {
        int start = at;
        return mailbox(astring(), start);
    }

    /** A name with wildcards. */
    String listMailbox() throws SyntaxException {
        if (atString()) {
            return mailbox();
        }
        int start = at;
        while (at < end && Grammar.listChar(octets[at])) {
            at++;
        }
        if (at == start) {
            throw error("a mailbox name or pattern");
        }
        return mailbox(new Span(octets, start, at), start);
    }

    private String mailbox(Span span, int start) throws SyntaxException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(span.octets(), span.from(), span.to() - span.from()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new SyntaxException(start, "a mailbox name in UTF-8", "RFC 9051 §5.1");
        }
        if (encoding == MailboxEncoding.UTF8) {
            return text;
        }
        try {
            String name = ModifiedUtf7.decode(text);
            if (name.indexOf('\0') >= 0) {
                throw new SyntaxException(0, "no NUL in a mailbox name", "RFC 3501 §5.1.3");
            }
            return name;
        } catch (SyntaxException e) {
            throw new SyntaxException(start + e.offset(), e.expected(), e.rfc());
        }
    }

    // Dates

    /** A search key's date, quoted or not. */
    LocalDate date() throws SyntaxException {
        boolean quoted = eat('"');
        int start = at;
        int day = digits(1, 2);
        LocalDate date = monthAndYear(day, start);
        if (quoted) {
            expect('"');
        }
        return date;
    }

    OffsetDateTime dateTime() throws SyntaxException {
        expect('"');
        int start = at;
        int day = eat(' ') ? digits(1, 1) : digits(2, 2);
        LocalDate date = monthAndYear(day, start);
        sp();
        int hour = digits(2, 2);
        expect(':');
        int minute = digits(2, 2);
        expect(':');
        int second = digits(2, 2);
        sp();
        boolean west = peek() == '-';
        if (!west && peek() != '+') {
            throw error("a zone's sign");
        }
        at++;
        int zone = digits(4, 4);
        expect('"');
        // RFC 5322 §3.3: a leap second is 60; the day's last second stands for it.
        if (hour > 23 || minute > 59 || second > 60 || zone % 100 > 59 || zone / 100 > 18 || zone > 1800) {
            at = start;
            throw error("a time of day and a zone that exist");
        }
        int minutes = zone / 100 * 60 + zone % 100;
        return date.atTime(hour, minute, Math.min(second, 59))
                .atOffset(ZoneOffset.ofTotalSeconds((west ? -minutes : minutes) * 60));
    }

    private LocalDate monthAndYear(int day, int start) throws SyntaxException {
        expect('-');
        if (end - at < 3) {
            throw error("a month");
        }
        String name = Grammar.upper(new String(octets, at, 3, StandardCharsets.ISO_8859_1));
        int month = MONTHS.indexOf(name) + 1;
        if (month == 0) {
            throw error("a month");
        }
        at += 3;
        expect('-');
        int year = digits(4, 4);
        try {
            return LocalDate.of(year, month, day);
        } catch (DateTimeException e) {
            at = start;
            throw error("a day that the month has");
        }
    }

    private int digits(int min, int max) throws SyntaxException {
        int number = 0;
        int count = 0;
        while (count < max && at < end && octets[at] >= '0' && octets[at] <= '9') {
            number = number * 10 + octets[at++] - '0';
            count++;
        }
        if (count < min) {
            throw error("a digit");
        }
        return number;
    }
}
