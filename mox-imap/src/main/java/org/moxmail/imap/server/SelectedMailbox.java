package org.moxmail.imap.server;

import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.moxmail.imap.SequenceSet;
import org.moxmail.message.mailbox.Change;
import org.moxmail.message.mailbox.Commit;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MailboxInfo;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.UidSet;

/**
 * The selected mailbox as the client knows it, and what it hasn't been told yet.
 *
 * <p>A message number is a position in {@link #uids}, the messages that the client was told of. Commits, whoever made
 * them, never touch that set: they only add to what is pending. The set changes in {@link #tell}, in step with what is
 * written to the client. So a number means the same message from one call of tell to the next, whatever others do, and
 * the rule that no EXPUNGE may come at certain moments (RFC 9051 §7.5.1) is kept by not calling it then.
 *
 * <p>Pending is kept merged rather than as a queue: messages that came, those that went, and the latest flags of those
 * that stay. A message that came and went untold is never told. Merging bounds the memory by the mailbox instead of by
 * the number of changes, and a client that looks rarely hears each thing once.
 *
 * <p>Merged state stays right because of the order in which things happen: whatever is read or written on the client's
 * behalf has a commit that is in the cursor by then, so the next tell, which takes everything from the cursor first, never
 * tells anything older than what the client has seen.
 */
final class SelectedMailbox {
    /** Hears what is told, in the order in which the client must be told. */
    interface Updates {
        /** The message that has this number now is gone, and the numbers above it are one lower. */
        void expunged(long number, long uid) throws IOException;

        /** How many messages there are now. */
        void exists(long count) throws IOException;

        void flags(long number, long uid, Flags flags, long modSeq) throws IOException;
    }

    /** What the client knows of a commit when it comes to us. */
    enum Known {
        /** Nothing: somebody else made it, or the client wasn't told of what it did. */
        NOTHING,
        /** The flags of all messages in it: this session told them. */
        FLAGS,
        /** What was to be done to flags: the client asked for it, and not to be told, and it was told nothing. */
        EDIT
    }

    private record Told(Flags flags, long modSeq) {}

    private final long id;
    private final boolean readOnly;
    private long snapshot;
    private MailboxName name;
    private boolean deleted;
    /** What the client was told of; the position gives the message number. */
    private UidSet uids;
    /** Part of uids. */
    private UidSet gone = UidSet.EMPTY;
    /** Not in uids. */
    private UidSet fresh = UidSet.EMPTY;
    /** Null when empty, since most mailboxes of idle connections have nothing pending. */
    private @Nullable TreeMap<Long, Told> flags;

    private UidSet saved = UidSet.EMPTY;

    /**
     * @param snapshot the account's highest mod-sequence when uids were read: commits up to it are in them
     */
    SelectedMailbox(MailboxInfo mailbox, boolean readOnly, UidSet uids, long snapshot) {
        id = mailbox.id();
        name = mailbox.name();
        this.readOnly = readOnly;
        this.uids = uids;
        this.snapshot = snapshot;
    }

    long id() {
        return id;
    }

    MailboxName name() {
        return name;
    }

    boolean readOnly() {
        return readOnly;
    }

    /** The mailbox was deleted by somebody; only leaving it works now. */
    boolean deleted() {
        return deleted;
    }

    /** Commits up to this are in what was read. */
    long snapshot() {
        return snapshot;
    }

    /** What the client was told of. */
    UidSet uids() {
        return uids;
    }

    /** Told messages that are removed by now. */
    UidSet gone() {
        return gone;
    }

    /** Removals wait to be told, so their octets are still wanted. */
    boolean hasPendingRemovals() {
        return !gone.isEmpty();
    }

    boolean hasPending() {
        return !gone.isEmpty() || !fresh.isEmpty() || flags != null;
    }

    /** The message number, or 0 when the client doesn't know the message. */
    long number(long uid) {
        return uids.indexOf(uid) + 1;
    }

    /** The numbers of {@code of}, which are all known. */
    UidSet numbers(UidSet of) {
        UidSet.Builder numbers = new UidSet.Builder();
        for (int i = 0; i < of.ranges(); i++) {
            // Neighbouring UIDs that are all known have neighbouring numbers.
            numbers.add(number(of.first(i)), number(of.last(i)));
        }
        return numbers.build();
    }

    /** The saved search result, RFC 9051 §6.4.4.1. */
    UidSet saved() {
        return saved;
    }

    void save(UidSet result) {
        saved = result;
    }

    /**
     * The messages that a set of UIDs means; unknown ones are left out (RFC 9051 §6.4.9), also those that came but weren't
     * told.
     */
    UidSet resolveUids(SequenceSet set) {
        if (set.isSaved()) {
            return saved.intersect(uids);
        }
        return set.resolve(uids.isEmpty() ? 0 : uids.max()).intersect(uids);
    }

    /** The messages that a set of numbers means, or null when one of the numbers isn't in use, {@code *} of none included. */
    @Nullable
    UidSet resolveNumbers(SequenceSet set) {
        if (set.isSaved()) {
            return saved.intersect(uids);
        }
        long size = uids.size();
        if (set.largestNumber() > size || size == 0) {
            return null;
        }
        UidSet numbers = set.resolve(size);
        UidSet.Builder found = new UidSet.Builder();
        for (int i = 0; i < numbers.ranges(); i++) {
            addByNumbers(found, numbers.first(i), numbers.last(i));
        }
        return found.build();
    }

