package org.moxmail.mtasts;

/** Where the policy that applies comes from. */
public enum PolicySource {
    /** It is the one that the domain announces now. */
    CURRENT("current"),
    /** It was fetched before; whether there is a newer one could not be found out, RFC 8461 §5.1. */
    CACHED("cached"),
    /** None applies: the domain has none, or none that could be got. */
    NONE("none"),
    /** Nobody knows: DNS gave no answer, and nothing valid was fetched before. Try later. */
    UNKNOWN("unknown");

    private final String keyword;

    PolicySource(String keyword) {
        this.keyword = keyword;
    }

    /** The word for logs and metrics. */
    public String keyword() {
        return keyword;
    }
}
