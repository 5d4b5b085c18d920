package org.moxmail.tlsrpt;

import java.util.Arrays;
import java.util.Optional;

/** Which kind of policy the sender applied, RFC 8460 §4.4. */
public enum PolicyType {
    /** DANE, RFC 7672. */
    TLSA("tlsa"),
    /** MTA-STS, RFC 8461. */
    STS("sts"),
    /** Neither. */
    NO_POLICY_FOUND("no-policy-found");

    private final String keyword;

    PolicyType(String keyword) {
        this.keyword = keyword;
    }

    /** The word in reports. */
    public String keyword() {
        return keyword;
    }

    /** The type with this word, in any case; empty when the standard doesn't know it. */
    public static Optional<PolicyType> of(String keyword) {
        return Arrays.stream(values())
                .filter(type -> type.keyword.equalsIgnoreCase(keyword))
                .findFirst();
    }
}
