package org.moxmail.dmarc.report;

import java.util.Optional;

/** What became of a message, the Delivery-Result field, RFC 6591 §3.2.2. */
public enum DeliveryResult {
    /** It was delivered. */
    DELIVERED("delivered"),
    /** It was delivered as spam. */
    SPAM("spam"),
    /** It was not delivered, by a policy. */
    POLICY("policy"),
    /** It was refused. */
    REJECT("reject"),
    /** Something else. */
    OTHER("other");

    private final String keyword;

    DeliveryResult(String keyword) {
        this.keyword = keyword;
    }

    /** The word in reports. */
    public String keyword() {
        return keyword;
    }

    /** The constant with this word, in any case. */
    public static Optional<DeliveryResult> ofKeyword(String keyword) {
        for (DeliveryResult value : values()) {
            if (value.keyword.equalsIgnoreCase(keyword)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
