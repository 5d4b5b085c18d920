package org.moxmail.message.dsn;

import java.util.Locale;
import org.moxmail.dns.SyntaxException;

/**
 * What {@code *-type ";" *text} of RFC 3464 §2.1.2 has.
 *
 * @param type in lower case
 * @param text without blanks around it, comments included
 * @param offset where it begins, in chars
 */
record TypedText(String type, String text, int offset) {
    /** @throws SyntaxException without a type */
    static TypedText parse(String value) throws SyntaxException {
        int semicolon = value.indexOf(';');
        String type = semicolon < 0
                ? ""
                : DsnText.split(value.substring(0, semicolon)).text();
        if (!DsnText.isAtom(type)) {
            throw new SyntaxException(0, "a type and a semicolon", "RFC 3464 §2.1.2");
        }
        int from = semicolon + 1;
        while (from < value.length() && value.charAt(from) == ' ') {
            from++;
        }
        return new TypedText(type.toLowerCase(Locale.ROOT), DsnText.strip(value.substring(from)), from);
    }
}
