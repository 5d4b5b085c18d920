package org.moxmail.imap;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What FETCH asks of a message, RFC 9051 §6.4.5. The macros ALL, FAST and FULL are given as what they stand for. */
public sealed interface FetchItem {
    /** The items that are one word. */
    enum Attribute implements FetchItem {
        FLAGS("FLAGS"),
        INTERNALDATE("INTERNALDATE"),
        RFC822_SIZE("RFC822.SIZE"),
        ENVELOPE("ENVELOPE"),
        /** The structure without extension data. */
        BODY("BODY"),
        BODYSTRUCTURE("BODYSTRUCTURE"),
        UID("UID"),
        /** RFC 7162 §3.1.5. */
        MODSEQ("MODSEQ"),
        /** Like {@code BODY[]}, RFC 3501 §6.4.5; the following two too. */
        RFC822("RFC822"),
        /** Like {@code BODY.PEEK[HEADER]}. */
        RFC822_HEADER("RFC822.HEADER"),
        /** Like {@code BODY[TEXT]}. */
        RFC822_TEXT("RFC822.TEXT"),
        /** RFC 8514. */
        SAVEDATE("SAVEDATE"),
        /** RFC 8474; the following one too. */
        EMAILID("EMAILID"),
        THREADID("THREADID");

        private final String keyword;

        Attribute(String keyword) {
            this.keyword = keyword;
        }

        /** The word on the wire. */
        public String keyword() {
            return keyword;
        }
    }

    /**
     * {@code BODY[...]} or {@code BODY.PEEK[...]}.
     *
     * @param partial what of the section, or null for all of it
     * @param peek leave {@code \Seen} alone
     */
    record Section(SectionSpec spec, @Nullable Partial partial, boolean peek) implements FetchItem {}

    /**
     * {@code BINARY[...]} or {@code BINARY.PEEK[...]}: a part with its transfer encoding undone.
     *
     * @param part numbers of the nested parts; empty for the whole message
     * @param partial what of the section, or null for all of it
     * @param peek leave {@code \Seen} alone
     */
    record Binary(List<Integer> part, @Nullable Partial partial, boolean peek) implements FetchItem {
        public Binary {
            part = List.copyOf(part);
            part.forEach(number -> Grammar.nzNumber(number));
        }
    }

    /** {@code BINARY.SIZE[...]}. */
    record BinarySize(List<Integer> part) implements FetchItem {
        public BinarySize {
            part = List.copyOf(part);
            part.forEach(number -> Grammar.nzNumber(number));
        }
    }

    /**
     * {@code PREVIEW}, RFC 8970.
     *
     * @param lazy only if it costs little
     */
    record Preview(boolean lazy) implements FetchItem {}

    /** What the macro ALL stands for. */
    List<FetchItem> ALL = List.of(Attribute.FLAGS, Attribute.INTERNALDATE, Attribute.RFC822_SIZE, Attribute.ENVELOPE);
    /** What the macro FAST stands for. */
    List<FetchItem> FAST = List.of(Attribute.FLAGS, Attribute.INTERNALDATE, Attribute.RFC822_SIZE);
    /** What the macro FULL stands for. */
    List<FetchItem> FULL =
            List.of(Attribute.FLAGS, Attribute.INTERNALDATE, Attribute.RFC822_SIZE, Attribute.ENVELOPE, Attribute.BODY);
}
