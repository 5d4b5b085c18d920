package org.moxmail.imap;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What LIST or LSUB tells of one mailbox, RFC 9051 §7.3.1.
 *
 * @param attributes such as {@code \HasChildren}, as they are spelled
 * @param delimiter of the hierarchy, one character, or null for a flat name
 * @param mailbox the decoded name
 * @param oldName the name it had or the name that the client gave, or null; RFC 9051 §6.3.9.7
 * @param childInfo selection options that something below it fulfils, such as SUBSCRIBED; RFC 9051 §6.3.9.6
 */
public record ListEntry(
        List<String> attributes,
        @Nullable String delimiter,
        String mailbox,
        @Nullable String oldName,
        List<String> childInfo) {
    public ListEntry {
        attributes = List.copyOf(attributes);
        attributes.forEach(Grammar::flag);
        childInfo = List.copyOf(childInfo);
        childInfo.forEach(Grammar::string);
        Grammar.mailbox(mailbox);
        if (oldName != null) {
            Grammar.mailbox(oldName);
        }
        if (delimiter != null && (delimiter.length() != 1 || !asciiPrintable(delimiter.charAt(0)))) {
            throw new IllegalArgumentException("a hierarchy delimiter that isn't one character");
        }
    }

    /** A mailbox of ours. */
    public ListEntry(List<String> attributes, String mailbox) {
        this(attributes, "/", mailbox, null, List.of());
    }

    private static boolean asciiPrintable(char c) {
        return c >= 0x20 && c < 0x7f;
    }

    /** Whether it has an attribute, in any case. */
    public boolean has(String attribute) {
        return attributes.stream().anyMatch(attribute::equalsIgnoreCase);
    }
}
