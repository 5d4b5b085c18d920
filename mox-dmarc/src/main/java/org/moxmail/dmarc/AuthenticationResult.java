package org.moxmail.dmarc;

import java.util.Optional;

/** What SPF or DKIM said, RFC 8601 §2.7.1 and §2.7.2. */
public enum AuthenticationResult {
    /** Nothing to check. */
    NONE("none"),
    /** The use of the domain is authorized. */
    PASS("pass"),
    /** It isn't. */
    FAIL("fail"),
    /** It probably isn't; SPF only. */
    SOFTFAIL("softfail"),
    /** A signature, but one that the verifier's policy doesn't accept. */
    POLICY("policy"),
    /** Nothing is asserted. */
    NEUTRAL("neutral"),
    /** The DNS gave no answer; a later attempt may fare better. */
    TEMPERROR("temperror"),
    /** A signature or record that can't be interpreted. */
    PERMERROR("permerror");

    private final String keyword;

    AuthenticationResult(String keyword) {
        this.keyword = keyword;
    }

    /** The RFC's word. */
    public String keyword() {
        return keyword;
    }

    /** The result with this keyword, in any case. */
    public static Optional<AuthenticationResult> ofKeyword(String keyword) {
        for (AuthenticationResult result : values()) {
            if (result.keyword.equalsIgnoreCase(keyword)) {
                return Optional.of(result);
            }
        }
        return Optional.empty();
    }
}
