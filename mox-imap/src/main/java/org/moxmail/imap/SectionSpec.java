package org.moxmail.imap;

import java.util.List;

/**
 * What is between the brackets of {@code BODY[...]}, RFC 9051 §6.4.5.
 *
 * @param part numbers of the nested parts, each at least 1; empty for the whole message
 * @param kind what of that part
 * @param fields header field names as written; at least one with {@link Kind#HEADER_FIELDS} and
 *     {@link Kind#HEADER_FIELDS_NOT}, else empty
 */
public record SectionSpec(List<Integer> part, Kind kind, List<String> fields) {
    /** What of a part. */
    public enum Kind {
        /** Everything: header and body of the message, or the body of a part. */
        ALL(""),
        HEADER("HEADER"),
        HEADER_FIELDS("HEADER.FIELDS"),
        HEADER_FIELDS_NOT("HEADER.FIELDS.NOT"),
        TEXT("TEXT"),
        /** The MIME header of a part; not of the whole message. */
        MIME("MIME");

        private final String keyword;

        Kind(String keyword) {
            this.keyword = keyword;
        }

        /** The word on the wire. */
        public String keyword() {
            return keyword;
        }
    }

    /** {@code BODY[]}. */
    public static final SectionSpec MESSAGE = new SectionSpec(List.of(), Kind.ALL, List.of());
    /** {@code BODY[HEADER]}. */
    public static final SectionSpec HEADER = new SectionSpec(List.of(), Kind.HEADER, List.of());
    /** {@code BODY[TEXT]}. */
    public static final SectionSpec TEXT = new SectionSpec(List.of(), Kind.TEXT, List.of());

    public SectionSpec {
        part = List.copyOf(part);
        fields = List.copyOf(fields);
        for (int number : part) {
            Grammar.nzNumber(number);
        }
        boolean named = kind == Kind.HEADER_FIELDS || kind == Kind.HEADER_FIELDS_NOT;
        if (named == fields.isEmpty()) {
            throw new IllegalArgumentException("field names don't fit " + kind);
        }
        if (kind == Kind.MIME && part.isEmpty()) {
            throw new IllegalArgumentException("MIME of the whole message");
        }
        fields.forEach(Grammar::string);
    }

    /** A part's body. */
    public static SectionSpec part(Integer... numbers) {
        return new SectionSpec(List.of(numbers), Kind.ALL, List.of());
    }

    /** Some header fields of the message. */
    public static SectionSpec headerFields(String... names) {
        return new SectionSpec(List.of(), Kind.HEADER_FIELDS, List.of(names));
    }
}
