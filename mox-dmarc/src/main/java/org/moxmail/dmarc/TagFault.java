package org.moxmail.dmarc;

import java.util.Objects;

/**
 * What is wrong in a record that is used all the same: the tag doesn't count and its default does, RFC 9989 §4.8.
 *
 * @param offset where, in chars from 0
 * @param reason for a postmaster, fit for the {@code error} element of an aggregate report
 */
public record TagFault(int offset, String reason) {
    public TagFault {
        Objects.requireNonNull(reason);
    }

    /** The reason and where. */
    @Override
    public String toString() {
        return reason + " at offset " + offset;
    }
}
