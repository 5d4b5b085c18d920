package org.moxmail.imap;

import java.util.List;

/** What LIST returns besides names, RFC 9051 §6.3.9.2. */
public sealed interface ListReturn {
    /** The options that are one word. */
    enum Option implements ListReturn {
        SUBSCRIBED("SUBSCRIBED"),
        CHILDREN("CHILDREN"),
        /** RFC 6154 §2. */
        SPECIAL_USE("SPECIAL-USE");

        private final String keyword;

        Option(String keyword) {
            this.keyword = keyword;
        }

        /** The word on the wire. */
        public String keyword() {
            return keyword;
        }
    }

    /** A STATUS response for each mailbox, RFC 5819. */
    record Status(List<StatusItem> items) implements ListReturn {
        public Status {
            items = List.copyOf(items);
            if (items.isEmpty()) {
                throw new IllegalArgumentException("no status item");
            }
        }
    }
}
