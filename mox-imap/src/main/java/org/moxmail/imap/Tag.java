package org.moxmail.imap;

/** What ties a response to its command: one or more ASTRING-CHARs without {@code +}, RFC 9051 §2.2.1 and §9. */
public record Tag(String text) {
    public Tag {
        if (!Grammar.isTag(text)) {
            throw new IllegalArgumentException("not a tag");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
