package org.moxmail.dmarc;

import java.util.Optional;

/** How alike an authenticated domain must be to the author's, RFC 9989 §3.2.10. */
public enum AlignmentMode {
    /** Both have the same organizational domain. */
    RELAXED("r"),
    /** Both are the same domain. */
    STRICT("s");

    private final String keyword;

    AlignmentMode(String keyword) {
        this.keyword = keyword;
    }

    /** The letter in records and reports. */
    public String keyword() {
        return keyword;
    }

    /** The mode with this letter, in any case. */
    public static Optional<AlignmentMode> ofKeyword(String keyword) {
        for (AlignmentMode mode : values()) {
            if (mode.keyword.equalsIgnoreCase(keyword)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }
}
