package org.moxmail.dmarc.report;

import java.util.Optional;

/** What was done with messages, RFC 9990 appendix A; RFC 7489 doesn't have pass. */
public enum Disposition {
    /** Nothing. */
    NONE("none"),
    /** Nothing, since they passed and the policy is not none. */
    PASS("pass"),
    /** They were marked. */
    QUARANTINE("quarantine"),
    /** They were refused. */
    REJECT("reject");

    private final String keyword;

    Disposition(String keyword) {
        this.keyword = keyword;
    }

    /** The word in reports. */
    public String keyword() {
        return keyword;
    }

    /** The constant with this word, in any case. */
    public static Optional<Disposition> ofKeyword(String keyword) {
        for (Disposition value : values()) {
            if (value.keyword.equalsIgnoreCase(keyword)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
