package org.moxmail.store;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.HeaderText;
import org.moxmail.message.Part;
import org.moxmail.message.PartCodec;
import org.moxmail.message.mailbox.AppendResult;
import org.moxmail.message.mailbox.Change;
import org.moxmail.message.mailbox.CopyResult;
import org.moxmail.message.mailbox.FlagEdit;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.Outcome;
import org.moxmail.message.mailbox.Refusal;
import org.moxmail.message.mailbox.StoreResult;
import org.moxmail.message.mailbox.UidSet;

/** Changes to messages. Each checks everything first and then does it, so that a refusal changed nothing. */
final class MessageEdits {
    private static final byte[] EMPTY = new byte[0];

    /**
     * A message that is ready to be added: whatever takes long or may fail has been done.
     *
     * @param structure as stored, of the whole message
     */
    record Arrival(
            SpooledMessage.Placed placed,
            String prefix,
            byte[] structure,
            String preview,
            Threads.Links links,
            Flags flags,
            Instant internalDate,
            String traceId,
            String facts) {
        static Arrival of(
                SpooledMessage message,
                SpooledMessage.Placed placed,
                String prefix,
                Flags flags,
                Instant internalDate,
                String traceId,
                String facts)
                throws IOException {
            byte[] octets = prefix.isEmpty() ? EMPTY : HeaderText.encode(prefix);
            Part whole = message.structure(octets);
            return new Arrival(
                    placed,
                    prefix,
                    PartCodec.encode(whole),
                    message.preview(),
                    message.links(octets, whole),
                    flags,
                    internalDate,
                    traceId,
                    facts);
        }

        long sizeBytes() {
            return placed.sizeBytes + (prefix.isEmpty() ? 0 : HeaderText.encode(prefix).length);
        }
    }

    private final AccountTx account;
    private final MailReader reader;

    MessageEdits(AccountTx account, MailReader reader) {
        this.account = account;
        this.reader = reader;
    }

    private boolean missing(long mailboxId) {
        return reader.row(mailboxId).isEmpty();
    }

    Outcome<AppendResult> add(long mailboxId, Arrival arrival) throws IOException {
        Optional<MailboxRow> mailbox = reader.row(mailboxId);
        if (mailbox.isEmpty()) {
            return Outcome.refused(Refusal.NONEXISTENT);
        }
        long size = arrival.sizeBytes();
        if (!reader.quota().fits(size)) {
            return Outcome.refused(Refusal.OVER_QUOTA);
        }
        List<String> words = arrival.flags.keywords();
        if (!account.uidsLeft(mailboxId, 1) || !account.keywordsFit(mailboxId, words)) {
            return Outcome.refused(Refusal.LIMIT);
        }
        account.declare(mailboxId, words);
        share(arrival.placed);
        AccountState state = account.state();
        long messageId = state.nextMessageId++;
        long uid = account.nextUid(mailboxId);
        long modSeq = account.modSeq();
        long receivedMillis = arrival.internalDate.toEpochMilli();
        Tx tx = account.tx();
        DetailsRow details = new DetailsRow(
                messageId,
                mailboxId,
                uid,
                arrival.placed.bytesId,
                size,
                messageId,
                Threads.thread(tx, arrival.links, mailboxId, receivedMillis, messageId),
                arrival.traceId,
                arrival.prefix,
                arrival.facts,
                arrival.preview,
                arrival.links.key(mailboxId, receivedMillis),
                arrival.structure);
        tx.insert(Tables.DETAILS, details);
        Threads.add(tx, details);
        account.change(
                mailboxId,
                null,
                new NarrowRow.Stored(uid, modSeq, arrival.flags, size, receivedMillis, account.nowMillis(), messageId));
        state.usedBytes += size;
        account.record(new Change.Added(mailboxId, List.of(new Change.Entry(uid, arrival.flags))));
        return Outcome.done(new AppendResult(mailbox.get().uidValidity(), uid, modSeq, messageId));
    }

