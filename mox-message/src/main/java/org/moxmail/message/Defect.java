package org.moxmail.message;

/** A way in which a message strays from RFC 5322 or MIME, or exceeds a {@link MessageLimits limit}. */
public enum Defect {
    /** An LF without a CR before it, RFC 5322 §2.3; in a header. */
    BARE_LF,
    /** A header without the empty line behind it, though the message or a delimiter follows, RFC 5322 §2.1. */
    HEADER_WITHOUT_END,
    /** A header line that is no continuation and has no colon, RFC 5322 §2.2. */
    HEADER_LINE_WITHOUT_COLON,
    /** Octets in a header that aren't UTF-8, RFC 6532 §3.1. */
    HEADER_NOT_UTF8,
    /** A Content-Type that doesn't follow its grammar, RFC 2045 §5.1. */
    BAD_CONTENT_TYPE,
    /** A field that may stand once and stands twice, RFC 2045 §3 and RFC 5322 §3.6; the first counts. */
    REPEATED_FIELD,
    /** A multipart without a usable boundary parameter, RFC 2046 §5.1.1. */
    MISSING_BOUNDARY,
    /** A multipart in whose body its delimiter never occurs. */
    NO_PARTS,
    /** A multipart that ends without its closing delimiter, RFC 2046 §5.1.1. */
    MISSING_FINAL_BOUNDARY,
    /** A composite entity with an encoding other than 7bit, 8bit and binary, RFC 2045 §6.4; it is left unopened. */
    ENCODED_COMPOSITE,
    /** An address list that doesn't follow its grammar, RFC 5322 §3.4. */
    BAD_ADDRESS,
    /** Beyond {@link MessageLimits#depth}. */
    TOO_DEEP,
    /** Beyond {@link MessageLimits#parts}. */
    TOO_MANY_PARTS,
    /** Beyond {@link MessageLimits#headerBytes} or {@link MessageLimits#allHeaderBytes}. */
    HEADER_TOO_LARGE,
    /** Beyond {@link MessageLimits#items}. */
    TOO_MANY_ITEMS
}
