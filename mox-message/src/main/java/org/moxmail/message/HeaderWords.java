package org.moxmail.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes the pieces of header fields so that reading gives them back: unstructured text, phrases, parameters. */
final class HeaderWords {
    private HeaderWords() {}

    /** Unstructured text, RFC 5322 §3.6.5, with encoded-words where RFC 2047 §5 asks for them. */
    static String unstructured(String text, boolean utf8) {
        int first = -1;
        int last = -1;
        int from = wordStart(text, 0);
        while (from < text.length()) {
            int space = text.indexOf(' ', from);
            int to = space < 0 ? text.length() : space;
            int next = wordStart(text, to);
            boolean atEnd = next == text.length() && to < next;
            boolean atStart = from > 0 && wordStart(text, 0) == from;
            if (atStart || atEnd || needsEncoding(text, from, to, utf8)) {
                first = first >= 0 ? first : atStart ? 0 : from;
                last = atEnd ? next : to;
            }
            from = next;
        }
        if (first < 0 && !text.isEmpty() && text.isBlank()) {
            return EncodedWords.encode(text);
        }
        if (first < 0) {
            return text;
        }
        // Of several spaces at the border all but one are encoded, lest folding squeezes them.
        while (first > 1 && text.charAt(first - 1) == ' ' && text.charAt(first - 2) == ' ') {
            first--;
        }
        while (last + 1 < text.length() && text.charAt(last) == ' ' && text.charAt(last + 1) == ' ') {
            last++;
        }
        return text.substring(0, first) + EncodedWords.encode(text.substring(first, last)) + text.substring(last);
    }

    private static int wordStart(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) == ' ') {
            i++;
        }
        return i;
    }

    private static boolean needsEncoding(String text, int from, int to, boolean utf8) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean control = c < ' ' || c >= 0x7f && c <= 0x9f;
            if (control || c >= 0x80 && !utf8 || Character.isWhitespace(c) && c > 0x7f) {
                return true;
            }
        }
        return to - from > HeaderFolder.MAX_TOKEN / 4
                || text.substring(from, to).contains("=?");
    }

    /** A phrase, RFC 5322 §3.2.5: atoms, a quoted-string or encoded-words. */
    static String phrase(String text, boolean utf8) {
        boolean atoms = !text.startsWith(" ") && !text.endsWith(" ") && !text.contains("  ");
        boolean quotable = !text.contains("=?") && text.length() <= HeaderFolder.MAX_TOKEN / 4;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            atoms &= c == ' ' || Localpart.isAtomText(c);
            quotable &= c >= ' ' && c != 0x7f && (c < 0x80 || utf8 && c > 0x9f);
        }
        if (!quotable) {
            return EncodedWords.encode(text);
        }
        return atoms ? text : quoted(text);
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 8).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return quoted.append('"').toString();
    }

    /** A parameter of a MIME field: a token, a quoted-string, or RFC 2231's form, in several pieces when long. */
    static List<String> parameter(String name, String value, boolean utf8) {
        boolean token = !value.isEmpty();
        boolean quotable = value.length() <= 60;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            token &= c > ' ' && c < 0x7f && "()<>@,;:\\\"/[]?=".indexOf(c) < 0;
            quotable &= c >= ' ' && c != 0x7f && (c < 0x80 || utf8 && c > 0x9f);
        }
        if (token && quotable) {
            return List.of(name + '=' + value);
        }
        // Blanks at an end or in a row don't survive a careless fold.
        return quotable ? List.of(name + '=' + quoted(value)) : extended(name, value);
    }

    private static List<String> extended(String name, String value) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        int room = Math.max(20, HeaderFolder.LINE - name.length() - 20);
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            if (piece.length() + 3 > room) {
                pieces.add(piece.toString());
                piece.setLength(0);
            }
            boolean plain = octet > ' ' && octet < 0x7f && "*'%()<>@,;:\\\"/[]?=".indexOf(octet) < 0;
            if (plain) {
                piece.append((char) octet);
            } else {
                piece.append(String.format(Locale.ROOT, "%%%02X", octet & 0xff));
            }
        }
        pieces.add(piece.toString());
        if (pieces.size() == 1) {
            return List.of(name + "*=utf-8''" + pieces.get(0));
        }
        List<String> parameters = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            parameters.add(name + '*' + i + "*=" + (i == 0 ? "utf-8''" : "") + pieces.get(i));
        }
        return parameters;
    }
}
