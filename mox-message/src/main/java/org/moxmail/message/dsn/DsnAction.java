package org.moxmail.message.dsn;

import java.util.Locale;
import java.util.Optional;

/** What a mail server did with a message for one recipient, RFC 3464 §2.3.3. */
public enum DsnAction {
    /** It couldn't be delivered, and there won't be another attempt. */
    FAILED("failed"),
    /** It couldn't be delivered so far; attempts go on. */
    DELAYED("delayed"),
    /** It was delivered. */
    DELIVERED("delivered"),
    /** It was handed on to where nobody sends notifications of success. */
    RELAYED("relayed"),
    /** It was delivered, and sent on to several addresses. */
    EXPANDED("expanded");

    private final String keyword;

    DsnAction(String keyword) {
        this.keyword = keyword;
    }

    /** The word in the Action field. */
    public String keyword() {
        return keyword;
    }

    /** The action of that word, in any case. */
    public static Optional<DsnAction> ofKeyword(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        for (DsnAction action : values()) {
            if (action.keyword.equals(lower)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }

    /** The status of which nothing more is known: 5.0.0 for failed, 4.0.0 for delayed, 2.0.0 for the others. */
    public DsnStatus undefinedStatus() {
        return switch (this) {
            case FAILED -> DsnStatus.UNDEFINED_FAILURE;
            case DELAYED -> DsnStatus.UNDEFINED_DELAY;
            case DELIVERED, RELAYED, EXPANDED -> DsnStatus.UNDEFINED_SUCCESS;
        };
    }
}
