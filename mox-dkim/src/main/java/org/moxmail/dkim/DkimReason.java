package org.moxmail.dkim;

/** Why a signature has its result: the first step of verification that decided. */
public enum DkimReason {
    /** Everything is good. */
    VERIFIED(DkimStatus.PASS, "signature verified"),
    /** The header is longer than the limit. */
    HEADER_TOO_LARGE(DkimStatus.PERMERROR, "header is too large"),
    /** There are more signatures, or more different body hashes, than the limit. */
    TOO_MANY(DkimStatus.POLICY, "too many signatures"),
    /** The field can't be read, RFC 6376 §6.1.1. */
    SYNTAX(DkimStatus.PERMERROR, "signature can't be read"),
    /** The From field isn't signed, RFC 6376 §6.1.1. */
    FROM_NOT_SIGNED(DkimStatus.PERMERROR, "From field isn't signed"),
    /** The signature has expired, RFC 6376 §6.1.1. */
    EXPIRED(DkimStatus.PERMERROR, "signature has expired"),
    /** The domain is a public suffix, which can't answer for those below it, RFC 6376 §6.1.1. */
    PUBLIC_SUFFIX(DkimStatus.PERMERROR, "domain is a public suffix"),
    /** The algorithm isn't known, or not to be accepted by RFC 8301 §3.1. */
    ALGORITHM(DkimStatus.PERMERROR, "algorithm isn't acceptable"),
    /** The key is to be had in ways that aren't known, RFC 6376 §6.1.2. */
    QUERY_METHOD(DkimStatus.PERMERROR, "no known way to get the key"),
    /** The receiver's {@link DkimPolicy} refuses it. */
    POLICY(DkimStatus.POLICY, "not acceptable here"),
    /** There is no key, RFC 6376 §6.1.2. */
    NO_KEY(DkimStatus.PERMERROR, "no key in the DNS"),
    /** The DNS gave no answer, RFC 6376 §6.1.2. */
    DNS(DkimStatus.TEMPERROR, "key couldn't be looked up"),
    /** There is a record, but no key record that can be read, RFC 6376 §6.1.2. */
    KEY_SYNTAX(DkimStatus.PERMERROR, "key record can't be read"),
    /** There are several key records, which RFC 6376 §3.6.2.2 leaves undefined. */
    SEVERAL_KEYS(DkimStatus.TEMPERROR, "several key records"),
    /** The key isn't to be used with this hash, RFC 6376 §6.1.2. */
    HASH_NOT_ALLOWED(DkimStatus.PERMERROR, "key isn't for this hash algorithm"),
    /** The key is for another algorithm, RFC 6376 §6.1.2. */
    KEY_TYPE(DkimStatus.PERMERROR, "key is for another algorithm"),
    /** The key was revoked, RFC 6376 §6.1.2. */
    KEY_REVOKED(DkimStatus.PERMERROR, "key was revoked"),
    /** The key has less bits than RFC 8301 §3.2 allows. */
    WEAK_KEY(DkimStatus.PERMERROR, "key is too short"),
    /** The key isn't for mail, RFC 6376 §3.6.1. */
    KEY_NOT_FOR_EMAIL(DkimStatus.PERMERROR, "key isn't for mail"),
    /** The key asks for the identity to be in the domain itself, RFC 6376 §3.6.1. */
    IDENTITY(DkimStatus.PERMERROR, "identity is in a subdomain, which the key doesn't allow"),
    /** The signature doesn't match the header, RFC 6376 §6.1.3. */
    SIGNATURE(DkimStatus.FAIL, "signature doesn't match the header"),
    /** The body isn't the one that was signed, RFC 6376 §6.1.3. */
    BODY_HASH(DkimStatus.FAIL, "body was changed");

    private final DkimStatus status;
    private final String text;

    DkimReason(DkimStatus status, String text) {
        this.status = status;
        this.text = text;
    }

    /** The result it leads to, unless the domain is only testing. */
    public DkimStatus status() {
        return status;
    }

    /** The reason in words. */
    public String text() {
        return text;
    }
}
