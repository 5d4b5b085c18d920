package org.moxmail.imap;

/**
 * The part of a section that is wanted, {@code <offset.count>}; RFC 9051 §6.4.5.
 *
 * @param offset octets to skip
 * @param count most octets to return, at least 1
 */
public record Partial(long offset, long count) {
    public Partial {
        // RFC 9051 §9: number64 "." nz-number64, so that messages above 4 GiB can be read.
        Grammar.number64(offset);
        if (count < 1) {
            throw new IllegalArgumentException("a partial of " + count + " octets");
        }
    }
}
