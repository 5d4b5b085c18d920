package org.moxmail.dmarc;

import java.util.Optional;

/** When a domain owner wants failure reports, the values of {@code fo}, RFC 9989 §4.7. */
public enum FailureOption {
    /** When no mechanism gave an aligned pass. */
    ALL("0"),
    /** When any mechanism failed to give one. Never together with {@link #ALL}. */
    ANY("1"),
    /** When a DKIM signature failed, aligned or not, RFC 6651. */
    DKIM("d"),
    /** When SPF failed, aligned or not, RFC 6652. */
    SPF("s");

    private final String keyword;

    FailureOption(String keyword) {
        this.keyword = keyword;
    }

    /** The character in records. */
    public String keyword() {
        return keyword;
    }

    /** The option with this character, in any case. */
    public static Optional<FailureOption> ofKeyword(String keyword) {
        for (FailureOption option : values()) {
            if (option.keyword.equalsIgnoreCase(keyword)) {
                return Optional.of(option);
            }
        }
        return Optional.empty();
    }
}
