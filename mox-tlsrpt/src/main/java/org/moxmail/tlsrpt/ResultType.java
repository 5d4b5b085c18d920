package org.moxmail.tlsrpt;

import java.util.Arrays;
import java.util.Optional;

/** Why sessions failed, RFC 8460 §4.3. The list grows: reports may have others. */
public enum ResultType {
    /** The server has no STARTTLS. */
    STARTTLS_NOT_SUPPORTED("starttls-not-supported"),
    /** The certificate is for other names. */
    CERTIFICATE_HOST_MISMATCH("certificate-host-mismatch"),
    /** The certificate's time is over. */
    CERTIFICATE_EXPIRED("certificate-expired"),
    /** The certificate has no chain to a trusted authority, or has another fault that hasn't its own type. */
    CERTIFICATE_NOT_TRUSTED("certificate-not-trusted"),
    /** Anything else; a failure reason should tell. */
    VALIDATION_FAILURE("validation-failure"),
    /** None of the TLSA records is valid. */
    TLSA_INVALID("tlsa-invalid"),
    /** The resolver gave no valid records. */
    DNSSEC_INVALID("dnssec-invalid"),
    /** The sender requires DANE of this domain, and there are no TLSA records. */
    DANE_REQUIRED("dane-required"),
    /** The MTA-STS policy could not be got. */
    STS_POLICY_FETCH_ERROR("sts-policy-fetch-error"),
    /** The MTA-STS policy can't be read. */
    STS_POLICY_INVALID("sts-policy-invalid"),
    /** The certificate of the MTA-STS policy's host is not valid. */
    STS_WEBPKI_INVALID("sts-webpki-invalid");

    private final String keyword;

    ResultType(String keyword) {
        this.keyword = keyword;
    }

    /** The word in reports. */
    public String keyword() {
        return keyword;
    }

    /** The type with this word, in any case; empty when the standard doesn't know it. */
    public static Optional<ResultType> of(String keyword) {
        return Arrays.stream(values())
                .filter(type -> type.keyword.equalsIgnoreCase(keyword))
                .findFirst();
    }
}
