package org.moxmail.dkim;

/** The Chain Validation Status, RFC 8617 §4.4. */
public enum ArcStatus {
    /** There is no chain. */
    NONE("none"),
    /** There is a chain, and it is good. */
    PASS("pass"),
    /** There is a chain, and it is broken: as good as none. */
    FAIL("fail");

    private final String keyword;

    ArcStatus(String keyword) {
        this.keyword = keyword;
    }

    /** The word in the cv= tag and in Authentication-Results. */
    public String keyword() {
        return keyword;
    }
}
