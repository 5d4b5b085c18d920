package org.moxmail.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.mailbox.Change;
import org.moxmail.message.mailbox.Commit;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.UidSet;

/**
 * What one write to an account works on: its tables, the rows that it shares with the writes beside it, the write's
 * mod-sequence, and the changes to be told once it is durable.
 */
final class AccountTx {
    private static final byte[] EMPTY = new byte[0];

    private final PendingRows pending;
    private final Tx tx;
    private final StoreLimits limits;
    private final long nowMillis;
    private final List<Change> changes = new ArrayList<>();
    private final List<SpooledMessage.Placed> taken = new ArrayList<>();
    private long modSeq;
    private boolean removed;

    AccountTx(PendingRows pending, StoreLimits limits, long nowMillis) {
        this.pending = pending;
        this.limits = limits;
        this.nowMillis = nowMillis;
        tx = pending.tx();
    }

    Tx tx() {
        return tx;
    }

    StoreLimits limits() {
        return limits;
    }

    long nowMillis() {
        return nowMillis;
    }

    AccountState state() {
        return pending.state();
    }

    /** The mod-sequence of this write; having one makes it a change of the account. */
    long modSeq() {
        if (modSeq == 0) {
            modSeq = ++state().lastModSeq;
        }
        return modSeq;
    }

    /** A mailbox's counters, to be changed. */
    Counters counters(long mailboxId) {
        return pending.counters(mailboxId);
    }

    /** Begins a mailbox's counters. */
    void add(Counters fresh) {
        pending.add(fresh);
    }

    void drop(long mailboxId) {
        pending.drop(mailboxId);
    }

    /** Something about a mailbox changed. */
    void touch(long mailboxId) {
        counters(mailboxId).highestModSeq = modSeq();
    }

    void record(Change change) {
        changes.add(change);
    }

    void take(SpooledMessage.Placed placed) {
        taken.add(placed);
    }

    List<SpooledMessage.Placed> taken() {
        return taken;
    }

    /** Writes pending changes of sets of UIDs. */
    void flushSets() {
        pending.bitmaps().flush();
    }

    /** Writes all that is pending; what isn't is written when the transaction ends. */
    void flush() {
        pending.flush();
    }

    /** What to tell of this write; null for nothing. */
    @Nullable
    Commit commit(long origin) {
        return changes.isEmpty() ? null : new Commit(state().lastModSeq, origin, changes);
    }

    /** Whether messages were removed that somebody may still read. */
    boolean removed() {
        return removed;
    }

    void noteRemoved() {
        removed = true;
    }

    /**
     * The one place where a mailbox's message comes, changes or goes: everything that is derived from its row follows here
     * from the row before and the row after.
     */
    void change(long mailboxId, NarrowRow.@Nullable Stored before, NarrowRow.@Nullable Stored after) {
        NarrowRow.Stored either = after != null ? after : before;
        if (either == null) {
            throw new IllegalArgumentException("neither a row before nor one after");
        }
        long uid = either.uid();
        byte[] key = NarrowRow.key(mailboxId, uid);
        if (before != null) {
            tx.writeKv().delete(Tables.BY_MODSEQ, NarrowRow.modSeqKey(mailboxId, before.modSeq(), uid));
        }
        if (after != null) {
            tx.writeKv().put(Tables.MESSAGES, key, encode(mailboxId, after));
            tx.writeKv().put(Tables.BY_MODSEQ, NarrowRow.modSeqKey(mailboxId, after.modSeq(), uid), EMPTY);
        } else {
            tx.writeKv().delete(Tables.MESSAGES, key);
        }
        index(Tables.UIDS, mailboxId, uid, before != null, after != null);
        index(Tables.UNSEEN, mailboxId, uid, isUnseen(before), isUnseen(after));
        index(Tables.DELETED, mailboxId, uid, isDeleted(before), isDeleted(after));
        count(mailboxId, before, -1);
        count(mailboxId, after, 1);
        touch(mailboxId);
    }

    private void index(int table, long mailboxId, long uid, boolean before, boolean after) {
        if (before != after) {
            pending.bitmaps().set(table, mailboxId, uid, after);
        }
    }

    private static boolean isUnseen(NarrowRow.@Nullable Stored row) {
        return row != null && !row.flags().has(Flags.SEEN);
    }

    private static boolean isDeleted(NarrowRow.@Nullable Stored row) {
        return row != null && row.flags().has(Flags.DELETED);
    }

    private void count(long mailboxId, NarrowRow.@Nullable Stored row, int sign) {
        if (row == null) {
            return;
        }
        Counters counts = counters(mailboxId);
        counts.messages += sign;
        counts.sizeBytes += sign * row.sizeBytes();
        if (isUnseen(row)) {
            counts.unseen += sign;
        }
        if (isDeleted(row)) {
            counts.deleted += sign;
            counts.deletedSizeBytes += sign * row.sizeBytes();
        }
    }

    private byte[] encode(long mailboxId, NarrowRow.Stored row) {
        List<String> words = row.flags().keywords();
        long[] numbers = new long[words.size()];
        for (int i = 0; i < numbers.length; i++) {
            Long number = pending.keywordNumbers(mailboxId).get(words.get(i));
            if (number == null) {
                throw new IllegalStateException("keyword " + words.get(i) + " wasn't declared");
            }
            numbers[i] = number;
        }
        java.util.Arrays.sort(numbers);
        return NarrowRow.encode(
                row.modSeq(),
                row.flags().bits(),
                row.sizeBytes(),
                row.internalDateMillis(),
                row.saveDateMillis(),
                row.messageId(),
                numbers);
    }

    /** Whether a mailbox can have these keywords too. */
    boolean keywordsFit(long mailboxId, Collection<String> words) {
        if (words.isEmpty()) {
            return true;
        }
        Map<String, Long> numbers = pending.keywordNumbers(mailboxId);
        long fresh = words.stream()
                .distinct()
                .filter(word -> !numbers.containsKey(word))
                .count();
        return fresh == 0 || numbers.size() + fresh <= limits.keywordsPerMailbox();
    }

    /** Gives a mailbox the keywords that it doesn't have yet. */
    void declare(long mailboxId, Collection<String> words) {
        if (words.isEmpty()) {
            return;
        }
        Map<String, Long> numbers = pending.keywordNumbers(mailboxId);
        boolean added = false;
        for (String word : words) {
            if (!numbers.containsKey(word)) {
                KeywordRow row = new KeywordRow(mailboxId, counters(mailboxId).nextKeyword++, word);
                tx.insert(Tables.KEYWORDS, row);
                numbers.put(word, row.number());
                added = true;
            }
        }
        if (added) {
            touch(mailboxId);
            List<String> all = new ArrayList<>(numbers.keySet());
            all.sort(Comparator.naturalOrder());
            record(new Change.KeywordsAdded(mailboxId, all));
        }
    }

    /** The next UID of a mailbox; the caller has seen to it that there is one. */
    long nextUid(long mailboxId) {
        return counters(mailboxId).uidNext++;
    }

    /** Whether a mailbox has UIDs for so many more messages. */
    boolean uidsLeft(long mailboxId, long count) {
        return UidSet.MAX - counters(mailboxId).uidNext >= count;
    }
}
