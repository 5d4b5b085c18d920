package org.moxmail.smtp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;

/**
 * A reply, RFC 5321 §4.2.
 *
 * @param code 200 to 559
 * @param enhanced the enhanced code, or null for a reply without one (greeting, HELO and EHLO, 334 and 354; RFC 2034 §4)
 * @param lines the text, at least one line, without codes and line ends; a line may be empty
 * @param pace how the server engine goes on after it; not part of the wire form
 */
public record SmtpReply(int code, @Nullable EnhancedCode enhanced, List<String> lines, Pace pace) {
    /** How a connection goes on after a reply. */
    public enum Pace {
        /** As before. */
        NORMAL,
        /** Slowly from here on, until somebody logs in: for peers that proved to be a nuisance. */
        SLOW,
        /** Not at all: the connection ends after the reply. */
        CLOSE
    }

    /** Octets of a reply line with its CRLF, RFC 5321 §4.5.3.1.5. */
    private static final int LINE_OCTETS = 512;

    /** Of a char in UTF-8. */
    private static final int MOST_OCTETS = 3;

    /** Where to look back to for a space when a line has to be wrapped. */
    private static final int WRAP_FROM = 400;

    public SmtpReply {
        if (code < 200 || code > 559 || code / 10 % 10 > 5) {
            throw new IllegalArgumentException("reply code " + code);
        }
        if (enhanced != null && enhanced.category() != code / 100) {
            throw new IllegalArgumentException(code + " with " + enhanced);
        }
        lines = List.copyOf(lines);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("a reply without a line");
        }
        for (String line : lines) {
            if (line.indexOf('\r') >= 0 || line.indexOf('\n') >= 0 || line.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("control character in a reply");
            }
        }
        Objects.requireNonNull(pace);
    }

    /** A reply with an enhanced code; line feeds in {@code text} separate lines. */
    public static SmtpReply of(int code, String enhanced, String text) {
        return new SmtpReply(code, EnhancedCode.of(enhanced), split(text), Pace.NORMAL);
    }

    /** A reply without enhanced code; line feeds in {@code text} separate lines. */
    public static SmtpReply plain(int code, String text) {
        return new SmtpReply(code, null, split(text), Pace.NORMAL);
    }

    private static List<String> split(String text) {
        if (text.indexOf('\n') < 0 && text.indexOf('\r') < 0 && text.indexOf('\0') < 0) {
            return List.of(text);
        }
        return Arrays.stream(text.split("\r?\n", -1))
                .map(line -> line.replace('\r', ' ').replace('\0', ' '))
                .toList();
    }

    /** The same reply, after which the connection goes on slowly. */
    public SmtpReply slow() {
        return new SmtpReply(code, enhanced, lines, Pace.SLOW);
    }

    /** The same reply, after which the connection ends. */
    public SmtpReply close() {
        return new SmtpReply(code, enhanced, lines, Pace.CLOSE);
    }

    /** The same reply with {@code note} in parentheses at the end of its text. */
    public SmtpReply noting(String note) {
        List<String> noted = new ArrayList<>(lines);
        String last = noted.removeLast();
        noted.add(last.isEmpty() ? "(" + note + ")" : last + " (" + note + ")");
        return new SmtpReply(code, enhanced, noted, pace);
    }

    /** Whether it is 2yz. */
    public boolean positive() {
        return code < 300;
    }

    /** Whether it is 3yz. */
    public boolean intermediate() {
        return code >= 300 && code < 400;
    }

    /** Whether it is 4yz. */
    public boolean temporary() {
        return code >= 400 && code < 500;
    }

    /** Whether it is 5yz. */
    public boolean permanent() {
        return code >= 500;
    }

    /** The lines joined by line feeds. */
    public String text() {
        return String.join("\n", lines);
    }

    /**
     * The wire form with its CRLFs. The enhanced code is repeated on each line (RFC 2034 §4), and lines that would be longer
     * than 512 octets are continued on the next, at a space when there is one.
     */
    public String print() {
        String code2 = enhanced == null ? "" : enhanced + " ";
        List<String> wrapped = new ArrayList<>();
        for (String line : lines) {
            wrap(line, LINE_OCTETS - 2 - 4 - code2.length(), wrapped);
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < wrapped.size(); i++) {
            char mark = i == wrapped.size() - 1 ? ' ' : '-';
            out.append(code).append(mark).append(code2).append(wrapped.get(i)).append("\r\n");
        }
        return out.toString();
    }

    private static void wrap(String line, int room, List<String> into) {
        if (line.length() * MOST_OCTETS <= room) {
            into.add(line);
            return;
        }
        String rest = line;
        while (rest.getBytes(StandardCharsets.UTF_8).length > room) {
            int fits = fitting(rest, room);
            int space = rest.lastIndexOf(' ', fits);
            // Only spaces not too early in the line: a line of one word and a long tail would become many short lines.
            boolean atSpace = space >= Math.min(WRAP_FROM, room / 2);
            into.add(rest.substring(0, atSpace ? space : fits));
            rest = rest.substring(atSpace ? space + 1 : fits);
        }
        into.add(rest);
    }

    /** How many chars of {@code text} fit into {@code room} octets, never splitting a code point. */
    private static int fitting(String text, int room) {
        int octets = 0;
        int at = 0;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            octets += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (octets > room) {
                break;
            }
            at += Character.charCount(point);
        }
        return at;
    }

    /**
     * Reads the lines of one reply, without their line ends.
     *
     * @param enhancedCodes whether the server announced ENHANCEDSTATUSCODES; without, text that looks like a code is text
     * @throws SyntaxException when the lines are no one reply: no code, differing codes, a line too few or too many
     */
    public static SmtpReply parse(List<String> lines, boolean enhancedCodes) throws SyntaxException {
        return ReplyGrammar.parse(lines, enhancedCodes);
    }

    @Override
    public String toString() {
        return code + (enhanced == null ? "" : " " + enhanced) + " " + String.join(" / ", lines);
    }
}
