package org.moxmail.store;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.moxmail.store.kv.KvRead;

/**
 * Rows of mailboxes that clients read as a whole, in memory: a client that synchronizes asks for all flags or all
 * envelopes of ten thousand messages, whose rows are all over the tables' files.
 *
 * <p>A mailbox's mod-sequence, which every change of its messages raises and no two writes share, says which rows a snapshot
 * has. So rows are kept under the mod-sequence at which they were read ({@link MailboxRows}), and a snapshot uses those of
 * exactly its own. One that is newer first brings them up to its own with what the tables know of changes and expunges since;
 * one that is older reads the tables. Nobody has to tell the cache of a change, and nothing in it can be out of date.
 *
 * <p>There is one exception: a write that fails on its way to the disk may have been seen, and its mod-sequence is used
 * again for something else. A failed write therefore makes its account forget everything, and readings that began before
 * put nothing in any more.
 *
 * <p>Memory is bounded for all accounts together; the mailbox that was read longest ago makes room.
 *
 * <p>Safe for many threads. The lock is held for moments only; rows are read without it.
 */
final class RowCache {
    /** UIDs, a power of two, whose rows are read and kept together. */
    static final int PIECE_BITS = 12;
    /** Rows of a piece of which fewer are wanted are read one by one. */
    static final int MANY = 256;

    private record Place(OfAccount account, long mailboxId) {}

    private final long limit;
    private final int pieceBits;
    private final int many;
    private final ReentrantLock lock = new ReentrantLock();
    /** The one that was used longest ago first. */
    private final Map<Place, MailboxRows> mailboxes = new LinkedHashMap<>(16, 0.75f, true);

    private long octets;

    /** @param limit octets of memory */
    RowCache(long limit) {
        this(limit, PIECE_BITS, MANY);
    }

    RowCache(long limit, int pieceBits, int many) {
        this.limit = limit;
        this.pieceBits = pieceBits;
        this.many = many;
    }

    int pieceBits() {
        return pieceBits;
    }

    int many() {
        return many;
    }

    /** Octets in use. */
    long octets() {
        lock.lock();
        try {
            return octets;
        } finally {
            lock.unlock();
        }
    }

    /** What a mailbox's rows take, whatever version of them. */
    final class Weight {
        private long own;
        private boolean over;

        /** More is to be kept; false when it can't be. */
        boolean add(long more) {
            lock.lock();
            try {
                if (over || !makeRoom(more, this)) {
                    return false;
                }
                own += more;
                octets += more;
                return true;
            } finally {
                lock.unlock();
            }
        }

        void remove(long less) {
            lock.lock();
            try {
                if (!over) {
                    own -= less;
                    octets -= less;
                }
            } finally {
                lock.unlock();
            }
        }

        /** Under the lock. */
        private void end() {
            over = true;
            octets -= own;
        }
    }

    /** Under the lock: lets others go, the one that was used longest ago first, until there is room. */
    private boolean makeRoom(long more, Weight spared) {
        Iterator<MailboxRows> oldest = mailboxes.values().iterator();
        while (octets + more > limit && oldest.hasNext()) {
            MailboxRows rows = oldest.next();
            if (rows.weight() != spared) {
                rows.weight().end();
                oldest.remove();
            }
        }
        return octets + more <= limit;
    }

    /** An account's part, as long as it is open. */
    final class OfAccount {
        private long generation;

        /** To be called before the snapshot is taken that it shall serve. */
        Reading reading() {
            lock.lock();
            try {
                return new Reading(this, generation);
            } finally {
                lock.unlock();
            }
        }

        /** A write failed, or the account is closed. */
        void forget() {
            lock.lock();
            try {
                generation++;
                mailboxes.entrySet().removeIf(entry -> {
                    boolean mine = entry.getKey().account == this;
                    if (mine) {
                        entry.getValue().weight().end();
                    }
                    return mine;
                });
            } finally {
                lock.unlock();
            }
        }
    }

    /** One snapshot's use of the cache. */
    final class Reading {
        private final OfAccount account;
        private final long generation;

        private Reading(OfAccount account, long generation) {
            this.account = account;
            this.generation = generation;
        }

        /** Of so many rows of a piece it is worth to have all in memory. */
        int many() {
            return many;
        }

        /**
         * A mailbox's rows as the snapshot has them; null when newer ones are known already.
         *
         * @param version the mailbox's mod-sequence in the snapshot
         */
        @Nullable
        MailboxRows rows(KvRead kv, long mailboxId, long version, NarrowRow.Words words) {
            MailboxRows known = find(mailboxId, version);
            if (known == null || known.version() >= version) {
                return known == null || known.version() > version ? null : known;
            }
            return replace(mailboxId, known, known.upgrade(kv, version, words));
        }

        private @Nullable MailboxRows find(long mailboxId, long version) {
            lock.lock();
            try {
                if (account.generation != generation) {
                    return null;
                }
                return mailboxes.computeIfAbsent(
                        new Place(account, mailboxId),
                        place -> new MailboxRows(mailboxId, version, pieceBits, new Weight()));
            } finally {
                lock.unlock();
            }
        }

        /** Unless another reading was quicker or the account forgot. */
        private MailboxRows replace(long mailboxId, MailboxRows known, MailboxRows upgraded) {
            lock.lock();
            try {
                Place place = new Place(account, mailboxId);
                if (account.generation == generation && mailboxes.get(place) == known) {
                    mailboxes.put(place, upgraded);
                }
                return upgraded;
            } finally {
                lock.unlock();
            }
        }
    }

    OfAccount account() {
        return new OfAccount();
    }
}
