package org.moxmail.dmarc.report;

import java.util.Optional;

/** How a record was found, RFC 9990 §3.1.1.5. */
public enum DiscoveryMethod {
    /** With a public suffix list, RFC 7489. */
    PSL("psl"),
    /** With the tree walk, RFC 9989. */
    TREE_WALK("treewalk");

    private final String keyword;

    DiscoveryMethod(String keyword) {
        this.keyword = keyword;
    }

    /** The word in reports. */
    public String keyword() {
        return keyword;
    }

    /** The constant with this word, in any case. */
    public static Optional<DiscoveryMethod> ofKeyword(String keyword) {
        for (DiscoveryMethod value : values()) {
            if (value.keyword.equalsIgnoreCase(keyword)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
