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

    /** The field's text: unfolded (RFC 5322 §2.2.3), without white space at either end. Encoded-words stay. */
    public String value() {
        return unfold(raw).strip();
    }

    /** The field's text with encoded-words decoded, for fields that are unstructured, such as Subject. */
    public String text() {
        return EncodedWords.decode(value());
    }

    private static String unfold(String raw) {
        if (raw.indexOf('\n') < 0) {
            return raw;
        }
        StringBuilder line = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '\n') {
                int last = line.length() - 1;
                if (last >= 0 && line.charAt(last) == '\r') {
                    line.setLength(last);
                }
            } else {
                line.append(c);
            }
        }
        return line.toString();
    }
}
