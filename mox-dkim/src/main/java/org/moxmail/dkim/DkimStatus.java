package org.moxmail.dkim;

/** The result of a signature, RFC 8601 §2.7.1. */
public enum DkimStatus {
    /** The message is as good as unsigned: there is no signature, or its domain is only testing. */
    NONE("none"),
    /** The signature is good and acceptable. */
    PASS("pass"),
    /** The signature doesn't match the message. */
    FAIL("fail"),
    /** The signature isn't acceptable here, whether good or not. */
    POLICY("policy"),
    /** The signature couldn't be processed for a reason of no consequence. This library has none. */
    NEUTRAL("neutral"),
    /** It couldn't be found out, and may be later. */
    TEMPERROR("temperror"),
    /** The signature can't be verified, now or later. */
    PERMERROR("permerror");

    private final String keyword;

    DkimStatus(String keyword) {
        this.keyword = keyword;
    }

    /** The word in Authentication-Results. */
    public String keyword() {
        return keyword;
    }
}
