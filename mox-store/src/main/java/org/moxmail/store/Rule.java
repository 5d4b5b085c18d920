package org.moxmail.store;

/** What holds in every account that is sound; {@link Account#verify()} checks all of it. */
public enum Rule {
    /** Every row can be read, and stands under the key that belongs to it. */
    READABLE("readable"),
    /** Mailbox names are unique, and the index by name knows exactly them. */
    NAMES("names"),
    /** A mailbox's parent exists. */
    PARENTS("parents"),
    /** Ids of mailboxes, messages and deliveries are below the next one that will be given. */
    IDS("ids"),
    /** UIDVALIDITY is unique in an account, and below the next one that will be given. */
    UID_VALIDITY("uidvalidity"),
    /** A special use belongs to one mailbox at most. */
    SPECIAL_USES("special-uses"),
    /** Each mailbox has counters, and nothing else has. */
    COUNTERS("counters"),
    /** A mailbox's counts of messages, unseen and deleted ones and of their octets are those of its messages. */
    COUNTS("counts"),
    /** The account's use of storage is the sum of its mailboxes' octets. */
    QUOTA("quota"),
    /** UIDs are below the mailbox's UIDNEXT. */
    UID_NEXT("uidnext"),
    /** A message's mod-sequence isn't above its mailbox's, that one not above the account's, and none is 0. */
    MOD_SEQUENCES("mod-sequences"),
    /** The index by mod-sequence has exactly one entry for each message. */
    MOD_SEQUENCE_INDEX("mod-sequence-index"),
    /** The set of a mailbox's UIDs is that of its messages. */
    UIDS("uids"),
    /** The set of UIDs without {@code \Seen} is that of such messages. */
    UNSEEN("unseen"),
    /** The set of UIDs with {@code \Deleted} is that of such messages. */
    DELETED("deleted"),
    /** A mailbox's keywords are unique, and a message has none that its mailbox doesn't have. */
    KEYWORDS("keywords"),
    /** The history of expunges names UIDs that were given and aren't there, and mod-sequences that were. */
    EXPUNGES("expunges"),
    /** No rows belong to a mailbox that doesn't exist and isn't being purged. */
    STRAYS("strays"),
    /** Each message in a mailbox has details, which say where it is and how large. */
    DETAILS("details"),
    /** Each row of details belongs to a message that is in a mailbox or waits to be erased. */
    PLACES("places"),
    /** A message's thread and e-mail id are those of a message that isn't younger. */
    THREADS("threads"),
    /** The rows that lead to threads are exactly those that messages' details ask for. */
    THREAD_LINKS("thread-links"),
    /** A message's octets and its prefix make up its size, and what is said of its inside lies inside. */
    SIZES("sizes"),
    /** Octets are shared by exactly so many messages as is counted. */
    SHARES("shares"),
    /** Octets that are rows are all there, and belong to something. */
    OCTETS("octets"),
    /** Octets that are a file have a file of their size. */
    FILES("files"),
    /** Each file belongs to octets, waits to be deleted, or is just being written. */
    STRAY_FILES("stray-files"),
    /** What waits to be erased was removed by a write that was, and isn't in a mailbox. */
    REMOVALS("removals"),
    /** The index of deliveries by age has exactly one entry for each remembered delivery. */
    DELIVERIES("deliveries");

    private final String title;

    Rule(String title) {
        this.title = title;
    }

    /** Its name for people. */
    public String title() {
        return title;
    }
}
