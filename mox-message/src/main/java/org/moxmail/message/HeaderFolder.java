package org.moxmail.message;

import java.nio.charset.StandardCharsets;

/**
 * Writes one header field, folded (RFC 5322 §2.2.3) so that lines stay within 78 octets where there is a place to fold.
 * Folds at single spaces only, so that unfolding gives the same text.
 */
final class HeaderFolder {
    /** RFC 5322 §2.1.1, SHOULD; without CRLF. */
    static final int LINE = 78;

    /** A longer word makes a line longer than RFC 5322 §2.1.1 allows, with room for a field name. */
    static final int MAX_TOKEN = 900;

    private final StringBuilder field = new StringBuilder();
    private int column;

    HeaderFolder(String name) {
        field.append(name).append(':');
        column = name.length() + 1;
    }

    /** Adds a token behind a space, where the line may be folded. */
    void token(String token) {
        int octets = octets(token);
        if (column + 1 + octets > LINE && column > 1) {
            field.append("\r\n");
            column = 0;
        }
        field.append(' ').append(token);
        column += 1 + octets;
    }

    /** Adds text, folding at its lone spaces. */
    void text(String text) {
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            boolean lone = text.charAt(i) == ' '
                    && i > from
                    && text.charAt(i - 1) != ' '
                    && i + 1 < text.length()
                    && text.charAt(i + 1) != ' ';
            if (lone) {
                token(text.substring(from, i));
                from = i + 1;
            }
        }
        token(text.substring(from));
    }

    private static int octets(String token) {
        return HeaderFields.isAscii(token) ? token.length() : token.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The field with its line end. */
    String field() {
        return field.append("\r\n").toString();
    }
}
