package org.moxmail.store;

import java.util.List;

/**
 * The key spaces of an account's environment. Numbers are forever: a new kind of row gets the next free one, and a number
 * that isn't used any more stays taken. Those with a declared {@link Table} are written through it; the others hold rows
 * that come by the million and are laid out by hand, by the class named with them.
 */
final class Tables {
    /** What there is once per account. */
    static final Table<AccountState> STATE = Table.of(1, "state", AccountState.CODEC, row -> Key.of(1));

    /** A mailbox's name and what else seldom changes. */
    static final Table<MailboxRow> MAILBOXES =
            Table.of(2, "mailboxes", MailboxRow.CODEC, row -> MailboxRow.key(row.id()));

    static final Index<MailboxRow> MAILBOX_BY_NAME = MAILBOXES.index(
            3, "mailboxes by name", row -> List.of(Key.of(row.name().toString())));

    /** A mailbox's counts and counters, written with every change to its messages. */
    static final Table<Counters> COUNTERS =
            Table.of(4, "counters", Counters.CODEC, row -> MailboxRow.key(row.mailboxId));

    /** A mailbox's keywords by the small numbers that its messages' rows have for them. */
    static final Table<KeywordRow> KEYWORDS = Table.of(5, "keywords", KeywordRow.CODEC, KeywordRow::key);

    /** By mailbox and UID, see {@link NarrowRow}. */
    static final int MESSAGES = 6;
    /** By mailbox, mod-sequence and UID; values are empty. */
    static final int BY_MODSEQ = 7;
    /** UIDs of a mailbox, see {@link UidBitmaps}. */
    static final int UIDS = 8;
    /** Those without {@code \Seen}. */
    static final int UNSEEN = 9;
    /** Those with {@code \Deleted}. */
    static final int DELETED = 10;
    /** What left a mailbox, see {@link ExpungeHistory}. */
    static final int EXPUNGED = 11;

    /** What a message is like inside, by message id. */
    static final Table<DetailsRow> DETAILS =
            Table.ofLarge(12, "details", DetailsRow.CODEC, row -> Key.of(row.messageId()));

    /** Octets of messages: where they are and how many messages share them. */
    static final Table<BytesRow> BYTES = Table.of(13, "bytes", BytesRow.CODEC, row -> Key.of(row.bytesId()));

    /** By bytes id and part: octets that are kept as rows, see {@link MessageBytes}. */
    static final int OCTETS = 14;
    /** By mod-sequence and message id: removed messages that somebody may still read; values are empty. */
    static final int ERASE = 15;
    /** By bytes id: files that nothing names any more; values are empty. */
    static final int DOOMED = 16;

    /** Subscribed names. */
    static final Table<NameRow> SUBSCRIPTIONS = Table.of(
            17, "subscriptions", NameRow.CODEC, row -> Key.of(row.name().toString()));

    static final Table<Secret> SECRETS = Table.of(18, "secrets", SecretCodec.CODEC, row -> SecretCodec.key(row.kind()));

    /** Deliveries that had a key. */
    static final Table<DeliveryRow> DELIVERIES =
            Table.of(19, "deliveries", DeliveryRow.CODEC, row -> Key.of(row.key()));

    static final Index<DeliveryRow> DELIVERIES_BY_AGE =
            DELIVERIES.index(20, "deliveries by age", row -> List.of(Key.of(row.number())));

    /** By a hash of the Message-ID, and the message id; see {@link Threads}. */
    static final int THREAD_LINKS = 21;

    /** Names that a mailbox had and gave up. */
    static final Table<FormerName> FORMER_NAMES = Table.of(
            22, "former names", FormerName.CODEC, row -> Key.of(row.name().toString()));

    /** By mod-sequence and mailbox id: deleted mailboxes whose messages are still to be purged; values are empty. */
    static final int PURGES = 23;
    /** By mod-sequence, mailbox id and UID: messages that left a mailbox, see {@link RemovedRows}. */
    static final int REMOVED = 24;

    /** By a hash of the base subject, mailbox, time and the message id; see {@link Threads}. */
    static final int THREAD_TOPICS = 25;

    /** Those that are declared. */
    static final List<Table<?>> DECLARED = List.of(
            STATE, MAILBOXES, COUNTERS, KEYWORDS, DETAILS, BYTES, SUBSCRIPTIONS, SECRETS, DELIVERIES, FORMER_NAMES);

    private Tables() {}
}
