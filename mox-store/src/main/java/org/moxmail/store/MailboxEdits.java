package org.moxmail.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.mailbox.Change;
import org.moxmail.message.mailbox.CopyResult;
import org.moxmail.message.mailbox.MailboxInfo;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.Outcome;
import org.moxmail.message.mailbox.Refusal;
import org.moxmail.message.mailbox.SpecialUse;
import org.moxmail.message.mailbox.UidSet;

/** Changes to mailboxes. Each checks everything first and then does it, so that a refusal changed nothing. */
final class MailboxEdits {
    private static final byte[] EMPTY = new byte[0];

    private final AccountTx account;
    private final MailReader reader;
    private final MessageEdits messages;

    MailboxEdits(AccountTx account, MailReader reader, MessageEdits messages) {
        this.account = account;
        this.reader = reader;
        this.messages = messages;
    }

    Outcome<List<MailboxInfo>> create(MailboxName name, Set<SpecialUse> uses) throws IOException {
        if (reader.row(name).isPresent()) {
            return Outcome.refused(Refusal.ALREADY_EXISTS);
        }
        List<MailboxName> missing = missingParents(name);
        missing.add(name);
        if (!fit(missing.size())) {
            return Outcome.refused(Refusal.LIMIT);
        }
        takeUses(uses, 0);
        List<MailboxInfo> made = new ArrayList<>();
        for (MailboxName each : missing) {
            made.add(make(each, each.equals(name) ? uses : Set.of()));
            subscribe(each);
        }
        return Outcome.done(made);
    }

    /** Those above a name that don't exist, topmost first. */
    private List<MailboxName> missingParents(MailboxName name) throws IOException {
        List<MailboxName> missing = new ArrayList<>();
        for (Optional<MailboxName> up = name.parent();
                up.isPresent();
                up = up.get().parent()) {
            if (reader.row(up.get()).isEmpty()) {
                missing.add(up.get());
            }
        }
        Collections.reverse(missing);
        return missing;
    }

    private boolean fit(int more) throws IOException {
        AccountState state = account.state();
        return reader.rows().size() + more <= account.limits().mailboxes()
                && state.nextUidValidity + more <= UidSet.MAX
                && state.nextMailboxId + more <= UidSet.MAX;
    }

    private MailboxInfo make(MailboxName name, Set<SpecialUse> uses) {
        AccountState state = account.state();
        MailboxRow row = new MailboxRow(state.nextMailboxId++, name, state.nextUidValidity++, account.modSeq(), uses);
        account.tx().insert(Tables.MAILBOXES, row);
        account.add(new Counters(row.id()));
        account.touch(row.id());
        MailboxInfo info = reader.info(row);
        account.record(new Change.MailboxCreated(info));
        return info;
    }

    /** Takes special uses from the mailboxes that have them. */
    private void takeUses(Set<SpecialUse> uses, long exceptMailboxId) throws IOException {
        if (uses.isEmpty()) {
            return;
        }
        for (MailboxRow row : reader.rows()) {
            Set<SpecialUse> left = EnumSet.noneOf(SpecialUse.class);
            left.addAll(row.uses());
            if (row.id() != exceptMailboxId && left.removeAll(uses)) {
                setUses(row, left);
            }
        }
    }

    private void setUses(MailboxRow row, Set<SpecialUse> uses) {
        account.tx().put(Tables.MAILBOXES, row.withUses(uses));
        account.touch(row.id());
        account.record(new Change.SpecialUseChanged(row.id(), row.name(), uses));
    }

    Outcome<MailboxInfo> specialUse(MailboxName name, Set<SpecialUse> uses) throws IOException {
        Optional<MailboxRow> row = reader.row(name);
        if (row.isEmpty()) {
            return Outcome.refused(Refusal.NONEXISTENT);
        }
        if (!row.get().uses().equals(uses)) {
            takeUses(uses, row.get().id());
            setUses(row.get(), uses);
        }
        return Outcome.done(reader.info(row.get().withUses(uses)));
    }

    Outcome<MailboxName> delete(MailboxName name) throws IOException {
        Optional<MailboxRow> found = reader.row(name);
        if (found.isEmpty()) {
            return Outcome.refused(Refusal.NONEXISTENT);
        }
        if (name.isInbox()) {
            return Outcome.refused(Refusal.CANNOT);
        }
        if (reader.rows().stream().anyMatch(other -> other.name().isBelow(name))) {
            return Outcome.refused(Refusal.HAS_CHILDREN);
        }
        MailboxRow row = found.get();
        UidSet messages = reader.uids(row.id());
        account.state().usedBytes -= account.counters(row.id()).sizeBytes;
        leave(row);
        account.drop(row.id());
        account.tx().delete(Tables.MAILBOXES, MailboxRow.key(row.id()));
        // Its rows go in the background, however many there are, once nobody can read its messages any more.
        account.tx()
                .writeKv()
                .put(Tables.PURGES, Key.of(account.modSeq(), row.id()).octets(), EMPTY);
        if (!messages.isEmpty()) {
            account.record(new Change.Removed(row.id(), messages));
        }
        account.record(new Change.MailboxDeleted(row.id(), name));
        account.noteRemoved();
        return Outcome.done(name);
    }

