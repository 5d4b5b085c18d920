package org.moxmail.message.dsn;

import java.util.Objects;

/**
 * A field that the standards leave to others, {@code extension-field} of RFC 3464 §2.4, such as {@code X-Postfix-Queue-ID}.
 *
 * @param name as written
 * @param value on one line; may be empty
 */
public record DsnField(String name, String value) {
    /** @throws IllegalArgumentException when name or value can't be written */
    public DsnField {
        Objects.requireNonNull(value, "value");
        if (!DsnText.isAtom(name)) {
            throw new IllegalArgumentException("name of a field: " + name);
        }
        DsnText.requireText(value, name);
    }

    DsnField withAsciiText() {
        return DsnText.isAscii(value) ? this : new DsnField(name, DsnText.escaped(value));
    }
}
