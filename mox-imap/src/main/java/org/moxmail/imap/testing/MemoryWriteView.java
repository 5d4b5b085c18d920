package org.moxmail.imap.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.moxmail.imap.server.WriteView;
import org.moxmail.message.mailbox.AppendResult;
import org.moxmail.message.mailbox.Change;
import org.moxmail.message.mailbox.CopyResult;
import org.moxmail.message.mailbox.FlagEdit;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MailboxInfo;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.Outcome;
import org.moxmail.message.mailbox.Refusal;
import org.moxmail.message.mailbox.SpecialUse;
import org.moxmail.message.mailbox.Spool;
import org.moxmail.message.mailbox.StoreResult;
import org.moxmail.message.mailbox.UidSet;

/** One write: works on a copy of the state and notes the changes. */
final class MemoryWriteView extends MemoryReadView implements WriteView {
    /** A message that left a mailbox in this write. */
    record Gone(long mailboxId, MemoryMessage message) {}

    private final long modSeq;
    private final long now;
    private final long quota;
    private final Set<Long> copied = new HashSet<>();
    private final MemoryMailboxes mailboxes;
    final List<Change> changes = new ArrayList<>();
    final List<Gone> gone = new ArrayList<>();
    final List<MemoryMessage> came = new ArrayList<>();

    MemoryWriteView(MemoryMail session, MemoryState before, long now, long quota) {
        super(session, new MemoryState(before));
        modSeq = before.modSeq + 1;
        this.now = now;
        this.quota = quota;
        mailboxes = new MemoryMailboxes(this);
    }

    long modSeq() {
        return modSeq;
    }

    /** The mod-sequence is used up by the first change that carries it. */
    void touchAccount() {
        state.modSeq = modSeq;
    }

    /** A mailbox that this write may change. */
    @Nullable
    MemoryBox writable(long id) {
        check();
        MemoryBox box = state.boxes.get(id);
        if (box != null && copied.add(id)) {
            box = new MemoryBox(box);
            state.boxes.put(id, box);
        }
        return box;
    }

    void adopt(MemoryBox box) {
        copied.add(box.id);
        state.boxes.put(box.id, box);
    }

    @Override
    public Outcome<AppendResult> append(long mailboxId, Spool message, Flags flags, Instant internalDate) {
        MemoryBox box = writable(mailboxId);
        if (box == null) {
            return Outcome.refused(Refusal.NONEXISTENT);
        }
        MemorySpool spool = (MemorySpool) message;
        if (state.size() + spool.size() > quota) {
            return Outcome.refused(Refusal.OVER_QUOTA);
        }
        if (box.uidNext() > UidSet.MAX) {
            return Outcome.refused(Refusal.LIMIT);
        }
        long id = state.nextMessageId++;
        MemoryMessage row = new MemoryMessage(
                id,
                box.takeUid(),
                modSeq,
                flags,
                internalDate.toEpochMilli(),
                now,
                spool.octets(),
                spool.details(id),
                MemoryMessage.noForms());
        add(box, List.of(row));
        return Outcome.done(new AppendResult(box.uidValidity(), row.uid(), modSeq, id));
    }

    private void add(MemoryBox box, List<MemoryMessage> rows) {
        List<Change.Entry> entries = new ArrayList<>();
        boolean grown = false;
        for (MemoryMessage row : rows) {
            box.put(row);
            came.add(row);
            grown |= box.addKeywords(row.flags().keywords());
            entries.add(new Change.Entry(row.uid(), row.flags()));
        }
        noteKeywords(box, grown);
        changes.add(new Change.Added(box.id, entries));
        touchAccount();
    }

    private void noteKeywords(MemoryBox box, boolean grown) {
        if (grown) {
            changes.add(new Change.KeywordsAdded(box.id, new ArrayList<>(box.keywords())));
        }
    }

    @Override
    public Outcome<StoreResult> store(long mailboxId, UidSet uids, FlagEdit edit, long unchangedSince) {
        MemoryBox box = writable(mailboxId);
        if (box == null) {
            return Outcome.refused(Refusal.NONEXISTENT);
        }
        List<Change.Entry> changed = new ArrayList<>();
        UidSet.Builder unchanged = new UidSet.Builder();
        UidSet.Builder conflicts = new UidSet.Builder();
        for (MemoryMessage row : select(box, uids)) {
            Flags after = edit.apply(row.flags());
            if (unchangedSince >= 0 && row.modSeq() > unchangedSince) {
                conflicts.add(row.uid());
            } else if (after.equals(row.flags())) {
                unchanged.add(row.uid());
            } else {
                box.put(row.with(after, modSeq));
                changed.add(new Change.Entry(row.uid(), after));
            }
        }
        if (!changed.isEmpty()) {
            noteKeywords(
                    box,
                    edit.mode() != FlagEdit.Mode.REMOVE
                            && box.addKeywords(edit.flags().keywords()));
            changes.add(new Change.FlagsChanged(mailboxId, changed));
            touchAccount();
        }
        return Outcome.done(new StoreResult(state.modSeq, changed, unchanged.build(), conflicts.build()));
    }

