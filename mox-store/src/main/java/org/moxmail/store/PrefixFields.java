package org.moxmail.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.moxmail.message.HeaderText;
import org.moxmail.message.Part;

/** Header fields that are put in front of a message that was parsed without them. */
final class PrefixFields {
    /** Fields that neither ENVELOPE nor BODYSTRUCTURE nor threading look at; others need the message parsed again. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "return-path",
            "received",
            "delivered-to",
            "authentication-results",
            "received-spf",
            "dkim-signature",
            "arc-seal",
            "arc-message-signature",
            "arc-authentication-results");

    private PrefixFields() {}

    /** Whether all fields of a prefix are such that they only move the rest. */
    static boolean leaveStructure(byte[] prefix) {
        String text = HeaderText.decode(prefix, 0, prefix.length);
        for (String line : text.split("\r\n", -1)) {
            boolean folded = line.startsWith(" ") || line.startsWith("\t");
            if (line.isEmpty() || folded) {
                continue;
            }
            int colon = line.indexOf(':');
            if (colon < 0 || !known(line.substring(0, colon))) {
                return false;
            }
        }
        return text.endsWith("\r\n") && !text.contains("\r\n\r\n") && !text.startsWith("\r\n");
    }

    private static boolean known(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return WITHOUT_EFFECT.contains(lower) || lower.startsWith("x-mox-");
    }

    /** The structure behind a prefix. */
    static Part shift(Part part, byte[] prefix) {
        long lines = 0;
        for (byte octet : prefix) {
            if (octet == '\n') {
                lines++;
            }
        }
        return shift(part, prefix.length, 0, lines);
    }

    private static Part shift(Part part, long by, long headerOffset, long headerLines) {
        List<Part> parts = new ArrayList<>();
        for (Part inner : part.parts()) {
            parts.add(shift(inner, by, inner.headerOffset() + by, 0));
        }
        Part message = part.message();
        return new Part(
                headerOffset,
                part.bodyOffset() + by,
                part.endOffset() + by,
                part.headerLines() + headerLines,
                part.bodyLines(),
                part.type(),
                part.subtype(),
                part.parameters(),
                part.contentId(),
                part.description(),
                part.encoding(),
                part.md5(),
                part.disposition(),
                part.dispositionParameters(),
                part.languages(),
                part.location(),
                part.envelope(),
                parts,
                message == null ? null : shift(message, by, message.headerOffset() + by, 0));
    }
}
