package org.moxmail.dmarc;

import java.util.Optional;

/** What an evaluation says, RFC 9989 §9.2. */
public enum DmarcResult {
    /** There is no record for the author's domain, or there is no author's domain. */
    NONE("none"),
    /** An authenticated domain is aligned with the author's. */
    PASS("pass"),
    /** None is. */
    FAIL("fail"),
    /** The DNS gave no answer that was needed; a later attempt may fare better. */
    TEMPERROR("temperror"),
    /** There is a record that can't be applied, or there are more authors than are evaluated. */
    PERMERROR("permerror");

    private final String keyword;

    DmarcResult(String keyword) {
        this.keyword = keyword;
    }

    /** The RFC's word, also that of Authentication-Results. */
    public String keyword() {
        return keyword;
    }

    /** The result with this keyword, in any case. */
    public static Optional<DmarcResult> ofKeyword(String keyword) {
        for (DmarcResult result : values()) {
            if (result.keyword.equalsIgnoreCase(keyword)) {
                return Optional.of(result);
            }
        }
        return Optional.empty();
    }
}
