package org.moxmail.imap;

import org.jspecify.annotations.Nullable;

/**
 * One namespace, RFC 9051 §6.3.10.
 *
 * @param prefix what its mailbox names start with, decoded
 * @param delimiter of the hierarchy, one character, or null for flat names
 */
public record NamespaceEntry(String prefix, @Nullable String delimiter) {
    public NamespaceEntry {
        Grammar.mailbox(prefix);
        if (delimiter != null && delimiter.length() != 1) {
            throw new IllegalArgumentException("a hierarchy delimiter that isn't one character");
        }
    }
}
