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
        if (Octets.ofText(name).length() > MAX_NAME) {
            throw new IllegalArgumentException("an ID field name of more than " + MAX_NAME + " octets");
        }
        if (value != null && Octets.ofText(Grammar.string(value)).length() > MAX_VALUE) {
            throw new IllegalArgumentException("an ID field of more than " + MAX_VALUE + " octets");
        }
    }
}
