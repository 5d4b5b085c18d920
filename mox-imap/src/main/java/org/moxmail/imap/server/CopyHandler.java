package org.moxmail.imap.server;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;
import org.moxmail.imap.ImapCommand;
import org.moxmail.imap.ImapResponse.Status;
import org.moxmail.imap.ResponseCode;
import org.moxmail.imap.SequenceSet;
import org.moxmail.message.mailbox.CopyResult;
import org.moxmail.message.mailbox.MailboxInfo;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.Outcome;
import org.moxmail.message.mailbox.Refusal;
import org.moxmail.message.mailbox.UidSet;

/** COPY, MOVE (RFC 6851) and EXPUNGE. What leaves the mailbox is told with the rest of the news, before the tagged answer. */
final class CopyHandler {
    private static final Answer NO_MATCH = Answer.no("no such message");
    /** All of them are gone, which the client hasn't been told. */
    private static final Answer GONE = Answer.no(ResponseCode.Word.EXPUNGEISSUED, "no such message any more");

    private static final Answer READ_ONLY = Answer.no("the mailbox is selected for reading only");

    private final Session session;
    private final SelectedMailbox mailbox;
    private final ImapServerLimits limits;

    CopyHandler(Session session, SelectedMailbox mailbox, ImapServerLimits limits) {
        this.limits = limits;
        this.session = session;
        this.mailbox = mailbox;
    }

    Answer copy(ImapCommand.Copy copy) throws IOException {
        return transfer(copy.uid(), copy.set(), copy.mailbox(), false);
    }

    Answer move(ImapCommand.Move move) throws IOException {
        return transfer(move.uid(), move.set(), move.mailbox(), true);
    }

    private Answer transfer(boolean uid, SequenceSet set, String target, boolean move) throws IOException {
        UidSet uids = uid ? mailbox.resolveUids(set) : mailbox.resolveNumbers(set);
        if (uids == null) {
            return Answer.bad("no such message number");
        }
        if (move && mailbox.readOnly()) {
            return READ_ONLY;
        }
        MailboxName name;
        try {
            name = MailboxName.parse(target);
        } catch (SyntaxException e) {
            return Answer.no(ResponseCode.Word.CANNOT, e.expected());
        }
        if (uids.isEmpty()) {
            return NO_MATCH;
        }
        return move ? moveInBatches(uids, name) : copyAtOnce(uids, name);
    }

    private Answer copyAtOnce(UidSet uids, MailboxName name) throws IOException {
        if (uids.size() > limits.writeBatch()) {
            return Answer.refused(Refusal.LIMIT);
        }
        Outcome<CopyResult> outcome = session.mail().write(view -> write(view, uids, name, 0, false));
        return switch (outcome) {
            case Outcome.Refused<CopyResult> refused -> Answer.refusedTarget(refused.refusal());
            case Outcome.Done<CopyResult> done -> tell(done.value());
        };
    }

    /** RFC 6851 §3.3: each message for itself is in one mailbox or the other, never in both or none. */
    private Answer moveInBatches(UidSet uids, MailboxName name) throws IOException {
        UidSet source = UidSet.EMPTY;
        UidSet target = UidSet.EMPTY;
        long uidValidity = 0;
        Refusal refusal = null;
        for (UidSet batch : new Batches(uids, limits.writeBatch())) {
            long same = uidValidity;
            Outcome<CopyResult> outcome = session.mail().write(view -> write(view, batch, name, same, true));
            if (outcome instanceof Outcome.Refused<CopyResult> refused) {
                refusal = refused.refusal();
                break;
            }
            CopyResult result = ((Outcome.Done<CopyResult>) outcome).value();
            uidValidity = result.uidValidity();
            source = source.union(result.source());
            target = target.union(result.target());
        }
        if (!source.isEmpty()) {
            // RFC 6851 §4.3: before the EXPUNGEs, so that the client can tell what became of the messages.
            session.out().condition(Status.OK, code(uidValidity, source, target), "moved");
        }
        if (refusal != null) {
            return Answer.refusedTarget(refusal);
        }
        return source.isEmpty() ? GONE : Answer.ok("moved");
    }

    /** @param uidValidity of the mailbox that earlier messages went to, or 0 */
    private Outcome<CopyResult> write(WriteView view, UidSet uids, MailboxName name, long uidValidity, boolean move)
            throws IOException {
        Optional<MailboxInfo> target = view.mailbox(name);
        if (target.isEmpty() || uidValidity != 0 && target.get().uidValidity() != uidValidity) {
            return Outcome.refused(Refusal.NONEXISTENT);
        }
        if (target.get().id() == mailbox.id()) {
            return Outcome.refused(Refusal.CANNOT);
        }
        return move
                ? view.move(mailbox.id(), uids, target.get().id())
                : view.copy(mailbox.id(), uids, target.get().id());
    }

    private static Answer tell(CopyResult result) {
        if (result.source().isEmpty()) {
            return GONE;
        }
        return Answer.ok(code(result.uidValidity(), result.source(), result.target()), "copied");
    }

    private static ResponseCode code(long uidValidity, UidSet source, UidSet target) {
        return new ResponseCode.CopyUid(uidValidity, SequenceSet.of(source), SequenceSet.of(target));
    }

    Answer expunge() throws IOException {
        return expunge(mailbox.uids());
    }

    /** RFC 4315 §2.1. */
    Answer expunge(SequenceSet set) throws IOException {
        return expunge(mailbox.resolveUids(set));
    }

    private Answer expunge(UidSet uids) throws IOException {
        if (mailbox.readOnly()) {
            return READ_ONLY;
        }
        Outcome<Long> outcome = expunge(session, mailbox, uids, limits);
        return switch (outcome) {
            case Outcome.Refused<Long> refused -> Answer.refused(refused.refusal());
            case Outcome.Done<Long> done -> Answer.ok(highest(done.value()), "expunged");
        };
    }

    /**
     * Expunges what is marked so; yields the mailbox's highest mod-sequence afterwards. Usually few messages of many are
     * marked, so it is cut into several writes only when one doesn't do.
     */
    static Outcome<Long> expunge(Session session, SelectedMailbox mailbox, UidSet uids, ImapServerLimits limits)
            throws IOException {
        Outcome<Long> outcome = session.mail().write(view -> expunge(view, mailbox.id(), uids));
        if (!(outcome instanceof Outcome.Refused<Long> refused) || refused.refusal() != Refusal.LIMIT) {
            return outcome;
        }
        for (UidSet batch : new Batches(uids, limits.writeBatch())) {
            outcome = session.mail().write(view -> expunge(view, mailbox.id(), batch));
            if (outcome instanceof Outcome.Refused<Long>) {
                return outcome;
            }
        }
        return outcome;
    }

    private @Nullable ResponseCode highest(long modSeq) {
        return session.condstore() ? new ResponseCode.HighestModSeq(modSeq) : null;
    }

    private static Outcome<Long> expunge(WriteView view, long mailboxId, UidSet uids) throws IOException {
        if (view.expunge(mailboxId, uids) instanceof Outcome.Refused<UidSet> refused) {
            return Outcome.refused(refused.refusal());
        }
        Optional<MailboxInfo> info = view.mailbox(mailboxId);
        return info.isPresent() ? Outcome.done(info.get().highestModSeq()) : Outcome.refused(Refusal.NONEXISTENT);
    }
}
