package org.moxmail.dmarc.report;

import java.util.Optional;

/** Why a policy was not applied as published, RFC 9990 §3.1.6 and RFC 7489 appendix C. */
public enum OverrideType {
    /** The message was probably forwarded; RFC 7489 only. */
    FORWARDED("forwarded"),
    /** The receiver's own policy. */
    LOCAL_POLICY("local_policy"),
    /** The message probably came from a mailing list. */
    MAILING_LIST("mailing_list"),
    /** Something else, which the comment may tell. */
    OTHER("other"),
    /** The record has t=y; RFC 9990 only. */
    POLICY_TEST_MODE("policy_test_mode"),
    /** The message was not in the share that pct names; RFC 7489 only. */
    SAMPLED_OUT("sampled_out"),
    /** The message came from a forwarder that the receiver trusts. */
    TRUSTED_FORWARDER("trusted_forwarder");

    private final String keyword;

    OverrideType(String keyword) {
        this.keyword = keyword;
    }

    /** The word in reports. */
    public String keyword() {
        return keyword;
    }

    /** The constant with this word, in any case. */
    public static Optional<OverrideType> ofKeyword(String keyword) {
        for (OverrideType value : values()) {
            if (value.keyword.equalsIgnoreCase(keyword)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
