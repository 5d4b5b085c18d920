package org.moxmail.dmarc.report;

import java.util.Optional;

/** The identity that SPF checked, RFC 7489 appendix C; RFC 9990 has MAIL FROM only. */
public enum SpfScope {
    /** HELO. */
    HELO("helo"),
    /** MAIL FROM. */
    MAIL_FROM("mfrom");

    private final String keyword;

    SpfScope(String keyword) {
        this.keyword = keyword;
    }

    /** The word in reports. */
    public String keyword() {
        return keyword;
    }

    /** The constant with this word, in any case. */
    public static Optional<SpfScope> ofKeyword(String keyword) {
        for (SpfScope value : values()) {
            if (value.keyword.equalsIgnoreCase(keyword)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
