package org.moxmail.dkim;

import java.util.Optional;

/** How much a signature forgives of what mail servers do to a message on its way, RFC 6376 §3.4. */
public enum Canonicalization {
    /** Nothing, but empty lines at the end of the body, RFC 6376 §3.4.1 and §3.4.3. */
    SIMPLE("simple"),
    /** Changed white space, folding, and case of field names, RFC 6376 §3.4.2 and §3.4.4. */
    RELAXED("relaxed");

    private final String keyword;

    Canonicalization(String keyword) {
        this.keyword = keyword;
    }

    /** The word in the c= tag. */
    public String keyword() {
        return keyword;
    }

    static Optional<Canonicalization> of(String keyword) {
        for (Canonicalization value : values()) {
            if (value.keyword.equals(keyword)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
