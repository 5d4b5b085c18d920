package org.moxmail.imap.testing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.moxmail.message.mailbox.Change;
import org.moxmail.message.mailbox.MailboxInfo;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.Outcome;
import org.moxmail.message.mailbox.Refusal;
import org.moxmail.message.mailbox.SpecialUse;

/** What a write does to the tree of mailboxes. */
final class MemoryMailboxes {
    private final MemoryWriteView view;

    MemoryMailboxes(MemoryWriteView view) {
        this.view = view;
    }

    Outcome<List<MailboxInfo>> create(MailboxName name, Set<SpecialUse> uses) {
        if (view.state.box(name) != null) {
            return Outcome.refused(Refusal.ALREADY_EXISTS);
        }
        takeAway(uses);
        List<MemoryBox> made = new ArrayList<>();
        for (MailboxName missing : missing(name)) {
            made.add(make(missing, missing.equals(name) ? uses : Set.of()));
            subscribe(missing);
        }
        return Outcome.done(made.stream().map(MemoryBox::info).toList());
    }

    /** The name and those above it that aren't there, parents first. */
    private List<MailboxName> missing(MailboxName name) {
        List<MailboxName> missing = new ArrayList<>();
        Optional<MailboxName> at = Optional.of(name);
        while (at.isPresent()) {
            if (view.state.box(at.get()) == null) {
                missing.add(0, at.get());
            }
            at = at.get().parent();
        }
        return missing;
    }

    private MemoryBox make(MailboxName name, Set<SpecialUse> uses) {
        MemoryState state = view.state;
        view.touchAccount();
        MemoryBox box = new MemoryBox(state.nextMailboxId++, name, state.nextUidValidity++, view.modSeq(), uses);
        view.adopt(box);
        state.names.put(name, box.id);
        state.usedNames.add(name);
        view.changes.add(new Change.MailboxCreated(box.info()));
        return box;
    }

    /** A use belongs to one mailbox at a time. */
    private void takeAway(Set<SpecialUse> uses) {
        for (MemoryBox holder : List.copyOf(view.state.boxes.values())) {
            if (holder.uses().stream().anyMatch(uses::contains)) {
                MemoryBox box = view.writable(holder.id);
                if (box != null) {
                    box.uses().removeAll(uses);
                    box.touch(view.modSeq());
                    view.touchAccount();
                    view.changes.add(new Change.SpecialUseChanged(box.id, box.name(), box.uses()));
                }
            }
        }
    }

    boolean subscribe(MailboxName name) {
        boolean fresh = view.state.subscriptions.add(name);
        if (fresh) {
            view.changes.add(new Change.Subscribed(name));
        }
        return fresh;
    }

    Outcome<MailboxName> delete(MailboxName name) {
        MemoryState state = view.state;
        MemoryBox found = state.box(name);
        if (found == null) {
            return Outcome.refused(Refusal.NONEXISTENT);
        }
        if (name.isInbox()) {
            return Outcome.refused(Refusal.CANNOT);
        }
        if (state.names.keySet().stream().anyMatch(other -> other.isBelow(name))) {
            return Outcome.refused(Refusal.HAS_CHILDREN);
        }
        MemoryBox box = view.writable(found.id);
        if (box == null) {
            return Outcome.refused(Refusal.NONEXISTENT);
        }
        view.remove(box, box.messages().values());
        state.boxes.remove(box.id);
        state.names.remove(name);
        view.touchAccount();
        view.changes.add(new Change.MailboxDeleted(box.id, name));
        return Outcome.done(name);
    }

    Outcome<MailboxName> rename(MailboxName from, MailboxName to) {
        MemoryBox found = view.state.box(from);
        if (found == null) {
            return Outcome.refused(Refusal.NONEXISTENT);
        }
        if (view.state.box(to) != null) {
            return Outcome.refused(Refusal.ALREADY_EXISTS);
        }
        if (from.isInbox()) {
            return renameInbox(found, to);
        }
        List<MemoryBox> moving = new ArrayList<>();
        for (MemoryBox box : List.copyOf(view.state.boxes.values())) {
            if (box.name().equals(from) || box.name().isBelow(from)) {
                MemoryBox own = view.writable(box.id);
                if (own != null) {
                    moving.add(own);
                }
            }
        }
        // Leaf first, so that no moment has a mailbox without its parent.
        moving.sort(Comparator.comparing(MemoryBox::name).reversed());
        moving.forEach(box -> view.state.names.remove(box.name()));
        // Below itself, the parents' names become free only when it has gone.
        boolean below = to.isBelow(from);
        if (!below) {
            makeParents(to);
        }
        for (MemoryBox box : moving) {
            MailboxName before = box.name();
            MailboxName after = before.moved(from, to);
            // RFC 9051 §2.3.1.1: a name never comes back with a UIDVALIDITY that it had with other messages.
            boolean fresh = view.state.usedNames.add(after);
            long uidValidity = fresh ? box.uidValidity() : view.state.nextUidValidity++;
            box.rename(after, uidValidity, view.modSeq());
            view.state.names.put(after, box.id);
            view.changes.add(new Change.MailboxRenamed(box.id, before, after));
        }
        if (below) {
            makeParents(to);
        }
        view.touchAccount();
        return Outcome.done(to);
    }

    private void makeParents(MailboxName name) {
        name.parent().ifPresent(parent -> missing(parent).forEach(missing -> make(missing, Set.of())));
    }

    private Outcome<MailboxName> renameInbox(MemoryBox inbox, MailboxName to) {
        for (MailboxName missing : missing(to)) {
            make(missing, Set.of());
        }
        MemoryBox target = view.state.box(to);
        if (target != null) {
            view.moveAll(inbox, target);
        }
        return Outcome.done(to);
    }
}
