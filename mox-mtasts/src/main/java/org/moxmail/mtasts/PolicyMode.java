package org.moxmail.mtasts;

/** What a sender does when a policy fails to validate, RFC 8461 §5. */
public enum PolicyMode {
    /** Don't deliver to hosts that fail. */
    ENFORCE("enforce"),
    /** Deliver all the same, and report. */
    TESTING("testing"),
    /** There is no policy any more. */
    NONE("none");

    private final String keyword;

    PolicyMode(String keyword) {
        this.keyword = keyword;
    }

    /** The word in the policy. */
    public String keyword() {
        return keyword;
    }
}
