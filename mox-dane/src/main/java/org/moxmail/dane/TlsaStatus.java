package org.moxmail.dane;

/** What the search for a host's TLSA records obliges a sender to, RFC 7672 §2.2. */
public enum TlsaStatus {
    /** There are usable records: connections must be of TLS, with the server authenticated by them. */
    USABLE("usable"),
    /** There are records, but none that is usable: connections must be of TLS, without authentication. */
    UNUSABLE("unusable"),
    /** There are no records that DNSSEC proves: DANE doesn't apply. */
    NONE("none"),
    /** The host has no addresses. */
    NO_ADDRESS("no-address"),
    /** A lookup failed, or DNSSEC says that an answer is forged: the host must not be used now. */
    DNS_FAILURE("dns-failure");

    private final String keyword;

    TlsaStatus(String keyword) {
        this.keyword = keyword;
    }

    /** The word for logs and metrics. */
    public String keyword() {
        return keyword;
    }
}
