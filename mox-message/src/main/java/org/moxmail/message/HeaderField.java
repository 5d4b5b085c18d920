package org.moxmail.message;

import java.util.Objects;

/**
 * A header field, RFC 5322 §2.2. Octets that aren't UTF-8 stand as lone surrogates, see {@link HeaderText}.
 *
 * @param name as written
 * @param raw what stands behind the colon, with the line ends of folding, without the field's own line end
 */
public record HeaderField(String name, String raw) {
    public HeaderField {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(raw, "raw");
    }

    /**
     * A field with this text, folded at lone spaces (RFC 5322 §2.2.3) so that lines stay within 78 octets where there is a
     * place to fold. Its {@link #value} is the text.
     */
    public static HeaderField folded(String name, String value) {
        HeaderFolder folder = new HeaderFolder(name);
        folder.text(value);
        String field = folder.field();
        return new HeaderField(name, field.substring(name.length() + 1, field.length() - 2));
    }

    /** The field as a header has it, with its line end. */
    public String print() {
        return name + ':' + raw + "\r\n";
    }

    /**
     * The field's text: unfolded (RFC 5322 §2.2.3), where a fold and the blanks around it become one space, and without
     * white space at either end. Encoded-words stay.
     */
    public String value() {
        return unfold(raw);
    }

    /** The field's text with encoded-words decoded, for fields that are unstructured, such as Subject. */
    public String text() {
        return EncodedWords.decode(value());
    }

    private static String unfold(String raw) {
        int from = 0;
        int to = raw.length();
        while (from < to && HeaderTokens.isSpace(raw.charAt(from))) {
            from++;
        }
        while (to > from && HeaderTokens.isSpace(raw.charAt(to - 1))) {
            to--;
        }
        if (raw.indexOf('\n', from) < 0) {
            return raw.substring(from, to);
        }
        StringBuilder line = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            char c = raw.charAt(i);
            if (c != '\n') {
                line.append(c);
                continue;
            }
            while (!line.isEmpty() && HeaderTokens.isSpace(line.charAt(line.length() - 1))) {
                line.setLength(line.length() - 1);
            }
            while (i + 1 < to && HeaderTokens.isSpace(raw.charAt(i + 1))) {
                i++;
            }
            line.append(' ');
        }
        return line.toString();
    }
}