    private void addByNumbers(UidSet.Builder found, long first, long last) {
        long number = first;
        while (number <= last) {
            long uid = uids.at(number - 1);
            // The longest run of neighbouring UIDs from here: the difference of UID and number only grows.
            long low = number;
            long high = last;
            while (low < high) {
                long middle = low + high + 1 >>> 1;
                if (uids.at(middle - 1) - uid == middle - number) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            found.add(uid, uid + low - number);
            number = low + 1;
        }
    }

    /**
     * Takes over a commit.
     *
     * @param known to the client; what came by a commit of this session is no news
     */
    void apply(Commit commit, Known known) {
        if (commit.modSeq() <= snapshot) {
            return;
        }
        for (Change change : commit.changes()) {
            switch (change) {
                case Change.Added added -> {
                    if (added.mailboxId() == id) {
                        added(added, commit.modSeq(), known != Known.NOTHING);
                    }
                }
                case Change.FlagsChanged changed -> {
                    if (changed.mailboxId() == id) {
                        flagsChanged(changed, commit.modSeq(), known);
                    }
                }
                case Change.Removed removed -> {
                    if (removed.mailboxId() == id) {
                        removed(removed.uids());
                    }
                }
                case Change.MailboxDeleted lost -> deleted |= lost.mailboxId() == id;
                case Change.MailboxRenamed renamed -> name = renamed.mailboxId() == id ? renamed.to() : name;
                default -> {
                    // Nothing that a mailbox's view is made of.
                }
            }
        }
    }

    private void added(Change.Added added, long modSeq, boolean told) {
        UidSet.Builder came = new UidSet.Builder();
        for (Change.Entry entry : added.messages()) {
            came.add(entry.uid());
            if (!told) {
                pending().put(entry.uid(), new Told(entry.flags(), modSeq));
            }
        }
        fresh = fresh.union(came.build());
    }

    private void flagsChanged(Change.FlagsChanged changed, long modSeq, Known known) {
        for (Change.Entry entry : changed.messages()) {
            long uid = entry.uid();
            switch (known) {
                case FLAGS -> forget(uid);
                case EDIT -> tellIfChangedByOthers(uid, entry.flags(), modSeq);
                case NOTHING -> {
                    if (uids.contains(uid) && !gone.contains(uid) || fresh.contains(uid)) {
                        pending().put(uid, new Told(entry.flags(), modSeq));
                    }
                }
            }
        }
    }

    /** Who knows the edit knows the flags, unless others had changed them before and the client wasn't told yet. */
    private void tellIfChangedByOthers(long uid, Flags now, long modSeq) {
        if (flags != null && flags.containsKey(uid)) {
            flags.put(uid, new Told(now, modSeq));
        }
    }

    private void removed(UidSet removed) {
        gone = gone.union(removed.intersect(uids));
        fresh = fresh.minus(removed);
        if (flags != null) {
            flags.keySet().removeIf(removed::contains);
            dropIfEmpty();
        }
    }

    private Map<Long, Told> pending() {
        if (flags == null) {
            flags = new TreeMap<>();
        }
        return flags;
    }

    private void forget(long uid) {
        if (flags != null) {
            flags.remove(uid);
            dropIfEmpty();
        }
    }

    private void dropIfEmpty() {
        if (flags != null && flags.isEmpty()) {
            flags = null;
        }
    }

    /**
     * Changes were lost: makes the difference to what is there now pending. Flags of messages that changed since are
     * given by {@link #noteFlags} afterwards.
     *
     * @param currentSnapshot the account's highest mod-sequence when {@code current} was read
     */
    void resynchronize(UidSet current, long currentSnapshot) {
        snapshot = currentSnapshot;
        gone = uids.minus(current);
        fresh = current.minus(uids);
        if (flags != null) {
            flags.keySet().removeIf(uid -> !current.contains(uid));
            dropIfEmpty();
        }
    }

    /** Flags that the client may not know. */
    void noteFlags(long uid, Flags now, long modSeq) {
        pending().put(uid, new Told(now, modSeq));
    }

    /** Somebody deleted it while changes were lost. */
    void noteDeleted() {
        deleted = true;
        gone = uids;
        fresh = UidSet.EMPTY;
        flags = null;
    }

    void noteName(MailboxName now) {
        name = now;
    }

    /** Tells everything that is pending. Numbers mean something else afterwards. */
    void tell(Updates updates) throws IOException {
        if (!gone.isEmpty()) {
            tellExpunges(updates);
        }
        if (!fresh.isEmpty()) {
            uids = uids.union(fresh);
            fresh = UidSet.EMPTY;
            updates.exists(uids.size());
        }
        if (flags != null) {
            Iterator<Map.Entry<Long, Told>> each = flags.entrySet().iterator();
            flags = null;
            while (each.hasNext()) {
                Map.Entry<Long, Told> entry = each.next();
                long uid = entry.getKey();
                updates.flags(
                        number(uid),
                        uid,
                        entry.getValue().flags(),
                        entry.getValue().modSeq());
            }
        }
    }

    private void tellExpunges(Updates updates) throws IOException {
        UidSet before = uids;
        UidSet removed = gone;
        uids = before.minus(removed);
        gone = UidSet.EMPTY;
        long told = 0;
        for (int i = 0; i < removed.ranges(); i++) {
            for (long uid = removed.first(i); uid <= removed.last(i); uid++) {
                updates.expunged(before.indexOf(uid) + 1 - told, uid);
                told++;
            }
        }
    }
}