    /** A mailbox gives up its name. */
    private void leave(MailboxRow row) {
        account.tx().put(Tables.FORMER_NAMES, new FormerName(row.name(), row.id(), row.uidValidity()));
    }

    Outcome<MailboxName> rename(MailboxName from, MailboxName to) throws IOException {
        Optional<MailboxRow> source = reader.row(from);
        if (source.isEmpty()) {
            return Outcome.refused(Refusal.NONEXISTENT);
        }
        if (reader.row(to).isPresent()) {
            return Outcome.refused(Refusal.ALREADY_EXISTS);
        }
        return from.isInbox() ? renameInbox(source.get(), to) : renameTree(from, to);
    }

    /** RFC 9051 §6.3.6: Inbox stays, and what is below it; its messages move. */
    private Outcome<MailboxName> renameInbox(MailboxRow inbox, MailboxName to) throws IOException {
        List<MailboxName> missing = missingParents(to);
        long count = account.counters(inbox.id()).messages;
        // The new mailbox has all UIDs free and no keywords, so the move itself can't be refused.
        if (!fit(missing.size() + 1) || count > account.limits().messagesPerWrite()) {
            return Outcome.refused(Refusal.LIMIT);
        }
        for (MailboxName each : missing) {
            make(each, Set.of());
        }
        long target = make(to, Set.of()).id();
        Outcome<CopyResult> moved = messages.move(inbox.id(), UidSet.EVERY, target);
        if (moved instanceof Outcome.Refused<CopyResult> refused) {
            throw new IllegalStateException("moving Inbox's messages was refused: " + refused.refusal());
        }
        return Outcome.done(to);
    }

    private Outcome<MailboxName> renameTree(MailboxName from, MailboxName to) throws IOException {
        List<MailboxRow> tree = new ArrayList<>();
        for (MailboxRow row : reader.rows()) {
            if (row.name().equals(from) || row.name().isBelow(from)) {
                tree.add(row);
            }
        }
        // Leaves first, so that no listener sees a mailbox above one that has its old name still.
        tree.sort(Comparator.comparing(MailboxRow::name, Comparator.reverseOrder()));
        Refusal refusal = renameable(tree, from, to);
        if (refusal != null) {
            return Outcome.refused(refusal);
        }
        boolean below = to.isBelow(from);
        if (!below) {
            makeParents(to);
        }
        for (MailboxRow row : tree) {
            rename(row, row.name().moved(from, to));
        }
        if (below) {
            makeParents(to);
        }
        return Outcome.done(to);
    }

    private void makeParents(MailboxName name) throws IOException {
        for (MailboxName parent : missingParents(name)) {
            make(parent, Set.of());
        }
    }

    private @Nullable Refusal renameable(List<MailboxRow> tree, MailboxName from, MailboxName to) throws IOException {
        for (MailboxRow row : tree) {
            MailboxName name = row.name().moved(from, to);
            if (name.toString().getBytes(StandardCharsets.UTF_8).length > MailboxName.MAX_BYTES) {
                return Refusal.LIMIT;
            }
            if (reader.row(name).isPresent()) {
                return Refusal.ALREADY_EXISTS;
            }
        }
        // Each may need a new UIDVALIDITY, each element of the name a mailbox.
        long elements =
                to.toString().chars().filter(c -> c == MailboxName.SEPARATOR).count();
        return fit((int) elements) && account.state().nextUidValidity + tree.size() + elements <= UidSet.MAX
                ? null
                : Refusal.LIMIT;
    }

    private void rename(MailboxRow row, MailboxName name) {
        leave(row);
        Optional<FormerName> former = account.tx().get(Tables.FORMER_NAMES, Key.of(name.toString()));
        MailboxRow renamed = row.withName(name);
        if (former.isPresent() && former.get().mailboxId() != row.id()) {
            // Clients know the name with other messages, and take a value that they saw anywhere before for an old one
            // (RFC 9051 §2.3.1.1).
            renamed = renamed.withUidValidity(account.state().nextUidValidity++);
        }
        account.tx().put(Tables.MAILBOXES, renamed);
        account.touch(row.id());
        account.record(new Change.MailboxRenamed(row.id(), row.name(), name));
    }

    boolean subscribe(MailboxName name) {
        boolean fresh =
                account.tx().put(Tables.SUBSCRIPTIONS, new NameRow(name)).isEmpty();
        if (fresh) {
            account.record(new Change.Subscribed(name));
        }
        return fresh;
    }

    boolean unsubscribe(MailboxName name) {
        boolean was = account.tx()
                .delete(Tables.SUBSCRIPTIONS, Key.of(name.toString()))
                .isPresent();
        if (was) {
            account.record(new Change.Unsubscribed(name));
        }
        return was;
    }
}
