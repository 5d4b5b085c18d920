package org.moxmail.smtp;

/** What the octets of a message may be, the BODY parameter of MAIL (RFC 6152 §3, RFC 3030 §3). */
public enum BodyType {
    /** Lines of ASCII. */
    SEVEN_BIT("7BIT"),
    /** Lines of any octets. */
    EIGHT_BIT_MIME("8BITMIME"),
    /** Any octets; only with BDAT. */
    BINARY_MIME("BINARYMIME");

    private final String keyword;

    BodyType(String keyword) {
        this.keyword = keyword;
    }

    /** The word on the wire. */
    public String keyword() {
        return keyword;
    }
}
