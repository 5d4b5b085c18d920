package org.moxmail.mtasts;

/** How the lookup of an MTA-STS record went, RFC 8461 §3.1. */
public enum RecordStatus {
    /** There is exactly one, and it is valid. */
    FOUND("found"),
    /** There is none. */
    NONE("none"),
    /** There are several, which counts as none. */
    MULTIPLE("multiple"),
    /** There is one that can't be read, which counts as none. */
    INVALID("invalid"),
    /** DNS gave no answer. */
    DNS_FAILURE("dns-failure");

    private final String keyword;

    RecordStatus(String keyword) {
        this.keyword = keyword;
    }

    /** The word for logs and metrics. */
    public String keyword() {
        return keyword;
    }
}
