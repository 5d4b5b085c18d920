package org.moxmail.imap.server;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.moxmail.imap.FetchWriter;
import org.moxmail.imap.ImapCommand;
import org.moxmail.imap.ResponseCode;
import org.moxmail.imap.SequenceSet;
import org.moxmail.message.mailbox.Change;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.Outcome;
import org.moxmail.message.mailbox.StoreResult;
import org.moxmail.message.mailbox.UidSet;

/** STORE, RFC 9051 §6.4.6 and RFC 7162 §3.1.3. */
final class StoreHandler {
    /** A message as it is after the command. */
    private record State(Flags flags, long modSeq) {}

    private record Stored(StoreResult result, Map<Long, State> states) {}

    private final Session session;
    private final SelectedMailbox mailbox;
    private final ImapServerLimits limits;

    StoreHandler(Session session, SelectedMailbox mailbox, ImapServerLimits limits) {
        this.limits = limits;
        this.session = session;
        this.mailbox = mailbox;
    }

    Answer store(ImapCommand.Store store) throws IOException {
        UidSet uids = store.uid() ? mailbox.resolveUids(store.set()) : mailbox.resolveNumbers(store.set());
        if (uids == null) {
            return Answer.bad("no such message number");
        }
        if (mailbox.readOnly()) {
            return Answer.no("the mailbox is selected for reading only");
        }
        if (store.unchangedSince() >= 0) {
            session.enableCondstoreTelling();
        }
        UidSet conflicts = UidSet.EMPTY;
        long missing = 0;
        for (UidSet batch : new Batches(uids, limits.writeBatch())) {
            Outcome<Stored> outcome = session.mail().write(view -> write(view, store, batch));
            if (outcome instanceof Outcome.Refused<Stored> refused) {
                return Answer.refused(refused.refusal());
            }
            Stored stored = ((Outcome.Done<Stored>) outcome).value();
            if (store.silent() && !stored.result().changed().isEmpty()) {
                session.silentOwn(stored.result().modSeq());
            }
            tell(store.silent(), stored);
            conflicts = conflicts.union(stored.result().conflicts());
            missing += batch.size() - stored.states().size();
        }
        return answer(store, conflicts, missing > 0);
    }

    private Outcome<Stored> write(WriteView view, ImapCommand.Store store, UidSet uids) throws IOException {
        Outcome<StoreResult> outcome = view.store(mailbox.id(), uids, store.edit(), store.unchangedSince());
        if (outcome instanceof Outcome.Refused<StoreResult> refused) {
            return Outcome.refused(refused.refusal());
        }
        StoreResult result = ((Outcome.Done<StoreResult>) outcome).value();
        Map<Long, State> states = new TreeMap<>();
        for (Change.Entry entry : result.changed()) {
            states.put(entry.uid(), new State(entry.flags(), result.modSeq()));
        }
        view.messages(mailbox.id(), result.unchanged().union(result.conflicts()), 0, row -> {
            states.put(row.uid(), new State(row.flags(), row.modSeq()));
            return true;
        });
        return Outcome.done(new Stored(result, states));
    }

    private void tell(boolean silent, Stored stored) throws IOException {
        for (Map.Entry<Long, State> each : stored.states().entrySet()) {
            tell(
                    silent,
                    each.getKey(),
                    each.getValue(),
                    stored.result().conflicts().contains(each.getKey()));
        }
    }

    private Answer answer(ImapCommand.Store store, UidSet conflicts, boolean missing) {
        if (!conflicts.isEmpty()) {
            // RFC 7162 §3.1.3: UIDs after UID STORE, message numbers after STORE.
            UidSet told = store.uid() ? conflicts : mailbox.numbers(conflicts);
            return Answer.ok(new ResponseCode.Modified(SequenceSet.of(told)), "some were changed by others");
        }
        return missing ? Answer.ok(ResponseCode.Word.EXPUNGEISSUED, "some are gone") : Answer.ok("done");
    }

    private void tell(boolean silent, long uid, State state, boolean conflict) throws IOException {
        if (silent && !session.condstore() && !conflict) {
            return;
        }
        FetchWriter fetch = session.out().fetch(mailbox.number(uid)).uid(uid);
        // RFC 7162 §3.1.3: the client needs the mod-sequence also when it knows the flags.
        if (!silent || conflict) {
            fetch.flags(state.flags());
        }
        if (session.condstore()) {
            fetch.modSeq(state.modSeq());
        }
        fetch.end();
    }
}
