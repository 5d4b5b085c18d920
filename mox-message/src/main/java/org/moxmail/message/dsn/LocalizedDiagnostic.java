package org.moxmail.message.dsn;

import java.util.Locale;
import java.util.Objects;

/**
 * The text of a diagnostic code in another language, Localized-Diagnostic of RFC 6533 §4.1.
 *
 * @param language a tag of RFC 5646, in lower case
 * @param text on one line; may be empty
 */
public record LocalizedDiagnostic(String language, String text) {
    /** @throws IllegalArgumentException when the language is no tag, or the text can't be written */
    public LocalizedDiagnostic {
        Objects.requireNonNull(text, "text");
        if (!isTag(language)) {
            throw new IllegalArgumentException("language " + language);
        }
        language = language.toLowerCase(Locale.ROOT);
        DsnText.requireText(text, "Localized-Diagnostic");
    }

    /** Whether text has the shape of a tag: pieces of one to eight letters and digits, RFC 5646 §2.1. */
    static boolean isTag(String text) {
        for (String piece : text.split("-", -1)) {
            boolean alphanumeric = piece.chars().allMatch(c -> c < 0x80 && Character.isLetterOrDigit(c));
            if (piece.isEmpty() || piece.length() > 8 || !alphanumeric) {
                return false;
            }
        }
        return true;
    }
}