    /** One more message has these octets. */
    private void share(SpooledMessage.Placed placed) throws IOException {
        Tx tx = account.tx();
        Optional<BytesRow> known = tx.get(Tables.BYTES, Key.of(placed.bytesId));
        if (known.isPresent()) {
            tx.put(Tables.BYTES, known.get().withMessages(known.get().messages() + 1));
            return;
        }
        if (placed.octets != null) {
            MessageBytes.put(tx, placed.bytesId, placed.octets);
        } else if (placed.taken) {
            throw new IOException("the message that took over the spool was expunged meanwhile");
        }
        tx.insert(Tables.BYTES, new BytesRow(placed.bytesId, placed.where, placed.sizeBytes, 1));
        account.take(placed);
    }

    Outcome<StoreResult> store(long mailboxId, UidSet uids, FlagEdit edit, long unchangedSince) throws IOException {
        if (missing(mailboxId)) {
            return Outcome.refused(Refusal.NONEXISTENT);
        }
        List<NarrowRow.Stored> before = new ArrayList<>();
        UidSet.Builder unchanged = new UidSet.Builder();
        UidSet.Builder conflicts = new UidSet.Builder();
        int most = account.limits().messagesPerWrite();
        reader.messages(mailboxId, uids, 0, row -> {
            if (unchangedSince >= 0 && row.modSeq() > unchangedSince) {
                conflicts.add(row.uid());
            } else if (edit.apply(row.flags()).equals(row.flags())) {
                unchanged.add(row.uid());
            } else {
                before.add(((NarrowRow) row).stored());
            }
            return before.size() <= most;
        });
        if (before.size() > most || !keywordsFit(mailboxId, edit, before)) {
            return Outcome.refused(Refusal.LIMIT);
        }
        List<Change.Entry> changed = new ArrayList<>(before.size());
        if (!before.isEmpty()) {
            declare(mailboxId, edit);
            long modSeq = account.modSeq();
            for (NarrowRow.Stored row : before) {
                NarrowRow.Stored after = row.withFlags(modSeq, edit.apply(row.flags()));
                account.change(mailboxId, row, after);
                changed.add(new Change.Entry(row.uid(), after.flags()));
            }
            account.record(new Change.FlagsChanged(mailboxId, changed));
        }
        long modSeq = account.state().lastModSeq;
        return Outcome.done(new StoreResult(modSeq, changed, unchanged.build(), conflicts.build()));
    }

    private boolean keywordsFit(long mailboxId, FlagEdit edit, List<NarrowRow.Stored> rows) {
        return rows.isEmpty()
                || edit.mode() == FlagEdit.Mode.REMOVE
                || account.keywordsFit(mailboxId, edit.flags().keywords());
    }

    private void declare(long mailboxId, FlagEdit edit) {
        if (edit.mode() != FlagEdit.Mode.REMOVE) {
            account.declare(mailboxId, edit.flags().keywords());
        }
    }

    Outcome<CopyResult> copy(long from, UidSet uids, long to) throws IOException {
        return transfer(from, uids, to, false);
    }

    Outcome<CopyResult> move(long from, UidSet uids, long to) throws IOException {
        return transfer(from, uids, to, true);
    }

    private Outcome<CopyResult> transfer(long from, UidSet uids, long to, boolean move) throws IOException {
        Optional<MailboxRow> target = reader.row(to);
        if (missing(from) || target.isEmpty()) {
            return Outcome.refused(Refusal.NONEXISTENT);
        }
        List<NarrowRow.Stored> rows = rows(from, uids);
        Refusal refusal = transferable(rows, to, move);
        if (refusal != null) {
            return Outcome.refused(refusal);
        }
        UidSet.Builder source = new UidSet.Builder();
        UidSet.Builder copies = new UidSet.Builder();
        if (!rows.isEmpty()) {
            account.declare(to, keywords(rows));
            long modSeq = account.modSeq();
            List<Change.Entry> added = new ArrayList<>(rows.size());
            for (NarrowRow.Stored row : rows) {
                long uid = account.nextUid(to);
                long messageId = move ? moved(row, from, to, uid) : copied(row, to, uid);
                account.change(
                        to,
                        null,
                        new NarrowRow.Stored(
                                uid,
                                modSeq,
                                row.flags(),
                                row.sizeBytes(),
                                row.internalDateMillis(),
                                account.nowMillis(),
                                messageId));
                source.add(row.uid());
                copies.add(uid);
                added.add(new Change.Entry(uid, row.flags()));
            }
            if (move) {
                UidSet left = source.build();
                ExpungeHistory.add(account.tx().writeKv(), from, modSeq, left);
                account.record(new Change.Removed(from, left));
                account.noteRemoved();
            }
            // The source too: a client that compares HIGHESTMODSEQ sees both sides of what it did.
            account.touch(from);
            account.record(new Change.Added(to, added));
        }
        long modSeq = account.state().lastModSeq;
        return Outcome.done(new CopyResult(target.get().uidValidity(), source.build(), copies.build(), modSeq));
    }

