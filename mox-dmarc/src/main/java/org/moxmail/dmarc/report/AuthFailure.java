package org.moxmail.dmarc.report;

import java.util.Optional;

/** What failed, the Auth-Failure field, RFC 6591 §3.3 and RFC 9991 §4. */
public enum AuthFailure {
    /** DKIM, by the signing practices of RFC 5617. */
    ADSP("adsp"),
    /** DKIM: the body is another. */
    BODY_HASH("bodyhash"),
    /** No mechanism gave an aligned pass. */
    DMARC("dmarc"),
    /** DKIM: the key is revoked. */
    REVOKED("revoked"),
    /** DKIM: the signature. */
    SIGNATURE("signature"),
    /** SPF. */
    SPF("spf");

    private final String keyword;

    AuthFailure(String keyword) {
        this.keyword = keyword;
    }

    /** The word in reports. */
    public String keyword() {
        return keyword;
    }

    /** The constant with this word, in any case. */
    public static Optional<AuthFailure> ofKeyword(String keyword) {
        for (AuthFailure value : values()) {
            if (value.keyword.equalsIgnoreCase(keyword)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
