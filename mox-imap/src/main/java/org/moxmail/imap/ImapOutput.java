package org.moxmail.imap;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.HeaderText;
import org.moxmail.message.mailbox.Flags;

/**
 * Writes the tokens of RFC 9051 §9 to a buffer of its own, for both directions. Numbers, words, flags and strings of
 * ASCII go there without objects in between.
 */
final class ImapOutput {
    /** How strings that need a literal are announced. */
    interface Literals {
        /** Whether the peer takes a literal of that size without being asked. */
        boolean nonSynchronizing(long size);

        /** Everything up to the announcement was flushed: waits until the peer asks for the octets. */
        void await() throws IOException;
    }

    /** Longest quoted string or atom; longer ones become literals, so that lines stay within what peers take. */
    private static final int MAX_QUOTED = 1000;

    private static final int BUFFER = 16 * 1024;
    private static final byte[] NOTHING = new byte[0];
    private static final byte[][] FLAG_WORDS = new byte[Integer.bitCount(Flags.ALL)][];
    private static final byte[] MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec".getBytes(StandardCharsets.US_ASCII);
    private static final long MILLIS_PER_DAY = 86_400_000;
    /** The first and last day that have a year of four digits, counted from 1970-01-01. */
    private static final long FIRST_DAY = -719_528;

    private static final long LAST_DAY = 2_932_896;

    static {
        for (int i = 0; i < FLAG_WORDS.length; i++) {
            FLAG_WORDS[i] = Flags.of(1 << i).toString().getBytes(StandardCharsets.US_ASCII);
        }
    }

    private final OutputStream out;
    /** Null for a server, whose literals are never asked for. */
    private final @Nullable Literals literals;

    /** Empty while there is nothing to write for a while, and then {@link #length} says that it is full. */
    private byte[] buffer = NOTHING;

    private int length = BUFFER;
    private MailboxEncoding encoding = MailboxEncoding.MODIFIED_UTF7;

    ImapOutput(OutputStream out, @Nullable Literals literals) {
        this.out = out;
        this.literals = literals;
    }

    void encoding(MailboxEncoding encoding) {
        this.encoding = encoding;
    }

    boolean utf8() {
        return encoding == MailboxEncoding.UTF8;
    }

    /** Hands the buffer to the stream, without flushing that. */
    void drain() throws IOException {
        if (buffer.length == 0) {
            return;
        }
        if (length > 0) {
            int count = length;
            length = 0;
            out.write(buffer, 0, count);
        }
    }

    /** Hands the buffer to the stream, and has one with room. */
    private void makeRoom() throws IOException {
        drain();
        if (buffer.length == 0) {
            buffer = new byte[BUFFER];
            length = 0;
        }
    }

    /** Gives the memory back, if everything was handed to the stream. */
    void release() {
        if (length == 0) {
            buffer = NOTHING;
            length = BUFFER;
        }
    }

    void flush() throws IOException {
        drain();
        out.flush();
    }

    /** The stream below, after everything before was handed to it. */
    OutputStream drained() throws IOException {
        drain();
        return out;
    }

    void octet(int octet) throws IOException {
        if (length == BUFFER) {
            makeRoom();
        }
        buffer[length++] = (byte) octet;
    }

    void octets(byte[] octets, int from, int to) throws IOException {
        int count = to - from;
        if (count > BUFFER - length) {
            makeRoom();
            if (count >= BUFFER) {
                out.write(octets, from, count);
                return;
            }
        }
        System.arraycopy(octets, from, buffer, length, count);
        length += count;
    }

    /** ASCII text as it is. */
    void raw(String ascii) throws IOException {
        int from = 0;
        while (from < ascii.length()) {
            if (length == BUFFER) {
                makeRoom();
            }
            int count = Math.min(ascii.length() - from, BUFFER - length);
            for (int i = 0; i < count; i++) {
                buffer[length + i] = (byte) ascii.charAt(from + i);
            }
            length += count;
            from += count;
        }
    }

    void sp() throws IOException {
        octet(' ');
    }

    void crlf() throws IOException {
        octet('\r');
        octet('\n');
    }

    void nil() throws IOException {
        raw("NIL");
    }