    /** The messages of a set, one more than may be changed at most. */
    private List<NarrowRow.Stored> rows(long mailboxId, UidSet uids) throws IOException {
        List<NarrowRow.Stored> rows = new ArrayList<>();
        int most = account.limits().messagesPerWrite();
        reader.messages(mailboxId, uids, 0, row -> {
            rows.add(((NarrowRow) row).stored());
            return rows.size() <= most;
        });
        return rows;
    }

    private @Nullable Refusal transferable(List<NarrowRow.Stored> rows, long to, boolean move) {
        if (rows.size() > account.limits().messagesPerWrite()
                || !account.uidsLeft(to, rows.size())
                || !account.keywordsFit(to, keywords(rows))) {
            return Refusal.LIMIT;
        }
        long size = rows.stream().mapToLong(NarrowRow.Stored::sizeBytes).sum();
        return move || rows.isEmpty() || reader.quota().fits(size) ? null : Refusal.OVER_QUOTA;
    }

    private static Set<String> keywords(List<NarrowRow.Stored> rows) {
        Set<String> words = new TreeSet<>();
        rows.forEach(row -> words.addAll(row.flags().keywords()));
        return words;
    }

    /** Takes a message from its mailbox; it keeps its id. */
    private long moved(NarrowRow.Stored row, long from, long to, long uid) {
        RemovedRows.keep(account.tx().writeKv(), account.modSeq(), from, row.uid());
        account.change(from, row, null);
        account.tx().put(Tables.DETAILS, details(row.messageId()).at(to, uid));
        return row.messageId();
    }

    /** Makes another message of the same octets. */
    private long copied(NarrowRow.Stored row, long to, long uid) {
        AccountState state = account.state();
        Tx tx = account.tx();
        DetailsRow copy = details(row.messageId()).copy(state.nextMessageId++, to, uid);
        tx.insert(Tables.DETAILS, copy);
        Threads.add(tx, copy);
        BytesRow bytes = tx.get(Tables.BYTES, Key.of(copy.bytesId()))
                .orElseThrow(() -> new StoreException("message " + row.messageId() + " has no octets"));
        tx.put(Tables.BYTES, bytes.withMessages(bytes.messages() + 1));
        state.usedBytes += row.sizeBytes();
        return copy.messageId();
    }

    private DetailsRow details(long messageId) {
        return account.tx()
                .get(Tables.DETAILS, Key.of(messageId))
                .orElseThrow(() -> new StoreException("message " + messageId + " has no details"));
    }

    Outcome<UidSet> expunge(long mailboxId, UidSet uids) throws IOException {
        if (missing(mailboxId)) {
            return Outcome.refused(Refusal.NONEXISTENT);
        }
        UidSet going = reader.deleted(mailboxId).intersect(uids);
        if (going.size() > account.limits().messagesPerWrite()) {
            return Outcome.refused(Refusal.LIMIT);
        }
        if (!going.isEmpty()) {
            long modSeq = account.modSeq();
            for (NarrowRow.Stored row : rows(mailboxId, going)) {
                RemovedRows.keep(account.tx().writeKv(), modSeq, mailboxId, row.uid());
                account.change(mailboxId, row, null);
                account.state().usedBytes -= row.sizeBytes();
                account.tx()
                        .writeKv()
                        .put(Tables.ERASE, Key.of(modSeq, row.messageId()).octets(), EMPTY);
            }
            ExpungeHistory.add(account.tx().writeKv(), mailboxId, modSeq, going);
            account.record(new Change.Removed(mailboxId, going));
            account.noteRemoved();
        }
        return Outcome.done(going);
    }
}
