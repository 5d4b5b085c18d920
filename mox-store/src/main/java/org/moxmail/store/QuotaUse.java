package org.moxmail.store;

/**
 * An account's storage, RFC 9208 §5.1.
 *
 * @param usedBytes sum of the sizes of all messages
 * @param limitBytes that holds for the account; negative for none
 */
public record QuotaUse(long usedBytes, long limitBytes) {
    /** Whether {@code more} octets fit. */
    public boolean fits(long more) {
        return limitBytes < 0 || more <= limitBytes - usedBytes;
    }
}