    void number(long number) throws IOException {
        if (BUFFER - length < 20) {
            makeRoom();
        }
        if (number < 0) {
            throw new IllegalArgumentException("negative number " + number);
        }
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        int at = length + digits;
        long rest = number;
        do {
            buffer[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest != 0);
        length += digits;
    }

    void set(SequenceSet set) throws IOException {
        if (set.isSaved()) {
            octet('$');
            return;
        }
        for (int i = 0; i < set.ranges(); i++) {
            if (i > 0) {
                octet(',');
            }
            sequenceEnd(set.left(i));
            if (set.right(i) != set.left(i)) {
                octet(':');
                sequenceEnd(set.right(i));
            }
        }
    }

    private void sequenceEnd(long end) throws IOException {
        if (end == SequenceSet.STAR) {
            octet('*');
        } else {
            number(end);
        }
    }

    /** Words with spaces between. */
    void words(List<String> words) throws IOException {
        for (int i = 0; i < words.size(); i++) {
            if (i > 0) {
                octet(' ');
            }
            raw(words.get(i));
        }
    }

    /** Flags in parentheses. */
    void flags(Flags flags) throws IOException {
        octet('(');
        boolean first = true;
        for (int bits = flags.bits(); bits != 0; bits &= bits - 1) {
            if (!first) {
                octet(' ');
            }
            first = false;
            byte[] word = FLAG_WORDS[Integer.numberOfTrailingZeros(bits)];
            octets(word, 0, word.length);
        }
        List<String> keywords = flags.keywords();
        for (int i = 0; i < keywords.size(); i++) {
            if (!first) {
                octet(' ');
            }
            first = false;
            raw(keywords.get(i));
        }
        octet(')');
    }

    // Strings

    void nstring(@Nullable String text) throws IOException {
        if (text == null) {
            nil();
        } else {
            string(text);
        }
    }

    /** A quoted string where that can carry the text, else a literal. NULs, which neither can carry, are left out. */
    void string(String text) throws IOException {
        if (quotable(text)) {
            quoted(text);
        } else {
            literal(HeaderText.encode(text.indexOf('\0') < 0 ? text : text.replace("\0", "")));
        }
    }

    private boolean quotable(String text) {
        if (text.length() > MAX_QUOTED) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' || c == '\n' || c == 0) {
                return false;
            }
            if (c >= 0x80 && (!utf8() || Character.isSurrogate(c) && !wellFormed(text))) {
                return false;
            }
        }
        return true;
    }

    private static boolean wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private void quoted(String text) throws IOException {
        octet('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                byte[] rest = text.substring(i).getBytes(StandardCharsets.UTF_8);
                for (byte octet : rest) {
                    quotedOctet(octet);
                }
                break;
            }
            quotedOctet(c);
        }
        octet('"');
    }

    private void quotedOctet(int octet) throws IOException {
        if (octet == '"' || octet == '\\') {
            octet('\\');
        }
        octet(octet);
    }

    void literal(byte[] octets) throws IOException {
        announce(octets.length, false);
        octets(octets, 0, octets.length);
    }

    /** Announces octets that are written next, and waits for the peer where it wants to be asked. */
    void announce(long size, boolean literal8) throws IOException {
        if (literal8) {
            octet('~');
        }
        octet('{');
        number(size);
        boolean wait = literals != null && !literals.nonSynchronizing(size);
        if (literals != null && !wait) {
            octet('+');
        }
        octet('}');
        crlf();
        if (literals != null && wait) {
            flush();
            literals.await();
        }
    }

    /** An atom where that can carry the text, else a string. */
    void astring(String text) throws IOException {
        // NIL as an atom would be read as NIL by some.
        if (text.length() <= MAX_QUOTED && Grammar.isAstringAtom(text) && !text.equalsIgnoreCase("NIL")) {
            raw(text);
        } else {
            string(text);
        }
    }

    void mailbox(String name) throws IOException {
        astring(utf8() ? name : ModifiedUtf7.encode(name));
    }

    void listMailbox(String pattern) throws IOException {
        String text = utf8() ? pattern : ModifiedUtf7.encode(pattern);
        if (text.length() <= MAX_QUOTED && Grammar.isListAtom(text)) {
            raw(text);
        } else {
            string(text);
        }
    }

    // Sections

    /** A section in brackets. */
    void section(SectionSpec section) throws IOException {
        octet('[');
        partNumbers(section.part());
        if (section.kind() != SectionSpec.Kind.ALL) {
            if (!section.part().isEmpty()) {
                octet('.');
            }
            raw(section.kind().keyword());
        }
        if (!section.fields().isEmpty()) {
            raw(" (");
            for (int i = 0; i < section.fields().size(); i++) {
                if (i > 0) {
                    octet(' ');
                }
                astring(section.fields().get(i));
            }
            octet(')');
        }
        octet(']');
    }

    void partNumbers(List<Integer> part) throws IOException {
        for (int i = 0; i < part.size(); i++) {
            if (i > 0) {
                octet('.');
            }
            number(part.get(i));
        }
    }

    // Dates

    /** A date-time in UTC, from milliseconds since 1970. */
    void dateTime(long millis) throws IOException {
        long day = Math.clamp(Math.floorDiv(millis, MILLIS_PER_DAY), FIRST_DAY, LAST_DAY);
        int second = (int) (Math.floorMod(millis, MILLIS_PER_DAY) / 1000);
        octet('"');
        day(day);
        octet(' ');
        two(second / 3600);
        octet(':');
        two(second / 60 % 60);
        octet(':');
        two(second % 60);
        raw(" +0000\"");
    }

    void dateTime(OffsetDateTime time) throws IOException {
        octet('"');
        day(time.toLocalDate().toEpochDay());
        octet(' ');
        two(time.getHour());
        octet(':');
        two(time.getMinute());
        octet(':');
        two(time.getSecond());
        int zone = time.getOffset().getTotalSeconds() / 60;
        raw(zone < 0 ? " -" : " +");
        two(Math.abs(zone) / 60);
        two(Math.abs(zone) % 60);
        octet('"');
    }

    /** {@code dd-Mon-yyyy} of a day counted from 1970-01-01, the day padded with a space. */
    void day(long epochDay) throws IOException {
        // Days are counted from 0000-03-01, so that the leap day is a year's last; 400 years have 146,097 days.
        long days = epochDay + 719_468;
        long era = Math.floorDiv(days, 146_097);
        long dayOfEra = days - era * 146_097;
        long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (int) ((5 * dayOfYear + 2) / 153);
        int day = (int) (dayOfYear - (153 * monthFromMarch + 2) / 5 + 1);
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        int year = (int) (yearOfEra + era * 400 + (month <= 2 ? 1 : 0));
        octet(day < 10 ? ' ' : '0' + day / 10);
        octet('0' + day % 10);
        octet('-');
        octets(MONTHS, month * 3 - 3, month * 3);
        octet('-');
        two(year / 100);
        two(year % 100);
    }

    private void two(int number) throws IOException {
        octet('0' + number / 10);
        octet('0' + number % 10);
    }
}
