package org.moxmail.spf;

import java.util.Optional;

/** What {@code check_host()} says, RFC 7208 §2.6. */
public enum SpfResult {
    /** There is no domain to check, or it publishes no record. */
    NONE("none"),
    /** The domain states that it asserts nothing about the client. */
    NEUTRAL("neutral"),
    /** The client may send mail for the domain. */
    PASS("pass"),
    /** The client may not. */
    FAIL("fail"),
    /** The client probably may not. */
    SOFTFAIL("softfail"),
    /** The DNS gave no answer; a later attempt may fare better. */
    TEMPERROR("temperror"),
    /** The record can't be interpreted, or asks for too much. */
    PERMERROR("permerror");

    private final String keyword;

    SpfResult(String keyword) {
        this.keyword = keyword;
    }

    /** The RFC's word, also that of Authentication-Results, RFC 8601 §2.7.2. */
    public String keyword() {
        return keyword;
    }

    /** The result with this keyword, in any case. */
    public static Optional<SpfResult> ofKeyword(String keyword) {
        for (SpfResult result : values()) {
            if (result.keyword.equalsIgnoreCase(keyword)) {
                return Optional.of(result);
            }
        }
        return Optional.empty();
    }
}