    private static List<MemoryMessage> select(MemoryBox box, UidSet uids) {
        List<MemoryMessage> rows = new ArrayList<>();
        for (int i = 0; i < uids.ranges(); i++) {
            rows.addAll(box.messages()
                    .subMap(uids.first(i), true, uids.last(i), true)
                    .values());
        }
        return rows;
    }

    @Override
    public Outcome<CopyResult> copy(long from, UidSet uids, long to) {
        return transfer(from, uids, to, false);
    }

    @Override
    public Outcome<CopyResult> move(long from, UidSet uids, long to) {
        return transfer(from, uids, to, true);
    }

    private Outcome<CopyResult> transfer(long from, UidSet uids, long to, boolean move) {
        MemoryBox source = writable(from);
        MemoryBox target = writable(to);
        if (source == null || target == null) {
            return Outcome.refused(Refusal.NONEXISTENT);
        }
        List<MemoryMessage> rows = select(source, uids);
        long octets = rows.stream().mapToLong(MemoryMessage::sizeBytes).sum();
        if (!move && state.size() + octets > quota) {
            return Outcome.refused(Refusal.OVER_QUOTA);
        }
        if (target.uidNext() + rows.size() > UidSet.MAX) {
            return Outcome.refused(Refusal.LIMIT);
        }
        UidSet.Builder sources = new UidSet.Builder();
        UidSet.Builder targets = new UidSet.Builder();
        List<MemoryMessage> fresh = new ArrayList<>();
        for (MemoryMessage row : rows) {
            MemoryMessage copy = row.moved(state.nextMessageId++, target.takeUid(), modSeq, now);
            sources.add(row.uid());
            targets.add(copy.uid());
            fresh.add(copy);
        }
        if (!rows.isEmpty()) {
            add(target, fresh);
            source.touch(modSeq);
        }
        if (move) {
            remove(source, rows);
        }
        return Outcome.done(new CopyResult(target.uidValidity(), sources.build(), targets.build(), state.modSeq));
    }

    /** Takes messages out of a mailbox. */
    UidSet remove(MemoryBox box, Collection<MemoryMessage> rows) {
        UidSet.Builder uids = new UidSet.Builder();
        for (MemoryMessage row : List.copyOf(rows)) {
            box.remove(row, modSeq);
            gone.add(new Gone(box.id, row));
            uids.add(row.uid());
        }
        UidSet removed = uids.build();
        if (!removed.isEmpty()) {
            changes.add(new Change.Removed(box.id, removed));
            touchAccount();
        }
        return removed;
    }

    /** Moves everything into another mailbox. */
    void moveAll(MemoryBox from, MemoryBox to) {
        transfer(from.id, UidSet.EVERY, to.id, true);
    }

    @Override
    public Outcome<UidSet> expunge(long mailboxId, UidSet uids) {
        MemoryBox box = writable(mailboxId);
        if (box == null) {
            return Outcome.refused(Refusal.NONEXISTENT);
        }
        List<MemoryMessage> rows = new ArrayList<>();
        for (MemoryMessage row : select(box, uids)) {
            if (row.flags().has(Flags.DELETED)) {
                rows.add(row);
            }
        }
        return Outcome.done(remove(box, rows));
    }

    @Override
    public Outcome<List<MailboxInfo>> create(MailboxName name, Set<SpecialUse> uses) {
        check();
        return mailboxes.create(name, uses);
    }

    @Override
    public Outcome<MailboxName> rename(MailboxName from, MailboxName to) {
        check();
        return mailboxes.rename(from, to);
    }

    @Override
    public Outcome<MailboxName> delete(MailboxName name) {
        check();
        return mailboxes.delete(name);
    }

    @Override
    public boolean subscribe(MailboxName name) {
        check();
        return mailboxes.subscribe(name);
    }

    @Override
    public boolean unsubscribe(MailboxName name) {
        check();
        boolean was = state.subscriptions.remove(name);
        if (was) {
            changes.add(new Change.Unsubscribed(name));
        }
        return was;
    }
}
