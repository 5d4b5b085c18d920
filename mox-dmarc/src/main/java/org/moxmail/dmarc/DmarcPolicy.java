package org.moxmail.dmarc;

import java.util.Optional;

/** What a domain owner wants done with mail that fails, RFC 9989 §4.7; in the order of strictness. */
public enum DmarcPolicy {
    /** No preference. */
    NONE("none"),
    /** Such mail is suspicious. */
    QUARANTINE("quarantine"),
    /** Such mail isn't the domain's. */
    REJECT("reject");

    private final String keyword;

    DmarcPolicy(String keyword) {
        this.keyword = keyword;
    }

    /** The RFC's word. */
    public String keyword() {
        return keyword;
    }

    /** One level less strict, for {@code t=y} (RFC 9989 §4.7) and mail that wasn't sampled (RFC 7489 §6.6.4). */
    public DmarcPolicy oneLevelBelow() {
        return this == REJECT ? QUARANTINE : NONE;
    }

    /** The policy with this keyword, in any case. */
    public static Optional<DmarcPolicy> ofKeyword(String keyword) {
        for (DmarcPolicy policy : values()) {
            if (policy.keyword.equalsIgnoreCase(keyword)) {
                return Optional.of(policy);
            }
        }
        return Optional.empty();
    }
}
