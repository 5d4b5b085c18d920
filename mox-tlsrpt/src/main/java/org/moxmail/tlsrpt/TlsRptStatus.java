package org.moxmail.tlsrpt;

/** How the lookup of a TLSRPT record went, RFC 8460 §3. */
public enum TlsRptStatus {
    /** There is exactly one, and it is valid. */
    FOUND("found"),
    /** There is none: no reports are wanted. */
    NONE("none"),
    /** There are several, which counts as none. */
    MULTIPLE("multiple"),
    /** DNS gave no answer: whether reports are wanted is to be asked later. */
    TEMPERROR("temperror"),
    /** There is one that can't be read, which counts as none. */
    PERMERROR("permerror");

    private final String keyword;

    TlsRptStatus(String keyword) {
        this.keyword = keyword;
    }

    /** The word for logs and metrics. */
    public String keyword() {
        return keyword;
    }
}
