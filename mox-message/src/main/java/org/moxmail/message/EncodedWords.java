package org.moxmail.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Encoded-words, RFC 2047. Decoding is lenient: words may stand next to each other or to text without white space, may be
 * longer than allowed and have blanks inside; a character may be split over words of one charset. What can't be decoded
 * stays as it is.
 */
public final class EncodedWords {
    /** Most chars of an encoded-word, RFC 2047 §2. */
    static final int MAX_WORD = 75;

    private EncodedWords() {}

    /** The text with its encoded-words decoded. */
    public static String decode(String text) {
        int start = text.indexOf("=?");
        if (start < 0) {
            return text;
        }
        StringBuilder decoded = new StringBuilder(text.length());
        Run run = new Run(decoded);
        int at = 0;
        while (start >= 0) {
            Word word = Word.at(text, start);
            if (word == null) {
                start = text.indexOf("=?", start + 1);
                continue;
            }
            String between = text.substring(at, start);
            if (!run.isEmpty() && isBlank(between)) {
                // RFC 2047 §6.2: white space between encoded-words isn't shown.
                run.add(word);
            } else {
                run.end();
                decoded.append(between);
                run.add(word);
            }
            at = word.end;
            start = text.indexOf("=?", at);
        }
        run.end();
        return decoded.append(text, at, text.length()).toString();
    }

    private static boolean isBlank(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!HeaderTokens.isSpace(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Adjacent words, whose octets are put together while the charset stays the same. */
    private static final class Run {
        private final StringBuilder out;
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
        private @Nullable Charset charset;

        Run(StringBuilder out) {
            this.out = out;
        }

        boolean isEmpty() {
            return charset == null;
        }

        void add(Word word) {
            if (charset != null && !charset.equals(word.charset)) {
                end();
            }
            charset = word.charset;
            octets.writeBytes(word.octets);
        }

        void end() {
            if (charset != null) {
                out.append(octets.toString(charset));
                octets.reset();
                charset = null;
            }
        }
    }

    private record Word(Charset charset, byte[] octets, int end) {
        /** The encoded-word that starts at a {@code =?}, or null when there is none that can be decoded. */
        static @Nullable Word at(String text, int start) {
            int charsetEnd = text.indexOf('?', start + 2);
            if (charsetEnd < 0 || charsetEnd - start > 80 || charsetEnd + 2 >= text.length()) {
                return null;
            }
            if (text.charAt(charsetEnd + 2) != '?') {
                return null;
            }
            int from = charsetEnd + 3;
            int to = text.indexOf("?=", from);
            if (to < 0) {
                return null;
            }
            char encoding = Character.toLowerCase(text.charAt(charsetEnd + 1));
            Charset charset =
                    Charsets.find(text.substring(start + 2, charsetEnd)).orElse(null);
            if (charset == null) {
                return null;
            }
            byte @Nullable [] octets = switch (encoding) {
                case 'q' -> q(text, from, to);
                case 'b' -> b(text, from, to);
                default -> null;
            };
            return octets == null ? null : new Word(charset, octets, to + 2);
        }
    }

    private static byte[] q(String text, int from, int to) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(to - from);
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '_') {
                octets.write(' ');
                continue;
            }
            if (c == '=' && i + 2 < to) {
                int high = Character.digit(text.charAt(i + 1), 16);
                int low = Character.digit(text.charAt(i + 2), 16);
                if (high >= 0 && low >= 0) {
                    octets.write(high << 4 | low);
                    i += 2;
                    continue;
                }
            }
            if (c < 0x80) {
                octets.write(c);
            } else {
                int whole = Character.charCount(text.codePointAt(i));
                octets.writeBytes(HeaderText.encode(text.substring(i, i + whole)));
                i += whole - 1;
            }
        }
        return octets.toByteArray();
    }

    private static byte @Nullable [] b(String text, int from, int to) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream((to - from) * 3 / 4 + 3);
        int bits = 0;
        int count = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            int value = c < 0x80 ? Base64Stream.VALUES[c] : -1;
            if (value < 0) {
                if (c == '=' || HeaderTokens.isSpace(c)) {
                    continue;
                }
                return null;
            }
            bits = bits << 6 | value;
            count += 6;
            if (count >= 8) {
                count -= 8;
                octets.write(bits >> count);
            }
        }
        return octets.toByteArray();
    }

    /**
     * Writes text as encoded-words in UTF-8, each at most 75 chars long (RFC 2047 §2), whole characters in each, with a
     * space between. B or Q is used, whichever is shorter. All chars but letters, digits and {@code !*+-/} are encoded, so
     * that the words may stand in a phrase (§5).
     */
    public static String encode(String text) {
        byte[] all = text.getBytes(StandardCharsets.UTF_8);
        int qLength = 0;
        for (byte octet : all) {
            qLength += octet == ' ' || isPlainQ(octet) ? 1 : 3;
        }
        boolean base64 = qLength > (all.length + 2) / 3 * 4;
        StringBuilder words = new StringBuilder();
        int room = MAX_WORD - "=?utf-8?q??=".length();
        int from = 0;
        while (from < text.length()) {
            // The first word shares its line with the field's name.
            int to = chunk(text, from, base64, from == 0 ? room - 20 : room);
            byte[] octets = text.substring(from, to).getBytes(StandardCharsets.UTF_8);
            words.append(words.isEmpty() ? "" : " ")
                    .append(base64 ? "=?utf-8?b?" : "=?utf-8?q?")
                    .append(base64 ? java.util.Base64.getEncoder().encodeToString(octets) : qText(octets))
                    .append("?=");
            from = to;
        }
        return words.toString();
    }

    /** How far the text goes that fits a word. */
    private static int chunk(String text, int from, boolean base64, int room) {
        int octets = 0;
        int q = 0;
        int i = from;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            int size = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            octets += size;
            q += c == ' ' || c < 0x80 && isPlainQ((byte) c) ? 1 : 3 * size;
            if (base64 ? (octets + 2) / 3 * 4 > room : q > room) {
                break;
            }
            i += Character.charCount(c);
        }
        return i;
    }

    private static boolean isPlainQ(byte octet) {
        return octet >= 'a' && octet <= 'z'
                || octet >= 'A' && octet <= 'Z'
                || octet >= '0' && octet <= '9'
                || octet == '!'
                || octet == '*'
                || octet == '+'
                || octet == '-'
                || octet == '/';
    }

    private static String qText(byte[] octets) {
        StringBuilder text = new StringBuilder(octets.length * 2);
        for (byte octet : octets) {
            if (octet == ' ') {
                text.append('_');
            } else if (isPlainQ(octet)) {
                text.append((char) octet);
            } else {
                text.append(String.format(Locale.ROOT, "=%02X", octet & 0xff));
            }
        }
        return text.toString();
    }
}
