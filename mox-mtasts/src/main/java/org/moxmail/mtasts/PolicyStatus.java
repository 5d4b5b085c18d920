package org.moxmail.mtasts;

/** How fetching a policy went, RFC 8461 §3.3; the failures are told apart as TLSRPT does, RFC 8460 §4.3.2.2. */
public enum PolicyStatus {
    /** There is a valid policy. */
    FOUND("found"),
    /** The policy host doesn't exist, or has no policy (404). */
    NOT_FOUND("not-found"),
    /** The policy host could not be reached, or answered with something other than a policy. */
    FETCH_ERROR("sts-policy-fetch-error"),
    /** The policy host's certificate isn't valid for it. */
    CERTIFICATE_INVALID("sts-webpki-invalid"),
    /** The policy can't be read. */
    POLICY_INVALID("sts-policy-invalid");

    private final String keyword;

    PolicyStatus(String keyword) {
        this.keyword = keyword;
    }

    /** The word for logs and metrics, and for failures in a TLS report. */
    public String keyword() {
        return keyword;
    }
}
