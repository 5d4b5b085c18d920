package org.moxmail.imap;

import org.jspecify.annotations.Nullable;

/**
 * A field of ID, RFC 2971 §3.
 *
 * @param name of at most 30 octets
 * @param value of at most 1024 octets, or null for NIL
 */
public record IdField(String name, @Nullable String value) {
    public static final int MAX_NAME = 30;
    public static final int MAX_VALUE = 1024;

    public IdField {
        Grammar.string(name);
        if (value != null) {
            Grammar.string(value);
        }
        if (!fits(name, value)) {
            throw new IllegalArgumentException("an ID field that is too long");
        }
    }

    static boolean fits(String name, @Nullable String value) {
        return Octets.ofText(name).length() <= MAX_NAME
                && (value == null || Octets.ofText(value).length() <= MAX_VALUE);
    }
}
