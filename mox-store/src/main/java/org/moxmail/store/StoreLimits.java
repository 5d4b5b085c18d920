package org.moxmail.store;

import java.time.Duration;

/**
 * The store's bounds.
 *
 * @param messageBytes octets of one message, what we put in front included
 * @param rowBytes messages of up to this many octets are rows of the account's tables, larger ones files; measured, see
 *     the decision record on message bytes
 * @param quotaBytes octets of an account that has no limit of its own; 0 or less for no limit
 * @param messagesPerWrite messages that one write may change, copy or move; a client's larger command is cut into several
 *     writes by who executes it
 * @param keywordsPerMailbox different keywords of one mailbox's messages
 * @param mailboxes of one account
 * @param queuedChanges changes that wait for one cursor before they become an overflow
 * @param groupedWrites writes that one commit carries
 * @param groupedBytes octets of a commit after which no further write joins it
 * @param deliveryKeys idempotency keys of deliveries that an account remembers
 * @param deliveryKeyAge how long it remembers them; the newest tenth of so many for longer, since clocks may jump
 * @param idle how long an account that nobody uses stays open
 * @param cacheBytes memory with which all accounts together cache their tables; half as much again is for rows of
 *     mailboxes that are read as a whole
 */
public record StoreLimits(
        long messageBytes,
        int rowBytes,
        long quotaBytes,
        int messagesPerWrite,
        int keywordsPerMailbox,
        int mailboxes,
        int queuedChanges,
        int groupedWrites,
        long groupedBytes,
        int deliveryKeys,
        Duration deliveryKeyAge,
        Duration idle,
        long cacheBytes) {
    /** What a server starts with. */
    public static final StoreLimits DEFAULT = new StoreLimits(
            100L << 20,
            128 << 10,
            0,
            50_000,
            200,
            10_000,
            10_000,
            64,
            4 << 20,
            10_000,
            Duration.ofDays(7),
            Duration.ofMinutes(1),
            64L << 20);

    public StoreLimits {
        if (messageBytes < 1 || rowBytes < 0 || rowBytes > 1 << 20) {
            throw new IllegalArgumentException("limits of message octets");
        }
        if (messagesPerWrite < 1 || keywordsPerMailbox < 0 || mailboxes < 1 || queuedChanges < 1) {
            throw new IllegalArgumentException("limits of an account");
        }
        if (groupedWrites < 1 || groupedBytes < 0 || deliveryKeys < 0 || cacheBytes < 1 << 20) {
            throw new IllegalArgumentException("limits of the store");
        }
    }

    /** The same with another size up to which messages are rows. */
    public StoreLimits withRowBytes(int rowBytes) {
        return new StoreLimits(
                messageBytes,
                rowBytes,
                quotaBytes,
                messagesPerWrite,
                keywordsPerMailbox,
                mailboxes,
                queuedChanges,
                groupedWrites,
                groupedBytes,
                deliveryKeys,
                deliveryKeyAge,
                idle,
                cacheBytes);
    }

    /** The same with another number of deliveries that an account remembers. */
    public StoreLimits withDeliveryKeys(int deliveryKeys) {
        return new StoreLimits(
                messageBytes,
                rowBytes,
                quotaBytes,
                messagesPerWrite,
                keywordsPerMailbox,
                mailboxes,
                queuedChanges,
                groupedWrites,
                groupedBytes,
                deliveryKeys,
                deliveryKeyAge,
                idle,
                cacheBytes);
    }
}
