package org.moxmail.dmarc;

import java.util.Optional;

/** Whether a domain is a public suffix, as its record's {@code psd} tag says, RFC 9989 §4.7. */
public enum PsdFlag {
    /** It is: domains below it belong to different organizations. */
    YES("y"),
    /** It isn't, and it is the organizational domain of itself and of all domains below. */
    NO("n"),
    /** The tree walk has to tell. */
    UNKNOWN("u");

    private final String keyword;

    PsdFlag(String keyword) {
        this.keyword = keyword;
    }

    /** The letter in records. */
    public String keyword() {
        return keyword;
    }

    /** The flag with this letter, in any case. */
    public static Optional<PsdFlag> ofKeyword(String keyword) {
        for (PsdFlag flag : values()) {
            if (flag.keyword.equalsIgnoreCase(keyword)) {
                return Optional.of(flag);
            }
        }
        return Optional.empty();
    }
}
