package org.moxmail.spf;

/** Whose domain is checked, RFC 7208 §2.3 and §2.4. */
public enum SpfIdentity {
    /** The domain of the reverse-path. */
    MAIL_FROM("mailfrom"),
    /** The name that the client gave itself; the only one with a null reverse-path. */
    HELO("helo");

    private final String keyword;

    SpfIdentity(String keyword) {
        this.keyword = keyword;
    }

    /** The word in Received-SPF, RFC 7208 §9.1. */
    public String keyword() {
        return keyword;
    }
}
